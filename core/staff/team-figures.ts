import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "../frame/define.ts";
import { dayMs } from "../rules/time.ts";

/** How the team is doing: what is open and how old, time to a decision and share overturned over the last 30 days, per person. */
export const teamFigures = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const since = new Date(ctx.now.getTime() - 30 * dayMs);
    const [cases] = await ctx.db.execute<{
      open: number;
      oldestDays: number | null;
      medianHours: number | null;
      closed: number;
    }>(sql`
      select count(*) filter (where state <> 'closed')::int as open,
        (extract(epoch from ${ctx.now}::timestamptz - min(opened_at) filter (where state <> 'closed')) / 86400)::float8 as "oldestDays",
        (percentile_cont(0.5) within group (order by extract(epoch from closed_at - opened_at))
          filter (where closed_at >= ${since}) / 3600)::float8 as "medianHours",
        count(*) filter (where closed_at >= ${since})::int as closed
      from abuse_case`);
    const [acts] = await ctx.db.execute<{ imposed: number; overturned: number; appeals: number; granted: number }>(sql`
      select (select count(*) from action where applied_at >= ${since})::int as imposed,
        (select count(*) from action where applied_at >= ${since} and state = 'overturned')::int as overturned,
        (select count(*) from appeal where decided_at >= ${since} and state <> 'withdrawn')::int as appeals,
        (select count(*) from appeal where decided_at >= ${since} and state in ('granted', 'partly_granted'))::int as granted`);
    const people = await ctx.db.execute<{ name: string; closed: number; imposed: number; holding: number }>(sql`
      with closed as (select actor_user_id as id, count(*) as n from case_event
          where type = 'case.closed' and at >= ${since} group by 1),
        imposed as (select author_user_id as id, count(*) as n from action where applied_at >= ${since} group by 1),
        holding as (select assignee_user_id as id, count(*) as n from abuse_case where state <> 'closed' group by 1)
      select u.name, coalesce(closed.n, 0)::int as closed, coalesce(imposed.n, 0)::int as imposed, coalesce(holding.n, 0)::int as holding
      from staff_member s join "user" u on u.id = s.user_id
      left join closed on closed.id = u.id left join imposed on imposed.id = u.id left join holding on holding.id = u.id
      where s.ended_at is null order by u.name`);
    return {
      open: Number(cases?.open ?? 0),
      oldestDays: cases?.oldestDays ?? null,
      closed30Days: Number(cases?.closed ?? 0),
      medianHoursToDecision: cases?.medianHours ?? null,
      imposed30Days: Number(acts?.imposed ?? 0),
      overturned30Days: Number(acts?.overturned ?? 0),
      appealsDecided30Days: Number(acts?.appeals ?? 0),
      appealsGranted30Days: Number(acts?.granted ?? 0),
      people: [...people],
    };
  },
});
