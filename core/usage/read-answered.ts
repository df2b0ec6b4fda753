import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../frame/context.ts";
import { timeOrText } from "../frame/given-as-text.ts";
import type { AnsweredRequest, WalkedIds } from "../rules/diagnosis/answered.ts";
import { compileEndpoints, matchEndpoint } from "../rules/limits/endpoint-match.ts";
import type { LimitsInForce } from "./limits-in-force.ts";
import { readPathRules } from "./read-path-rules.ts";

const mostRows = 200;
/** Fewer alike are no finding. */
const leastAlike = 20;
const leastIds = 50;

const answeredRow = z.object({
  ...{ tokenId: z.string(), endpointId: z.number(), status: z.number(), method: z.string().nullable() },
  ...{ path: z.string().nullable(), requests: z.number(), firstAt: timeOrText(), lastAt: timeOrText() },
});
const walkedRow = z.object({
  ...{ tokenId: z.string(), endpointId: z.number(), method: z.string().nullable(), path: z.string() },
  ...{ requests: z.number(), ids: z.number(), lowest: z.number(), highest: z.number() },
  ...{ firstAt: timeOrText(), lastAt: timeOrText() },
});

/** What the API reported to have answered with 400 to 499, from a moment on: the same request often, and paths that differ in one number. */
export async function readAnswered(
  ctx: Ctx,
  accountId: string,
  fromMs: number,
  endpoints: LimitsInForce["endpoints"],
): Promise<{ answered: AnsweredRequest[]; walked: WalkedIds[] }> {
  const errors = sql`from outcome where account_id = ${accountId} and at >= ${new Date(fromMs)} and status >= 400 and status < 500 and kind = 'status'`;
  const answered = await ctx.db.execute(sql`
    select token_id as "tokenId", endpoint_id as "endpointId", status, method, path, count(*)::int as requests, min(at) as "firstAt", max(at) as "lastAt"
    ${errors} and (path is not null or endpoint_id <> 0)
    group by token_id, endpoint_id, status, method, path having count(*) >= ${leastAlike} order by count(*) desc limit ${mostRows}`);
  const walked = await ctx.db.execute(sql`
    select token_id as "tokenId", endpoint_id as "endpointId", method, path, sum(requests)::int as requests, count(*)::int as ids,
      min(number)::float8 as lowest, max(number)::float8 as highest, min(first_at) as "firstAt", max(last_at) as "lastAt"
    from (select token_id, endpoint_id, method, regexp_replace(path, '[0-9]+([^0-9]*)$', '{n}\\1') as path,
        substring(path from '([0-9]{1,15})[^0-9]*$')::bigint as number, count(*) as requests, min(at) as first_at, max(at) as last_at
      ${errors} and status in (403, 404) and path ~ '[0-9]' group by 1, 2, 3, 4, 5) numbers
    group by token_id, endpoint_id, method, path having count(*) >= ${leastIds} order by count(*) desc limit ${mostRows}`);
  if (answered.length + walked.length === 0) return { answered: [], walked: [] };
  const matcher = compileEndpoints(endpoints, await readPathRules(ctx));
  const known = (row: { endpointId: number; method: string | null; path: string | null }) => {
    if (row.endpointId !== 0 || row.path === null || row.method === null) return row.endpointId;
    const found = matchEndpoint(matcher, "http", row.method, row.path);
    return found === null || found === "ambiguous" ? 0 : found.id;
  };
  return {
    answered: z
      .array(answeredRow)
      .parse([...answered])
      .map(({ firstAt, lastAt, ...row }) => ({
        ...{ ...row, endpointId: known(row) },
        ...{ firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime() },
      })),
    walked: z
      .array(walkedRow)
      .parse([...walked])
      .map(({ firstAt, lastAt, ...row }) => ({
        ...{ ...row, endpointId: known(row) },
        ...{ firstAtMs: firstAt.getTime(), lastAtMs: lastAt.getTime() },
      })),
  };
}
