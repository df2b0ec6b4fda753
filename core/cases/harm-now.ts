import { and, inArray, isNotNull, sql } from "drizzle-orm";
import { appeal } from "#db/schema/enforcement.ts";
import { oncePerContext } from "../frame/once.ts";
import { openAppealStates } from "../rules/standing/appeal-machine.ts";
import { hourMs } from "../rules/time.ts";

/** Per account its refused calls of the last full and the running hour as a share of everybody's requests; only those above 0.1 %. */
export const refusedShares = oncePerContext(async (ctx): Promise<Map<string, number>> => {
  const from = new Date(ctx.now.getTime() - hourMs);
  const rows = await ctx.db.execute<{ id: string; share: number }>(sql`
    with traffic as (select account_id, sum(requests) as requests,
        sum(requests) filter (where outcome not in ('allowed', 'account_closed', 'account_suspended', 'account_terminated')) as refused
      from usage_hour where at >= date_trunc('hour', ${from}::timestamptz) group by account_id)
    select account_id as id, (refused / (select nullif(sum(requests), 0) from traffic))::float8 as share
    from traffic where refused > 0.001 * (select sum(requests) from traffic)`);
  return new Map([...rows].map((row) => [row.id, Number(row.share)]));
});

/** Cases in which an appeal waits to be decided. */
export const appealingCases = oncePerContext(async (ctx): Promise<Set<string>> => {
  const rows = await ctx.db
    .selectDistinct({ caseId: appeal.caseId })
    .from(appeal)
    .where(and(inArray(appeal.state, [...openAppealStates]), isNotNull(appeal.caseId)));
  return new Set(rows.flatMap((row) => (row.caseId === null ? [] : [row.caseId])));
});
