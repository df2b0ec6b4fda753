import { desc, eq, inArray, type SQL } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { paging } from "../frame/paging.ts";
import { standingsOf } from "../frame/standing-of.ts";
import { groupBy } from "../rules/group-by.ts";
import { caseFilter, caseOrders, matching } from "./case-filter.ts";
import { type RankedCase, rankCases, scorer } from "./rank-cases.ts";

/**
 * A part of the queue: cases that match, with their flags, score and priority. All open ones are ranked, the most urgent first unless
 * another order is asked for; closed ones come by when they were closed, newest first. `next` = the offset to go on from, null = this
 * was the last part.
 */
export const listCases = query({
  permission: "cases:read",
  input: z.strictObject({
    ...caseFilter,
    order: z.enum(caseOrders).default("priority"),
    ...paging(500, 100),
  }),
  run: async (ctx, { limit, offset, order, ...filter }) => {
    const matches = await matching(ctx, filter);
    const { part, total } = await (filter.view === "closed"
      ? closedCases(ctx, matches, limit, offset)
      : rankCases(ctx, matches).then((all) => ({
          part: inOrder(all, order).slice(offset, offset + limit),
          total: all.length,
        })));
    const next = offset + part.length < total ? offset + part.length : null;
    const cases = await fillCases(
      ctx,
      part.map((row) => row.id),
    );
    return { cases, total, next };
  },
});

function inOrder(ranked: readonly RankedCase[], order: (typeof caseOrders)[number]): readonly RankedCase[] {
  if (order === "priority") return ranked;
  const byAge = (a: RankedCase, b: RankedCase) => a.openedAt.getTime() - b.openedAt.getTime();
  return ranked.toSorted(order === "oldest" ? byAge : (a, b) => byAge(b, a));
}

/** These cases in this order, with all that the queue shows of them. */
export async function fillCases(ctx: Ctx, ids: string[]) {
  if (ids.length === 0) return [];
  const [rows, flags, score] = await Promise.all([casesOf(ctx, ids), flagsOf(ctx, ids), scorer(ctx)]);
  const standings = await standingsOf(
    ctx,
    rows.map((row) => row.accountId),
  );
  const filled = new Map(
    rows.map((row) => {
      const standing = standings.get(row.accountId) ?? ("good" as const);
      return [row.id, { ...row, ...score(row, flags.get(row.id) ?? []), standing }];
    }),
  );
  return ids.flatMap((id) => filled.get(id) ?? []);
}

export type QueueRow = Awaited<ReturnType<typeof fillCases>>[number];

function casesOf(ctx: Ctx, ids: string[]) {
  return ctx.db
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
    .where(inArray(abuseCase.id, ids));
}

async function flagsOf(ctx: Ctx, ids: string[]) {
  const rows = await ctx.db
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
    .where(inArray(flag.caseId, ids));
  return groupBy(rows, (row) => row.caseId);
}

async function closedCases(ctx: Ctx, matches: SQL | undefined, limit: number, offset: number) {
  const from = () =>
    ctx.db.select({ id: abuseCase.id }).from(abuseCase).innerJoin(account, eq(account.id, abuseCase.accountId));
  const newest = from()
    .where(matches)
    .orderBy(desc(abuseCase.closedAt), desc(abuseCase.id))
    .limit(limit)
    .offset(offset);
  const [part, total] = await Promise.all([newest, ctx.db.$count(from().where(matches).as("closed"))]);
  return { part, total };
}
