import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, report } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import { query } from "../frame/define.ts";
import { scoped } from "../frame/scope.ts";

const most = 20;

/** What the desk has had to do with an account: its cases, appeals and reports, each newest first, 20 at most. */
export const getAccountRecord = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid() }),
  run: async (ctx, { accountId }) => {
    const [cases, appeals, reports] = await Promise.all([
      ctx.db
        .select({
          id: abuseCase.id,
          state: abuseCase.state,
          outcome: abuseCase.outcome,
          openedAt: abuseCase.openedAt,
          closedAt: abuseCase.closedAt,
          assigneeName: user.name,
        })
        .from(abuseCase)
        .leftJoin(user, eq(user.id, abuseCase.assigneeUserId))
        .where(and(eq(abuseCase.accountId, accountId), scoped(ctx, abuseCase.accountId)))
        .orderBy(desc(abuseCase.openedAt))
        .limit(most),
      ctx.db
        .select({ id: appeal.id, state: appeal.state, createdAt: appeal.createdAt, actionType: action.type })
        .from(appeal)
        .innerJoin(action, eq(action.id, appeal.actionId))
        .where(and(eq(appeal.accountId, accountId), scoped(ctx, appeal.accountId)))
        .orderBy(desc(appeal.createdAt))
        .limit(most),
      ctx.db
        .select({ id: report.id, kind: report.kind, state: report.state, createdAt: report.createdAt })
        .from(report)
        .where(and(eq(report.accountId, accountId), scoped(ctx, report.accountId)))
        .orderBy(desc(report.createdAt))
        .limit(most),
    ]);
    return { cases, appeals, reports };
  },
});

export type AccountRecord = Awaited<ReturnType<typeof getAccountRecord>>;
