import { sql } from "drizzle-orm";
import { z } from "zod";
import { query } from "../define.ts";

/** How the team is doing: what is open and how old, time to a decision and share overturned over the last 30 days, per person. */
export const teamFigures = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const since = new Date(ctx.now.getTime() - 30 * 86_400_000);
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
      select u.name,
        (select count(*) from case_event e where e.actor_user_id = u.id and e.type = 'case.closed' and e.at >= ${since})::int as closed,
        (select count(*) from action a where a.author_user_id = u.id and a.applied_at >= ${since})::int as imposed,
        (select count(*) from abuse_case c where c.assignee_user_id = u.id and c.state <> 'closed')::int as holding
      from staff_member s join "user" u on u.id = s.user_id where s.ended_at is null order by u.name`);
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
