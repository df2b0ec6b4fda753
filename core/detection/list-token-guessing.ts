import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "../frame/define.ts";
import { minuteMs } from "../rules/time.ts";

/** Fewer distinct tokens than this from one network are a wrong setting or two. */
export const leastTokens = 20;
const overMs = 10 * minuteMs;
const mostNetworks = 50;

type Row = { network: string; since: Date; lastAt: Date; attempts: number; tokens: number; accounts: number };

/**
 * Networks that have tried many distinct tokens which name no account, in the last 24 hours, the latest first: since when, at least how
 * many, and how many accounts use the network. Where several do, none of them is charged with it.
 */
export const listTokenGuessing = query({
  permission: "detectors:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db.execute<Row>(sql`
      select a.network::text as network, min(a.at) as since, max(a.at) as "lastAt", sum(a.requests)::float8 as attempts,
        bit_count(bit_or(a.token_bits))::int as tokens,
        (select count(distinct n.account_id)::int from network_day n
          where n.network = a.network and n.day >= (${ctx.now}::timestamptz at time zone 'UTC')::date - 1) as accounts
      from unknown_attempt a
      where a.at >= ${new Date(ctx.now.getTime() - 1440 * minuteMs)} and a.code in ('unknown_token', 'malformed_token')
      group by a.network having bit_count(bit_or(a.token_bits)) >= ${leastTokens}
      order by max(a.at) desc limit ${mostNetworks}`);
    return [...rows].map(({ since, lastAt, attempts, ...row }) => ({
      ...row,
      attempts: Number(attempts),
      since: new Date(since),
      lastAt: new Date(lastAt),
      isOver: ctx.now.getTime() - new Date(lastAt).getTime() > overMs,
    }));
  },
});
