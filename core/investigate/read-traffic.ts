import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../frame/context.ts";
import { otherClients } from "../gate/import/traffic-count.ts";
import type { GrainedWindow } from "../rules/usage/traffic-window.ts";
import { nilId } from "../rules/uuid.ts";
import { countConditions, type TrafficFilter, trafficConditions } from "./traffic-filter.ts";
import { withinTime } from "./within-time.ts";

/** By what traffic is grouped. The first ones are counted with usage, the last two with networks. */
export const usageDimensions = ["account", "token", "endpoint", "outcome", "surface"] as const;
export const networkDimensions = ["network", "client"] as const;
export const dimensions = [...usageDimensions, ...networkDimensions] as const;
export type Dimension = (typeof dimensions)[number];

export const trafficOrders = ["requests", "refused", "accounts"] as const;
export type TrafficOrder = (typeof trafficOrders)[number];

/** The key of networks that are counted together: beyond those kept apart of a token and hour. */
export const beyondKey = "beyond";

/** `refused` is part of `requests`; `accounts` = how many different ones, without calls that named none. */
export type TopRow = { by: Dimension; key: string; requests: number; refused: number; accounts: number };
export type StepRow = { atMs: number; outcome: string; requests: number };

/** A literal: what is grouped by cannot hold a parameter. */
const otherName = sql.raw(`'${otherClients}'`);

const keys: Record<Dimension, SQL> = {
  account: sql`account_id::text`,
  token: sql`token_id::text`,
  endpoint: sql`endpoint_id::text`,
  outcome: sql`outcome`,
  surface: sql`surface`,
  network: sql`case when client = ${otherName} then ${sql.raw(`'${beyondKey}'`)} else network::text end`,
  client: sql`client`,
};

const usageTables = { minute: sql`usage_minute`, hour: sql`usage_hour`, day: sql`usage_day` };

/** Where to read: the counts of usage, or those of networks and clients with what has not been added to them yet. */
type Source = { isTraffic: boolean; window: GrainedWindow };

function rowsOf({ isTraffic, window }: Source, filter: TrafficFilter): SQL {
  const { grain, fromMs, untilMs } = window;
  const within = (more: SQL[]) =>
    sql.join(
      [sql`at >= ${new Date(fromMs)} and at < ${new Date(untilMs)}`, ...countConditions(filter), ...more],
      sql` and `,
    );
  const columns = sql`account_id, token_id, endpoint_id, surface, outcome, requests`;
  if (!isTraffic) return sql`select at, ${columns} from ${usageTables[grain]} where ${within([])}`;
  const where = within(trafficConditions(filter));
  const at = grain === "day" ? sql`date_trunc('day', at, 'UTC') as at` : sql`at`;
  return sql`select at, ${columns}, network, client from ${grain === "day" ? sql`traffic_day` : sql`traffic_hour`} where ${where}
    union all select ${at}, ${columns}, network, client from traffic_new where ${where}`;
}

type Asked = { by: readonly Dimension[]; order: TrafficOrder; limit: number };

/** What each dimension groups by, besides account and outcome. */
const columns: Record<Dimension, readonly string[]> = {
  account: [],
  outcome: [],
  token: ["token_id"],
  endpoint: ["endpoint_id"],
  surface: ["surface"],
  network: ["network", "client"],
  client: ["client"],
};

/** Rows of each dimension; `all` = requests of all of its rows, `beyond` = of those whose network and client are not kept apart. */
export type Tops = { rows: TopRow[]; all: number; beyond: number };
export const noTops: Tops = { rows: [], all: 0, beyond: 0 };

/** The first rows of each dimension, by one pass over the counts. */
export async function readTops(
  ctx: Ctx,
  source: Source,
  filter: TrafficFilter,
  { by, order, limit }: Asked,
): Promise<Tops> {
  const names = new Set(["account_id", "outcome", ...by.flatMap((one) => columns[one])]);
  const grouped = sql.raw([...names].join(", "));
  const parts = by.map(
    // Accounts are counted by grouping twice: sorting them for a distinct count takes longer than all the rest.
    (
      one,
    ) => sql`(select ${sql.raw(`'${one}'`)}::text as by, key, sum(requests)::float8 as requests, sum(refused)::float8 as refused,
        count(*) filter (where account_id <> ${nilId})::float8 as accounts
      from (select ${keys[one]} as key, account_id, sum(requests) as requests,
          coalesce(sum(requests) filter (where outcome <> 'allowed'), 0) as refused from grouped group by 1, 2) a
      group by 2 order by ${sql.identifier(order)} desc, requests desc, key limit ${limit})`,
  );
  const isBeyond = names.has("client") ? sql`client = ${otherName}` : sql`false`;
  const found = await withinTime<Omit<TopRow, "by"> & { by: Dimension | "all" }>(
    ctx,
    sql`with grouped as materialized (
        select ${grouped}, sum(requests) as requests from (${rowsOf(source, filter)}) r group by ${grouped})
      ${sql.join(parts, sql` union all `)}
      union all select 'all', '', coalesce(sum(requests), 0)::float8, coalesce(sum(requests) filter (where ${isBeyond}), 0)::float8, 0
      from grouped`,
  );
  const all = found.find((row) => row.by === "all");
  const rows = found.flatMap(({ by: of, ...row }) => (of === "all" ? [] : [{ ...row, by: of }]));
  return { rows, all: all?.requests ?? 0, beyond: all?.refused ?? 0 };
}

/** Requests in the steps of the window, by outcome. */
export function readSteps(ctx: Ctx, source: Source, filter: TrafficFilter): Promise<StepRow[]> {
  const step = sql.raw(`${source.window.stepSeconds}`);
  return withinTime<StepRow>(
    ctx,
    sql`
      select (extract(epoch from date_bin(interval '1 second' * ${step}, at, ${new Date(source.window.fromMs)})) * 1000)::float8 as "atMs",
        outcome, sum(requests)::float8 as requests
      from (select at, outcome, sum(requests) as requests from (${rowsOf(source, filter)}) r group by 1, 2) s group by 1, 2`,
  );
}
