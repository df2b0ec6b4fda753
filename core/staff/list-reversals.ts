import { type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { detectors } from "../rules/detectors/registry.ts";
import { dayMs } from "../rules/time.ts";
import type { ReasonCode } from "../rules/vocabulary.ts";

/** The days that the figures look back on. */
export const reversalDays = 90;

/**
 * Actions that turned out wrong: an appeal was granted, in whole or in part, or it was lifted and its case closed as the provider's own
 * fault. Each counts once, on the day on which it turned.
 */
const turned = (since: Date): SQL => sql`
  select a.id, a.reason_code, a.case_id, a.author_user_id, true as on_appeal from action a join appeal p on p.action_id = a.id
    where p.state in ('granted', 'partly_granted') and p.decided_at >= ${since}
  union
  select a.id, a.reason_code, a.case_id, a.author_user_id, false from action a join abuse_case c on c.id = a.case_id
    where a.state = 'lifted' and c.outcome = 'our_fault' and a.ended_at >= ${since} and not exists (
      select 1 from appeal p where p.action_id = a.id and p.state in ('granted', 'partly_granted'))`;

const figures = sql`count(distinct t.id) filter (where t.on_appeal)::int as "onAppeal",
  count(distinct t.id) filter (where not t.on_appeal)::int as "ourFault"`;

type Figures = { onAppeal: number; ourFault: number };

/** How often actions were reversed in the last 90 days, per reason and per detector whose flags they rested on, the most reversed first. */
export const listReversals = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const since = sinceOf(ctx);
    const reasons = await ctx.db.execute<Figures & { reasonCode: ReasonCode; imposed: number }>(sql`
      with t as (${turned(since)}), imposed as (select reason_code, count(*)::int as n from action where applied_at >= ${since} group by 1)
      select t.reason_code as "reasonCode", ${figures}, coalesce((select n from imposed i where i.reason_code = t.reason_code), 0) as imposed
      from t group by t.reason_code order by count(distinct t.id) desc, 1`);
    const rests = JSON.stringify(detectors.map(({ id, reasonCode }) => ({ id, reasonCode })));
    const byDetector = await ctx.db.execute<Figures & { detector: string }>(sql`
      with t as (${turned(since)})
      select f.detector, ${figures} from t join flag f on f.case_id = t.case_id
      join jsonb_to_recordset(${rests}::jsonb) as d(id text, "reasonCode" text) on d.id = f.detector and d."reasonCode" = t.reason_code
      group by f.detector order by count(distinct t.id) desc, 1`);
    return {
      days: reversalDays,
      reasons: [...reasons],
      detectors: [...byDetector].map((row) => ({ ...row, title: deskWords.detectorTitle(row.detector) })),
    };
  },
});

/** The same per person who imposed them, for leads and admins: figures of people are not for their colleagues. */
export const listReversalsByPerson = query({
  permission: "staff:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const since = sinceOf(ctx);
    const people = await ctx.db.execute<Figures & { userId: string; name: string; imposed: number }>(sql`
      with t as (${turned(since)}), imposed as (select author_user_id, count(*)::int as n from action where applied_at >= ${since} group by 1)
      select u.id as "userId", u.name, ${figures}, coalesce((select n from imposed i where i.author_user_id = u.id), 0) as imposed
      from t join "user" u on u.id = t.author_user_id group by u.id, u.name order by count(distinct t.id) desc, u.name`);
    return [...people];
  },
});

const sinceOf = (ctx: Ctx) => new Date(ctx.now.getTime() - reversalDays * dayMs);
