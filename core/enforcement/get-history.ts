import { and, desc, eq, gte, inArray, isNotNull, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { findOpenCase } from "../cases/open-case.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { isUndone } from "../frame/undone.ts";
import { isStrike, strikeMonthsMs } from "../rules/standing/propose-step.ts";
import type { ActionType } from "../rules/vocabulary.ts";

const mostSimilar = 10;

/**
 * What to weigh before acting in a case, the account's open one unless another is named: the account's strikes (those older than
 * twelve months, undone, overturned or of this very case are there and do not count), and the closed cases most like this one with what was done there.
 */
export const getHistory = query({
  permission: "cases:read",
  input: z.strictObject({ accountId: z.uuid(), caseId: z.uuid().optional() }),
  run: async (ctx, { accountId, caseId: given }) => {
    const caseId = given ?? (await findOpenCase(ctx, accountId));
    const rows = await ctx.db
      .select({
        id: action.id,
        type: action.type,
        state: action.state,
        reasonCode: action.reasonCode,
        appliedAt: action.appliedAt,
        endsAt: action.endsAt,
        isOfThisCase: sql<boolean>`${action.caseId} is not distinct from ${caseId}::uuid and ${action.caseId} is not null`,
        isUndone,
      })
      .from(action)
      .where(and(eq(action.accountId, accountId), isNotNull(action.appliedAt)))
      .orderBy(desc(action.appliedAt))
      .limit(50);
    const nowMs = ctx.now.getTime();
    const strikes = rows.flatMap(({ appliedAt, ...row }) => {
      if (!appliedAt) return [];
      const atMs = appliedAt.getTime();
      return [{ ...row, atMs, counts: isStrike({ ...row, atMs }, nowMs) }];
    });
    return { strikes, similar: caseId ? await similarCases(ctx, caseId) : [] };
  },
});

export type History = Awaited<ReturnType<typeof getHistory>>;

/** Cases closed in the last twelve months that share detectors with this one, those that share most first. */
async function similarCases(ctx: Ctx, caseId: string) {
  const own = await ctx.db.selectDistinct({ detector: flag.detector }).from(flag).where(eq(flag.caseId, caseId));
  if (own.length === 0) return [];
  const shared = sql<number>`count(distinct ${flag.detector})::int`;
  return ctx.db
    .select({
      id: abuseCase.id,
      accountName: account.name,
      outcome: abuseCase.outcome,
      closedAt: abuseCase.closedAt,
      shared,
      /** What was in force last of it; null hours = it had no end. */
      taken: sql<{ type: ActionType; hours: number | null } | null>`(select json_build_object('type', a.type, 'hours',
        greatest(1, round(extract(epoch from a.ends_at - a.effective_at) / 3600))::int)
        from action a where a.case_id = ${abuseCase.id} and a.applied_at is not null order by a.applied_at desc limit 1)`,
    })
    .from(abuseCase)
    .innerJoin(account, eq(account.id, abuseCase.accountId))
    .innerJoin(flag, eq(flag.caseId, abuseCase.id))
    .where(
      and(
        ne(abuseCase.id, caseId),
        eq(abuseCase.state, "closed"),
        gte(abuseCase.closedAt, new Date(ctx.now.getTime() - strikeMonthsMs)),
        inArray(
          flag.detector,
          own.map((row) => row.detector),
        ),
      ),
    )
    .groupBy(abuseCase.id, account.name)
    .orderBy(desc(shared), desc(abuseCase.closedAt))
    .limit(mostSimilar);
}
