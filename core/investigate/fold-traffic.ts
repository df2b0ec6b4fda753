import { sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { unknownNetwork } from "../gate/import/import-tally.ts";
import { otherClients } from "../gate/import/traffic-count.ts";
import { nilId } from "../rules/uuid.ts";

/** Pairs of network and client kept apart per token and hour; further ones are counted together. */
export const pairsKept = 50;
/** Calls that name no account share one nil token. */
export const unknownPairsKept = 500;

/** Rows of one statement: many, since what comes again and again is added up before it is written. */
const rowsAtOnce = 500_000;

/**
 * Adds the traffic that the import has appended to its hours and days, and takes it out of `traffic_new`, all in one statement: whoever
 * reads sees each call exactly once. Returns how many rows were taken.
 */
export async function foldTraffic(db: Database): Promise<number> {
  for (let taken = 0; ; ) {
    const rows = await foldSome(db);
    taken += rows;
    if (rows < rowsAtOnce) return taken;
  }
}

async function foldSome(db: Database): Promise<number> {
  // A journal that was found late has hours whose partition is gone; one of them would keep all others from being added.
  await db.execute(sql`select ensure_usage_partitions(day, day)
    from (select distinct date_trunc('day', at, 'UTC') as day from traffic_new) days`);
  const [row] = await db.execute<{ taken: number }>(sql`
    with taken as (
      delete from traffic_new where ctid = any(array(select ctid from traffic_new limit ${rowsAtOnce})) returning *),
    summed as materialized (
      select account_id, at, token_id, endpoint_id, surface, outcome, network, client, sum(requests) as requests
      from taken group by 1, 2, 3, 4, 5, 6, 7, 8),
    pairs as (
      select account_id, at, token_id, network, client, sum(requests) as requests from summed group by 1, 2, 3, 4, 5),
    tokens as (select account_id, at, token_id from pairs group by 1, 2, 3),
    known as materialized (
      select distinct account_id, at, token_id, h.network, h.client
      from tokens join traffic_hour h using (account_id, at, token_id)),
    places as (select account_id, at, token_id, count(*) as places from known group by 1, 2, 3),
    added as (
      select account_id, at, token_id, network, client, coalesce(places, 0)
        + row_number() over (partition by account_id, at, token_id order by requests desc, network, client) as place
      from pairs p left join places using (account_id, at, token_id) where not exists (select 1 from known k where k.account_id = p.account_id and k.at = p.at
        and k.token_id = p.token_id and k.network = p.network and k.client = p.client)),
    beyond as (
      select account_id, at, token_id, network, client from added
      where place > case when token_id = ${nilId} then ${unknownPairsKept}::int else ${pairsKept}::int end),
    bounded as materialized (
      select account_id, at, token_id, endpoint_id, surface, outcome,
        case when b.client is null then s.network else ${unknownNetwork}::cidr end as network,
        case when b.client is null then s.client else ${otherClients}::text end as client, sum(requests) as requests
      from summed s left join beyond b using (account_id, at, token_id, network, client)
      group by 1, 2, 3, 4, 5, 6, 7, 8),
    hours as (
      insert into traffic_hour as t (account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests)
      select * from bounded order by 1, 2, 3, 4, 5, 6, 7, 8
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome, network, client)
      do update set requests = t.requests + excluded.requests),
    days as (
      insert into traffic_day as t (account_id, at, token_id, endpoint_id, surface, outcome, network, client, requests)
      select account_id, date_trunc('day', at, 'UTC'), token_id, endpoint_id, surface, outcome, network, client, sum(requests)
      from bounded group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
      on conflict (account_id, at, token_id, endpoint_id, surface, outcome, network, client)
      do update set requests = t.requests + excluded.requests)
    select count(*)::int as taken from taken`);
  return row?.taken ?? 0;
}
