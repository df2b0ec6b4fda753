import { groupBy } from "../group-by.ts";
import { minuteMs, secondMs } from "../time.ts";
import { type Diagnosis, type LimitedSpell, rateLimited, requestsOf } from "./finding.ts";

const leastMinutes = 3;
const minimumRequests = 60;
/** In the span of one minute: fewer is no burst. One burst alone is none of a timetable. */
const leastAtOnce = 10;
/** Three seconds are 5 % of a minute; half of all requests in them is ten times an even spread. */
const spanSeconds = 3;
const leastShare = 0.5;

/** Everything at once, at the same second of each minute: a timetable that starts all jobs together. */
export const thunderingHerd: Diagnosis = {
  kind: "thundering_herd",
  find: ({ spells, counts }) =>
    spells.flatMap((spell) => {
      const { tokenId, endpointId, fromMs, toMs, seconds, limiter } = spell;
      const all = requestsOf(seconds);
      const { from, within } = busiest(seconds);
      const requests = requestsOf(within);
      const byMinute = groupBy(within, ({ atMs }) => Math.floor((atMs - from * secondMs) / minuteMs));
      const minutes = [...byMinute.values()].filter((one) => requestsOf(one) >= leastAtOnce).length;
      if (minutes < leastMinutes || all < minimumRequests || requests < leastShare * all) return [];
      const refused = rateLimited(counts, spell);
      const to = (from + spanSeconds - 1) % 60;
      return [
        {
          ...{ kind: "thundering_herd", tokenId, endpointId, fromMs, toMs, requests, refused },
          facts: { within: requests, all, fromSecond: from, toSecond: to, minutes, limiter },
        },
      ];
    }),
};

type Second = LimitedSpell["seconds"][number];

/** The three seconds of the minute with most requests, with what came in them; they may go over the turn of the minute. */
function busiest(seconds: readonly Second[]): { from: number; within: Second[] } {
  let best: { from: number; within: Second[] } = { from: 0, within: [] };
  for (let from = 0; from < 60; from++) {
    const within = seconds.filter(({ atMs }) => (Math.floor(atMs / secondMs) - from + 60) % 60 < spanSeconds);
    if (requestsOf(within) > requestsOf(best.within)) best = { from, within };
  }
  return best;
}
