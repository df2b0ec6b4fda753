import { and, asc, eq, ne, type SQL, sql } from "drizzle-orm";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import type { Ctx } from "../frame/context.ts";
import { groupBy } from "../rules/group-by.ts";
import { precisions } from "./detector-precision.ts";
import { appealingCases, refusedShares } from "./harm-now.ts";
import { scoreFlags } from "./score-flags.ts";

/** A guard for the process, far above what a team can hold open: beyond it the oldest cases are ranked. */
const mostOpen = 20_000;

export type RankedCase = {
  id: string;
  accountId: string;
  assigneeUserId: string | null;
  openedAt: Date;
  priority: number;
};

/** Open cases that match, the most urgent first: all of them, with only what their order needs. */
export async function rankCases(ctx: Ctx, matches: SQL | undefined): Promise<RankedCase[]> {
  const [cases, flags, score] = await Promise.all([openCases(ctx, matches), weighingFlags(ctx), scorer(ctx)]);
  return cases
    .map((row) => ({ ...row, priority: score(row, flags.get(row.id) ?? []).priority }))
    .sort((a, b) => b.priority - a.priority);
}

function openCases(ctx: Ctx, matches: SQL | undefined) {
  return ctx.db
    .select({
      id: abuseCase.id,
      accountId: abuseCase.accountId,
      assigneeUserId: abuseCase.assigneeUserId,
      openedAt: abuseCase.openedAt,
    })
    .from(abuseCase)
    .innerJoin(account, eq(account.id, abuseCase.accountId))
    .where(and(ne(abuseCase.state, "closed"), matches))
    .orderBy(asc(abuseCase.openedAt), asc(abuseCase.id))
    .limit(mostOpen);
}

type Scored = { id: string; accountId: string; openedAt: Date };

/** How a case is scored now: from its flags, to each flag with its share, the score, and the priority with its parts. */
export async function scorer(ctx: Ctx) {
  const [precisionOf, harm, appealing] = await Promise.all([precisions(ctx), refusedShares(ctx), appealingCases(ctx)]);
  return <F extends Parameters<typeof scoreFlags>[0][number]>(row: Scored, flags: readonly F[]) =>
    scoreFlags(flags, row.openedAt, precisionOf, ctx.now, {
      refusedShare: harm.get(row.accountId) ?? 0,
      hasAppeal: appealing.has(row.id),
    });
}

/** Of all open cases the flags that weigh, by case. A plain query: the builder's reading of each column is half of the time here. */
async function weighingFlags(ctx: Ctx) {
  const rows = await ctx.db.execute<{ caseId: string; detector: string; severity: number; lastSeenAt: Date }>(sql`
    select f.case_id as "caseId", f.detector, f.severity, f.last_seen_at as "lastSeenAt"
    from ${flag} f join ${abuseCase} c on c.id = f.case_id
    where c.state <> 'closed' and f.state = 'in_case'`);
  return groupBy(
    [...rows].map((row) => ({ ...row, state: "in_case" })),
    (row) => row.caseId,
  );
}
