import { sql } from "drizzle-orm";
import { retentionDays } from "#core/jobs/tidy.ts";
import { dayMs } from "#core/rules/time.ts";
import type { Queryable } from "#db/client.ts";
import type { SeededToken } from "./token-steps.ts";

/** From which networks each token was used per day, and when and how last: what the import leaves behind beside the counts. */
export async function writeTraces(db: Queryable, tokens: readonly SeededToken[], now: Date): Promise<void> {
  const rows = tokens.map(({ tokenId, ips, userAgent }) => ({ token_id: tokenId, ips, user_agent: userAgent }));
  await db.execute(sql`create temporary table demo_client on commit drop as
    select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as c(token_id uuid, ips inet[], user_agent text)`);
  // The first network has half of the requests or all of them; the others share the rest. Together they are all.
  await db.execute(sql`insert into network_day (account_id, day, token_id, network, requests)
    select d.account_id, d.day, d.token_id, network(set_masklen(i.ip, 24)), sum(p.requests)
    from (select account_id, token_id, (at at time zone 'UTC')::date as day, sum(requests)::bigint as n from usage_day group by 1, 2, 3) d
    join demo_client c on c.token_id = d.token_id
    cross join lateral unnest(c.ips) with ordinality i(ip, place)
    cross join lateral (select d.n / (2 * greatest(1, cardinality(c.ips) - 1)) as part) q
    cross join lateral (select case when i.place = 1 then d.n - q.part * (cardinality(c.ips) - 1) else q.part end as requests) p
    where p.requests > 0 group by 1, 2, 3, 4`);
  await writeTraffic(db, now);
  await db.execute(sql`insert into token_last_use (token_id, at, ip, endpoint_id, user_agent)
    select h.token_id, coalesce(m.at + interval '21 seconds', h.at + interval '34 minutes'), c.ips[1],
      coalesce(m.endpoint_id, h.endpoint_id), c.user_agent
    from demo_client c
    join lateral (select account_id, token_id, max(at) as day from usage_day where token_id = c.token_id group by 1, 2) d on true
    join lateral (select account_id, token_id, at, endpoint_id from usage_hour
      where account_id = d.account_id and token_id = d.token_id and at >= d.day order by at desc, endpoint_id limit 1) h on true
    left join lateral (select at, endpoint_id from usage_minute
      where account_id = d.account_id and token_id = d.token_id and at >= h.at order by at desc, endpoint_id limit 1) m on true`);
}

/** The same by the hour, with the client and what was called: hours as long as they are kept, and all days. */
async function writeTraffic(db: Queryable, now: Date): Promise<void> {
  const from = new Date(now.getTime() - retentionDays.trafficHour * dayMs);
  await db.execute(sql`select ensure_usage_partitions(${from}, ${now})`);
  await db.execute(sql`create temporary table demo_traffic on commit drop as
    select h.account_id, h.at, h.token_id, h.endpoint_id, h.surface, h.outcome, network(set_masklen(i.ip, 24)) as network,
      split_part(c.user_agent, ' ', 1) as client, sum(p.requests)::bigint as requests
    from usage_hour h join demo_client c on c.token_id = h.token_id
    cross join lateral unnest(c.ips) with ordinality i(ip, place)
    cross join lateral (select h.requests / (2 * greatest(1, cardinality(c.ips) - 1)) as part) q
    cross join lateral (select case when i.place = 1 then h.requests - q.part * (cardinality(c.ips) - 1) else q.part end as requests) p
    where p.requests > 0 group by 1, 2, 3, 4, 5, 6, 7, 8`);
  await db.execute(sql`insert into traffic_hour select * from demo_traffic where at >= ${from} order by at`);
  await db.execute(sql`insert into traffic_day
    select account_id, date_trunc('day', at, 'UTC'), token_id, endpoint_id, surface, outcome, network, client, sum(requests)
    from demo_traffic group by 1, 2, 3, 4, 5, 6, 7, 8 order by 2`);
}
