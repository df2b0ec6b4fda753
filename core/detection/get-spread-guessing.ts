import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "../frame/define.ts";
import { dayMs } from "../rules/time.ts";
import { leastTokens } from "./list-token-guessing.ts";

/** One or two distinct wrong tokens are a setting or two. */
const fewestTokens = 3;
/** So many networks with so few tokens each are no coincidence. */
const leastNetworks = 50;

/**
 * Guessing that is spread so thin that none of its networks is listed by itself: how many networks have tried a few distinct unknown tokens each in
 * the last 24 hours, and in how many calls. Null = there are too few of them to say so. It names no account.
 */
export const getSpreadGuessing = query({
  permission: "detectors:read",
  input: z.strictObject({}),
  run: async (ctx): Promise<{ networks: number; attempts: number } | null> => {
    const rows = await ctx.db.execute<{ networks: number; attempts: number }>(sql`
      select count(*)::int as networks, coalesce(sum(attempts), 0)::float8 as attempts from (
        select sum(a.requests) as attempts from unknown_attempt a
        where a.at >= ${new Date(ctx.now.getTime() - dayMs)} and a.code in ('unknown_token', 'malformed_token')
        group by a.network having bit_count(bit_or(a.token_bits)) between ${fewestTokens} and ${leastTokens - 1}) thin`);
    const [found] = [...rows];
    if (!found || found.networks < leastNetworks) return null;
    return { networks: found.networks, attempts: Number(found.attempts) };
  },
});
