import { quantile } from "../quantile.ts";
import { dayMs, hourMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** Makes MAD comparable with a standard deviation (of a normal distribution). */
const madScale = 1.4826;
/** Below this the spread of a quiet account would make everything a spike. */
const smallestSpread = 0.15;

/** Of today's requests; what is less is not sure to be the account itself. */
const knownEnough = 0.9;
/** Two loud hours so near to each other belong together. */
const nearHours = 4;
/** A mailing on the first of the month, or on its first Monday, one or two months ago: days before, both included. */
const monthsAgo: readonly (readonly [fromDays: number, toDays: number])[] = [
  [27, 36],
  [55, 64],
];

/**
 * Volume far above the account's own past, two whole hours running, or two of four where it is very loud: a robust z of ln(1+x) over the same hour
 * of day and the two beside it in the last 28 days (moderation research, after Cloudflare's per-session baselines). Never a reason by itself.
 * Who calls from where he always does uses what he bought: a sale, a backfill. It takes far more then; what his limits refuse is rate_excess's
 * business. What was as loud a month ago is known.
 */
export const spike = defineDetector({
  id: "spike",
  version: 2,
  reasonCode: "other",
  halfLifeDays: 1,
  weight: 0.5,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: 2 * hourMs },
  looksAt: "history",
  defaults: {
    z: 4.5,
    minimumPerHour: 100,
    timesMedian: 3,
    timesMedianSevere: 10,
    timesMedianKnown: 30,
    minimumDays: 7,
  },
  evaluate: ({ nowMs, accountId, countedFromMs, hours, knownShare = null }, config) => {
    const counts = new Map(hours.map((one) => [one.atMs, one.requests]));
    const firstMs = hours.reduce((first, one) => Math.min(first, one.atMs), nowMs);
    const lastHourMs = Math.floor(nowMs / hourMs) * hourMs - hourMs;
    if (lastHourMs - firstMs < config.minimumDays * dayMs) return [];
    const isOwn = knownShare !== null && knownShare >= knownEnough;
    const judged = Array.from({ length: nearHours }, (_, ago) => {
      const atMs = lastHourMs - ago * hourMs;
      const requests = counts.get(atMs) ?? 0;
      const { z, median } = against(counts, firstMs, atMs, requests);
      const isLoud =
        atMs >= countedFromMs &&
        requests >= Math.max(config.minimumPerHour, (isOwn ? config.timesMedianKnown : config.timesMedian) * median) &&
        z > config.z &&
        !isOfTheMonth(counts, atMs, requests);
      return { requests, z, median, isLoud, isSevere: requests >= config.timesMedianSevere * Math.max(1, median) };
    });
    const [last, before] = judged;
    const again = judged.slice(1).some((one) => one.isLoud && one.isSevere);
    if (!last?.isLoud || !(before?.isLoud || (last.isSevere && again))) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: last.isSevere ? 2 : 1,
        magnitude: last.requests,
        facts: { kind: "spike", requests: last.requests, usual: last.median, isRunning: before?.isLoud ?? false },
        evidence: {
          requestsLastHour: last.requests,
          usualAtThisHour: Math.round(last.median),
          z: Number(last.z.toFixed(1)),
        },
      },
    ];
  },
});

/** Whether about one or two months ago, at about this time of day, an hour was at least half as loud. */
function isOfTheMonth(counts: ReadonlyMap<number, number>, atMs: number, requests: number): boolean {
  return monthsAgo.some(([fromDays, toDays]) => {
    for (let days = fromDays; days <= toDays; days++)
      for (const beside of [-2, -1, 0, 1, 2])
        if ((counts.get(atMs - days * dayMs + beside * hourMs) ?? 0) >= requests / 2) return true;
    return false;
  });
}

/** How far a count lies from the same hours of the last 28 days; hours from before the account's first are not held against it. */
function against(counts: ReadonlyMap<number, number>, firstMs: number, atMs: number, requests: number) {
  const past: number[] = [];
  for (let day = 1; day <= 28; day++) {
    for (const beside of [-1, 0, 1]) {
      const then = atMs - day * dayMs + beside * hourMs;
      if (then >= firstMs) past.push(Math.log1p(counts.get(then) ?? 0));
    }
  }
  const median = quantile(past, 0.5);
  const spread = quantile(
    past.map((value) => Math.abs(value - median)),
    0.5,
  );
  const z = (Math.log1p(requests) - median) / Math.max(madScale * spread, smallestSpread);
  return { z, median: Math.expm1(median) };
}
