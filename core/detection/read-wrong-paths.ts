import { and, asc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import { outcome } from "#db/schema/gates.ts";
import { endpoint } from "#db/schema/provider.ts";
import { refusal, usageDay } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import type { RefusedPath } from "../rules/detectors/detector.ts";
import { type PathShapes, shapesOf, wrongPath } from "../rules/detectors/path-shape.ts";
import { probingCodes } from "../rules/detectors/probing.ts";
import { dayMs } from "../rules/time.ts";
import { isDecisionCode } from "../rules/vocabulary.ts";
import { readPathRules } from "../usage/read-path-rules.ts";

const most = 5_000;

/**
 * Requests of one account whose path the gate refused or the API answered with 400 to 499, from a moment on (to before `to`, if it is
 * given), the oldest first.
 */
export async function readWrongPaths(ctx: Ctx, accountId: string, from: Date, to?: Date): Promise<RefusedPath[]> {
  const refused = await ctx.db
    .select({
      at: refusal.at,
      tokenId: refusal.tokenId,
      endpointId: refusal.endpointId,
      code: refusal.code,
      path: refusal.path,
      address: sql<string | null>`host(${refusal.ip})`,
      client: refusal.userAgent,
    })
    .from(refusal)
    .where(
      and(
        eq(refusal.accountId, accountId),
        gte(refusal.at, from),
        to && lt(refusal.at, to),
        inArray(refusal.code, [...probingCodes, "ambiguous_path"]),
      ),
    )
    .orderBy(asc(refusal.at))
    .limit(most);
  const answered = await ctx.db
    .select({
      at: sql<Date>`min(${outcome.at})`.mapWith(outcome.at),
      tokenId: outcome.tokenId,
      endpointId: outcome.endpointId,
      status: sql<number>`${outcome.status}`,
      path: outcome.path,
      address: sql<string | null>`host(${outcome.ip})`,
      client: outcome.userAgent,
      requests: sql<number>`count(*)::int`,
    })
    .from(outcome)
    .where(
      and(
        eq(outcome.accountId, accountId),
        gte(outcome.at, from),
        to && lt(outcome.at, to),
        eq(outcome.kind, "status"),
        sql`${outcome.status} between 400 and 499`,
      ),
    )
    .groupBy(outcome.tokenId, outcome.endpointId, outcome.status, outcome.path, outcome.ip, outcome.userAgent)
    .orderBy(sql`1`)
    .limit(most);
  if (refused.length + answered.length === 0) return [];
  const shapes = await readShapes(ctx, accountId);
  const found = [
    ...refused.flatMap(({ code, ...row }) =>
      isDecisionCode(code) ? shaped(row, shapes).map((one) => ({ ...one, code })) : [],
    ),
    ...answered.flatMap(({ status, requests, ...row }) =>
      shaped(row, shapes).map((one) => ({ ...one, code: "allowed" as const, status, requests })),
    ),
  ];
  return found.sort((a, b) => a.atMs - b.atMs);
}

/** An endpoint that was closed so lately is called by who used it before, within so long. */
const closedLatelyMs = 7 * dayMs;
const usedBeforeMs = 30 * dayMs;

async function readShapes(ctx: Ctx, accountId: string): Promise<PathShapes> {
  const routes = await ctx.db
    .select({ id: endpoint.id, path: endpoint.path, deniedAt: endpoint.deniedAt })
    .from(endpoint)
    .where(eq(endpoint.surface, "http"));
  const closed = routes.filter(
    ({ deniedAt, path }) =>
      deniedAt !== null && deniedAt.getTime() >= ctx.now.getTime() - closedLatelyMs && path.endsWith("/**"),
  );
  const used =
    closed.length === 0
      ? []
      : await usedEndpoints(
          ctx,
          accountId,
          closed.map(({ id }) => id),
        );
  return shapesOf(
    routes.map(({ id, path }) => ({ id, path, isClosed: used.includes(id) })),
    await readPathRules(ctx),
  );
}

async function usedEndpoints(ctx: Ctx, accountId: string, ids: number[]): Promise<number[]> {
  const rows = await ctx.db
    .selectDistinct({ id: usageDay.endpointId })
    .from(usageDay)
    .where(
      and(
        eq(usageDay.accountId, accountId),
        gte(usageDay.at, new Date(ctx.now.getTime() - usedBeforeMs)),
        inArray(usageDay.endpointId, ids),
        eq(usageDay.outcome, "allowed"),
      ),
    );
  return rows.map(({ id }) => id);
}

function shaped<Row extends { at: Date; endpointId: number; path: string | null }>(row: Row, shapes: PathShapes) {
  const { at, endpointId, path, ...rest } = row;
  const found = wrongPath({ endpointId, path }, shapes);
  return found === null ? [] : [{ ...rest, ...found, atMs: at.getTime() }];
}
