import { dayMs, hourMs } from "../time.ts";
import { defineDetector, quantile } from "./detector.ts";

/** Makes MAD comparable with a standard deviation (of a normal distribution). */
const madScale = 1.4826;
/** Below this the spread of a quiet account would make everything a spike. */
const smallestSpread = 0.15;

/**
 * Volume far above the account's own past, two whole hours running: a robust z of ln(1+x) over the same hour of day and the two
 * beside it in the last 28 days (moderation research, after Cloudflare's per-session baselines). Never a reason by itself.
 */
export const spike = defineDetector({
  id: "spike",
  version: 1,
  reasonCode: "other",
  halfLifeDays: 1,
  weight: 0.5,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: 2 * hourMs },
  looksAt: "history",
  defaults: { z: 4.5, minimumPerHour: 100, timesMedian: 3, timesMedianSevere: 10, minimumDays: 7 },
  evaluate: ({ nowMs, accountId, countedFromMs, hours }, config) => {
    const counts = new Map(hours.map((one) => [one.atMs, one.requests]));
    const firstMs = hours.reduce((first, one) => Math.min(first, one.atMs), nowMs);
    const lastHourMs = Math.floor(nowMs / hourMs) * hourMs - hourMs;
    if (lastHourMs - firstMs < config.minimumDays * dayMs) return [];
    if (lastHourMs - hourMs < countedFromMs) return [];
    const judged = [lastHourMs, lastHourMs - hourMs].map((atMs) => {
      const requests = counts.get(atMs) ?? 0;
      return { requests, ...against(counts, firstMs, atMs, requests) };
    });
    const [last] = judged;
    const isSpike = judged.every(
      ({ requests, z, median }) =>
        requests >= config.minimumPerHour && z > config.z && requests >= config.timesMedian * median,
    );
    if (!last || !isSpike) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: last.requests >= config.timesMedianSevere * Math.max(1, last.median) ? 2 : 1,
        magnitude: last.requests,
        facts: { kind: "spike", requests: last.requests, usual: last.median },
        evidence: {
          requestsLastHour: last.requests,
          usualAtThisHour: Math.round(last.median),
          z: Number(last.z.toFixed(1)),
        },
      },
    ];
  },
});

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
