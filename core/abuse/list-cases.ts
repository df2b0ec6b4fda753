import { and, asc, desc, eq, ilike, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import { actorUserId, type Ctx } from "../context.ts";
import { query } from "../define.ts";
import { standingsOf } from "../enforcement/standing-of.ts";
import { groupBy } from "../rules/group-by.ts";
import { precisions } from "./detector-precision.ts";
import { appealingCases, refusedShares } from "./harm-now.ts";
import { scoreFlags } from "./score-flags.ts";

export const caseViews = ["open", "mine", "unassigned", "closed"] as const;

/** More open cases than this are not ranked at once; the oldest are. */
const mostCases = 500;

/** The queue: cases of a view with their flags, score and priority; open ones by priority, closed ones newest first. */
export const listCases = query({
  permission: "cases:read",
  input: z.strictObject({
    view: z.enum(caseViews).default("open"),
    search: z.string().max(100).optional(),
    /** Only cases with a flag of this detector that counts. */
    detector: z.string().max(60).optional(),
  }),
  run: async (ctx, { view, search, detector }) => {
    const userId = actorUserId(ctx.actor);
    const views: Record<(typeof caseViews)[number], SQL | undefined> = {
      open: ne(abuseCase.state, "closed"),
      mine: and(ne(abuseCase.state, "closed"), userId ? eq(abuseCase.assigneeUserId, userId) : undefined),
      unassigned: and(ne(abuseCase.state, "closed"), isNull(abuseCase.assigneeUserId)),
      closed: eq(abuseCase.state, "closed"),
    };
    const cases = await ctx.db
      .select({
        id: abuseCase.id,
        state: abuseCase.state,
        outcome: abuseCase.outcome,
        accountId: abuseCase.accountId,
        accountName: account.name,
        planName: plan.name,
        snoozedUntil: abuseCase.snoozedUntil,
        snoozeCount: abuseCase.snoozeCount,
        assigneeName: user.name,
        assigneeUserId: abuseCase.assigneeUserId,
        openedAt: abuseCase.openedAt,
        closedAt: abuseCase.closedAt,
      })
      .from(abuseCase)
      .innerJoin(account, eq(account.id, abuseCase.accountId))
      .innerJoin(plan, eq(plan.id, account.planId))
      .leftJoin(user, eq(user.id, abuseCase.assigneeUserId))
      .where(
        and(
          views[view],
          detector
            ? sql`exists (select 1 from flag f where f.case_id = ${abuseCase.id} and f.detector = ${detector} and f.state <> 'dismissed')`
            : undefined,
          search ? ilike(account.name, `%${search.replaceAll(/[%_\\]/g, "\\$&")}%`) : undefined,
        ),
      )
      .orderBy(view === "closed" ? desc(abuseCase.closedAt) : asc(abuseCase.openedAt))
      .limit(mostCases);
    const [flags, precisionOf, harm, appealing, standings] = await Promise.all([
      flagsOf(
        ctx,
        cases.map((row) => row.id),
      ),
      precisions(ctx),
      refusedShares(ctx),
      appealingCases(ctx),
      standingsOf(
        ctx,
        cases.map((row) => row.accountId),
      ),
    ]);
    const ranked = cases.map((row) => {
      const scored = scoreFlags(flags.get(row.id) ?? [], row.openedAt, precisionOf, ctx.now, {
        refusedShare: harm.get(row.accountId) ?? 0,
        hasAppeal: appealing.has(row.id),
      });
      return { ...row, ...scored, standing: standings.get(row.accountId) ?? ("good" as const) };
    });
    return view === "closed" ? ranked : ranked.sort((a, b) => b.priority - a.priority);
  },
});

/** The flags of these cases by case. */
async function flagsOf(ctx: Ctx, caseIds: string[]) {
  const rows =
    caseIds.length === 0
      ? []
      : await ctx.db
          .select({
            id: flag.id,
            caseId: flag.caseId,
            detector: flag.detector,
            severity: flag.severity,
            state: flag.state,
            summary: flag.summary,
            lastSeenAt: flag.lastSeenAt,
          })
          .from(flag)
          .where(inArray(flag.caseId, caseIds));
  return groupBy(rows, (row) => row.caseId);
}

export type QueueRow = Awaited<ReturnType<typeof listCases>>[number];
