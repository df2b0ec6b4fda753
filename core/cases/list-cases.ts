import { and, desc, eq, ilike, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { paging } from "../frame/paging.ts";
import { standingsOf } from "../frame/standing-of.ts";
import { groupBy } from "../rules/group-by.ts";
import { rankCases, scorer } from "./rank-cases.ts";

export const caseViews = ["open", "mine", "unassigned", "closed"] as const;

/**
 * A part of the queue: cases of a view with their flags, score and priority. All open ones are ranked, the most urgent first; closed
 * ones come newest first. `next` = the offset to go on from, null = this was the last part.
 */
export const listCases = query({
  permission: "cases:read",
  input: z.strictObject({
    view: z.enum(caseViews).default("open"),
    search: z.string().max(100).optional(),
    /** Only cases with a flag of this detector that counts. */
    detector: z.string().max(60).optional(),
    ...paging(500, 100),
  }),
  run: async (ctx, { view, search, detector, limit, offset }) => {
    const matches = and(inView(ctx, view), ofDetector(detector), ofAccount(search));
    const { part, total } = await (view === "closed"
      ? closedCases(ctx, matches, limit, offset)
      : rankCases(ctx, matches).then((all) => ({ part: all.slice(offset, offset + limit), total: all.length })));
    const next = offset + part.length < total ? offset + part.length : null;
    const cases = await fillCases(
      ctx,
      part.map((row) => row.id),
    );
    return { cases, total, next };
  },
});

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

function inView(ctx: Ctx, view: (typeof caseViews)[number]): SQL | undefined {
  if (view === "closed") return eq(abuseCase.state, "closed");
  const open = ne(abuseCase.state, "closed");
  if (view === "unassigned") return and(open, isNull(abuseCase.assigneeUserId));
  const userId = actorUserId(ctx.actor);
  return view === "mine" && userId ? and(open, eq(abuseCase.assigneeUserId, userId)) : open;
}

function ofDetector(detector: string | undefined): SQL | undefined {
  if (detector === undefined) return undefined;
  return sql`exists (select 1 from flag f where f.case_id = ${abuseCase.id} and f.detector = ${detector} and f.state <> 'dismissed')`;
}

function ofAccount(search: string | undefined): SQL | undefined {
  return search === undefined ? undefined : ilike(account.name, `%${escapeLike(search)}%`);
}
