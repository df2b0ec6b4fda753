import { dayMs, hourMs, minuteMs } from "../time.ts";

export type TrafficGrain = "minute" | "hour" | "day";
/** Whole buckets of one grain: from `fromMs` to before `untilMs`. */
export type GrainedWindow = { grain: TrafficGrain; fromMs: number; untilMs: number; stepSeconds: number };
/** What is counted by account, token, endpoint, surface and code, and what is counted by network and client as well. */
export type TrafficWindow = { usage: GrainedWindow; traffic: GrainedWindow };

const grainMs: Record<TrafficGrain, number> = { minute: minuteMs, hour: hourMs, day: dayMs };

/** The longest window that is read in each grain: over all accounts, and of a few that were chosen. */
const longest = {
  all: { minute: 3 * hourMs, hour: 2 * dayMs },
  chosen: { minute: 12 * hourMs, hour: 14 * dayMs },
} as const;
/** Less than the retention (`retentionDays` of the worker), so that the oldest bucket is whole. */
const keptMs = { minute: 29 * dayMs, trafficHour: 13 * dayMs } as const;
/** Bars of a chart, about. */
const mostSteps = 200;

/**
 * In which grain a window is read, and its times widened to whole buckets: the finest that answers in a moment. `isChosen` = of
 * a few accounts only, which are found by an index. Networks and clients are counted by the hour at the finest.
 */
export function trafficWindow(of: {
  fromMs: number;
  untilMs: number;
  nowMs: number;
  isChosen: boolean;
}): TrafficWindow {
  const span = of.untilMs - of.fromMs;
  const age = of.nowMs - of.fromMs;
  const most = of.isChosen ? longest.chosen : longest.all;
  const isHours = span <= most.hour;
  const usage = span <= most.minute && age <= keptMs.minute ? "minute" : isHours ? "hour" : "day";
  return {
    usage: widened(of, usage),
    traffic: widened(of, isHours && age <= keptMs.trafficHour ? "hour" : "day"),
  };
}

function widened({ fromMs, untilMs }: { fromMs: number; untilMs: number }, grain: TrafficGrain): GrainedWindow {
  const bucket = grainMs[grain];
  const start = Math.floor(fromMs / bucket) * bucket;
  const end = Math.max(Math.ceil(untilMs / bucket) * bucket, start + bucket);
  return { grain, fromMs: start, untilMs: end, stepSeconds: stepOf(end - start, bucket) / 1000 };
}

/** A multiple of the bucket that divides an hour or a day. */
function stepOf(spanMs: number, bucketMs: number): number {
  const steps = [1, 5, 15, 60].map((one) => one * bucketMs);
  const chosen = bucketMs === minuteMs ? steps : [1, 2, 3].map((one) => one * bucketMs);
  return chosen.find((one) => spanMs / one <= mostSteps) ?? chosen.at(-1) ?? bucketMs;
}
