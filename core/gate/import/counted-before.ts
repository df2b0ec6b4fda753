import type { Sql } from "postgres";
import { nilId } from "../../rules/uuid.ts";
import type { Queries } from "../state/connect.ts";
import { plainArray } from "../state/sql-array.ts";
import { dayMs, hourMs, minuteMs } from "./import-tally.ts";
import type { UsageCount } from "./usage-count.ts";
import { commitTimeoutMs } from "./write-counts.ts";

/** Minutes are kept for 30 days, hours for good: what is older is compared by the hour. */
const minutesKeptMs = 29 * dayMs;

type Counted = Pick<UsageCount, "endpointId" | "surface" | "outcome" | "atMs"> & {
  accountId: string | null;
  tokenId: string | null;
};

/** What the database can be asked about a decision: its token, endpoint, surface and outcome, and its minute or hour. */
export function keyOf({ accountId, tokenId, endpointId, surface, outcome, atMs }: Counted, nowMs: number): string {
  const grainMs = grainOf(atMs, nowMs);
  return `${grainMs} ${atMs - (atMs % grainMs)} ${accountId ?? nilId} ${tokenId ?? nilId} ${endpointId} ${surface} ${outcome}`;
}

/** Requests that the database has counted already, by key. */
export async function countedBefore(
  queries: Queries,
  asked: ReadonlyMap<string, UsageCount>,
  nowMs: number,
): Promise<Map<string, number>> {
  const counted = new Map<string, number>();
  const ofGrain = (grainMs: number) => [...asked].filter(([, one]) => grainOf(one.atMs, nowMs) === grainMs);
  const minutes = ofGrain(minuteMs);
  const hours = ofGrain(hourMs);
  for (const [rows, found] of [
    [minutes, await queries.run((sql) => inMinutes(sql, minutes), commitTimeoutMs)],
    [hours, await queries.run((sql) => inHours(sql, hours), commitTimeoutMs)],
  ] as const) {
    for (const row of found) {
      const key = rows[Number(row.place) - 1]?.[0];
      if (key !== undefined) counted.set(key, Number(row.requests));
    }
  }
  return counted;
}

type Asked = readonly [string, UsageCount][];

const inMinutes = (sql: Sql, rows: Asked) => sql`
  select c.place, u.requests::float8 as requests from unnest(
    ${plainArray(rows, ([, one]) => one.accountId)}::text::uuid[],
    ${plainArray(rows, ([, one]) => (one.atMs - (one.atMs % minuteMs)) / 1000)}::text::bigint[],
    ${plainArray(rows, ([, one]) => one.tokenId)}::text::uuid[], ${plainArray(rows, ([, one]) => one.endpointId)}::text::int[],
    ${plainArray(rows, ([, one]) => one.surface)}::text::text[], ${plainArray(rows, ([, one]) => one.outcome)}::text::text[])
    with ordinality as c (account_id, at, token_id, endpoint_id, surface, outcome, place)
  join usage_minute u on u.account_id = c.account_id and u.at = to_timestamp(c.at) and u.token_id = c.token_id
    and u.endpoint_id = c.endpoint_id and u.surface = c.surface and u.outcome = c.outcome`;

const inHours = (sql: Sql, rows: Asked) => sql`
  select c.place, u.requests::float8 as requests from unnest(
    ${plainArray(rows, ([, one]) => one.accountId)}::text::uuid[],
    ${plainArray(rows, ([, one]) => (one.atMs - (one.atMs % hourMs)) / 1000)}::text::bigint[],
    ${plainArray(rows, ([, one]) => one.tokenId)}::text::uuid[], ${plainArray(rows, ([, one]) => one.endpointId)}::text::int[],
    ${plainArray(rows, ([, one]) => one.surface)}::text::text[], ${plainArray(rows, ([, one]) => one.outcome)}::text::text[])
    with ordinality as c (account_id, at, token_id, endpoint_id, surface, outcome, place)
  join usage_hour u on u.account_id = c.account_id and u.at = to_timestamp(c.at) and u.token_id = c.token_id
    and u.endpoint_id = c.endpoint_id and u.surface = c.surface and u.outcome = c.outcome`;

function grainOf(atMs: number, nowMs: number): number {
  return nowMs - atMs > minutesKeptMs ? hourMs : minuteMs;
}
