import { sql } from "drizzle-orm";
import { z } from "zod";
import * as words from "#words/words.ts";
import { query } from "../frame/define.ts";
import { undoneReason } from "../rules/standing/enforcement.ts";

/**
 * Decisions of one month for a transparency report, by measure and reason: how many, for how long, whether detectors or people had
 * reported it by then, decided by a person (always), and how many were overturned. What was undone at once was none. No account is
 * named. Fields follow the EU's DSA database.
 */
export const transparency = query({
  permission: "audit:export",
  input: z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, words.errors.chooseMonth) }),
  run: async (ctx, { month }) => {
    const from = new Date(`${month}-01T00:00:00Z`);
    const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 1));
    const rows = await ctx.db.execute<{
      type: string;
      reason: string;
      clause: string;
      decisions: number;
      accounts: number;
      withoutEnd: number;
      medianHours: number | null;
      foundAutomatically: number;
      reportedByPerson: number;
      overturned: number;
      appealed: number;
    }>(sql`
      select a.type, a.reason_code as reason, a.policy_clause as clause, count(*)::int as decisions,
        count(distinct a.account_id)::int as accounts,
        count(*) filter (where a.ends_at is null and a.type <> 'notice')::int as "withoutEnd",
        (percentile_cont(0.5) within group (order by extract(epoch from coalesce(a.ended_at, a.ends_at) - a.applied_at)) / 3600)::float8 as "medianHours",
        count(*) filter (where exists (select 1 from flag f where f.case_id = a.case_id and f.detector <> 'report' and f.raised_at <= a.created_at))::int as "foundAutomatically",
        count(*) filter (where exists (select 1 from flag f where f.case_id = a.case_id and f.detector = 'report' and f.raised_at <= a.created_at))::int as "reportedByPerson",
        count(*) filter (where a.state = 'overturned')::int as overturned,
        count(*) filter (where exists (select 1 from appeal p where p.action_id = a.id))::int as appealed
      from action a where a.applied_at >= ${from} and a.applied_at < ${to} and a.end_reason is distinct from ${undoneReason}
      group by a.type, a.reason_code, a.policy_clause order by decisions desc, a.type, reason`);
    return [...rows];
  },
});
