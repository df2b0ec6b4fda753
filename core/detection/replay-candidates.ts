import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../frame/context.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import { isTooLong } from "../frame/is-too-long.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { groupBy } from "../rules/group-by.ts";
import { dayMs, hourMs } from "../rules/time.ts";

/** An account worth a look, and the hours or days, by their start, in which there is something to see. */
export type Candidate = { accountId: string; startsMs: number[] };

type Row = { accountId: string; at: Date };

/** The values of a threshold in the sets that are compared. */
type ValuesOf = (key: string) => readonly number[];

const longestMs = 3_000;

/**
 * Accounts that a detector could have flagged since a moment with either of two sets of thresholds, those with most to see first.
 * Null = the database needed longer than three seconds to say.
 */
export async function replayCandidates(
  ctx: Ctx,
  detector: Detector,
  since: Date,
  valuesOf: ValuesOf,
): Promise<Candidate[] | null> {
  const statement = rowsOf(detector, since, valuesOf);
  if (!statement) return [];
  try {
    const rows = await inSnapshot(ctx, async (inner) => {
      await inner.db.execute(sql.raw(`set local statement_timeout = ${longestMs}`));
      return inner.db.execute<Row>(statement);
    });
    return [...groupBy(rows, (row) => row.accountId)].map(([accountId, own]) => ({
      accountId,
      startsMs: [...new Set(own.map((row) => new Date(row.at).getTime()))].sort((a, b) => a - b),
    }));
  } catch (error) {
    if (isTooLong(error)) return null;
    throw error;
  }
}

/** How long each start stands for. */
export function stepOf({ id }: Detector): number {
  return [
    "quota_burn",
    "quota_overrun",
    "new_account_races",
    "token_sharing",
    "bounce_rate",
    "complaint_rate",
  ].includes(id)
    ? dayMs
    : hourMs;
}

function rowsOf({ id, looksAt, offence }: Detector, since: Date, valuesOf: ValuesOf): SQL | null {
  const least = (key: string) => Math.min(...valuesOf(key));
  const oldest = Math.ceil(Math.max(...valuesOf("youngDays"), ...valuesOf("fadingDays")));
  switch (id) {
    case "quota_burn":
    case "quota_overrun":
      return sql`select account_id as "accountId", at from usage_day where outcome = 'quota_exceeded' and at > ${dayBefore(since)}
        group by account_id, at order by sum(requests) desc`;
    case "token_sharing":
      return sql`select account_id as "accountId", day::timestamptz as at from network_day where day > ${dayBefore(since)}::date
        group by account_id, token_id, day having count(*) > ${least("networks")} order by count(*) desc`;
    case "new_account_races":
      return sql`select d.account_id as "accountId", d.at from usage_day d join account a on a.id = d.account_id
        where d.at > ${dayBefore(since)} and a.created_at > d.at - make_interval(days => ${oldest + 1})
        group by d.account_id, d.at having sum(d.requests) >= ${least("minimumRequests")} order by sum(d.requests) desc`;
    case "bounce_rate":
    case "complaint_rate":
      return sql`select account_id as "accountId", date_trunc('day', at, 'UTC') as at from outcome
        where kind = ${id === "bounce_rate" ? "bounce" : "complaint"} and at >= ${since} group by 1, 2 order by count(*) desc`;
    case "broken_client":
      return sql`select account_id as "accountId", date_trunc('hour', at) as at from outcome
        where kind = 'status' and at >= ${since} group by 1, 2 having count(*) >= ${least("minimumReported")} order by count(*) desc`;
    case "dormant_wakes":
      return sql`select h.account_id as "accountId", h.at from usage_hour h join token t on t.id = h.token_id
        where h.at >= ${since} and t.created_at < h.at - interval '30 days' and not exists (select 1 from usage_day d
          where d.account_id = h.account_id and d.token_id = h.token_id and d.at between h.at - interval '30 days' and h.at - interval '8 days')
        group by h.account_id, h.token_id, h.at having sum(h.requests) >= ${least("requestsPerHour")} order by sum(h.requests) desc`;
    case "spike":
      return sql`select account_id as "accountId", at from usage_hour where at >= ${since}
        group by account_id, at having sum(requests) >= ${least("minimumPerHour")} order by sum(requests) desc`;
  }
  if (looksAt !== "minutes" || !offence || offence.outcomes === "any") return null;
  const codes = sql.join(
    offence.outcomes.map((code) => sql`${code}`),
    sql`, `,
  );
  const refused = sql`select account_id, date_trunc('hour', at) as at, sum(requests) as requests from usage_hour
    where at >= ${since} and outcome in (${codes}) group by 1, 2`;
  const answered = sql`select account_id, date_trunc('hour', at) as at, count(*) as requests from outcome
    where at >= ${since} and kind = 'status' and status between 400 and 499 group by 1, 2`;
  const isOfPaths = id === "probing" || id === "known_scan";
  return sql`select account_id as "accountId", at from (${isOfPaths ? sql`${refused} union all ${answered}` : refused}) per_hour
    group by account_id, at having sum(requests) >= ${id === "dead_token_use" ? least("requestsPerHour") / 2 : fewest} order by sum(requests) desc`;
}

/** Refusals in an hour that could be something; two hours share what a window of an hour holds. */
const fewest = 3;

const dayBefore = (since: Date) => new Date(Math.floor(since.getTime() / dayMs) * dayMs - 1);
