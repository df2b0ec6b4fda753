import { groupBy } from "../group-by.ts";
import { minuteMs, secondMs } from "../time.ts";
import { type AccountDiagnosis, type BurstSecond, rateLimited, refusedOf, requestsOf } from "./finding.ts";

/** On the full minute, where timetables start their jobs; and at another second, where a client that waits may come back by chance. */
const leastTimes = { onTheMinute: 3, else: 10 };
const minimumRequests = 60;
/** In the span of one minute: fewer is no burst. */
const leastAtOnce = 20;
/** In one burst. A client that waits is refused at most once for each call it has open when the limit is reached. */
const leastRefused = 10;
const leastRefusedShare = 0.2;
/** Three seconds are 5 % of a minute; half of all requests in them is ten times an even spread. */
const spanSeconds = 3;
const leastShare = 0.5;

/**
 * Everything at once, at the same second of the minute: a timetable that starts all jobs together, every minute or once a day. What
 * makes it one is how many are refused together, and that they come back by the clock: the window also hands a client that waits
 * its requests back once a minute, but that one stops at the first refusal.
 */
export const thunderingHerd: AccountDiagnosis = {
  kind: "thundering_herd",
  find: ({ bursts, spells, counts }) =>
    [...groupBy(bursts, (one) => `${one.tokenId} ${one.endpointId}`).values()].flatMap((seconds) => {
      const [first] = seconds;
      const { from, within } = busiest(seconds);
      const times = [...groupBy(within, ({ atMs }) => Math.floor((atMs - from * secondMs) / minuteMs)).values()].filter(
        isBurst,
      );
      const all = requestsOf(seconds);
      const requests = requestsOf(times.flat());
      const to = (from + spanSeconds - 1) % 60;
      const least = from === 0 || to < from ? leastTimes.onTheMinute : leastTimes.else;
      if (!first || times.length < least || all < minimumRequests || requests < leastShare * all) return [];
      const starts = times.map((one) => Math.min(...one.map(({ atMs }) => atMs)));
      const { tokenId, endpointId } = first;
      const limiter = spells.find((one) => one.tokenId === tokenId && one.endpointId === endpointId)?.limiter ?? null;
      return [
        {
          ...{ kind: "thundering_herd", tokenId, endpointId, requests, refused: rateLimited(counts, first) },
          ...{ fromMs: Math.min(...starts), toMs: Math.max(...times.flat().map(({ atMs }) => atMs)) },
          facts: {
            ...{ within: requests, all, fromSecond: from, toSecond: to, limiter },
            ...{ times: times.length, everySeconds: usualGapMs(starts) / secondMs },
          },
        },
      ];
    }),
};

function isBurst(seconds: readonly BurstSecond[]): boolean {
  const requests = requestsOf(seconds);
  return requests >= leastAtOnce && refusedOf(seconds) >= Math.max(leastRefused, leastRefusedShare * requests);
}

/** The three seconds of the minute with most requests, with what came in them; they may go over the turn of the minute. */
function busiest(seconds: readonly BurstSecond[]): { from: number; within: BurstSecond[] } {
  let best: { from: number; within: BurstSecond[] } = { from: 0, within: [] };
  for (let from = 0; from < 60; from++) {
    const within = seconds.filter(({ atMs }) => (Math.floor(atMs / secondMs) - from + 60) % 60 < spanSeconds);
    // Of spans that hold the same the one that begins on the minute.
    if (requestsOf(within) > requestsOf(best.within)) best = { from, within };
  }
  return best;
}

function usualGapMs(starts: readonly number[]): number {
  const sorted = [...starts].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((at, i) => Math.round((at - (sorted[i] ?? at)) / minuteMs) * minuteMs);
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? minuteMs;
}
