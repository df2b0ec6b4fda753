export const usageRanges = ["live", "1h", "24h", "7d", "30d", "90d", "13m"] as const;
export type UsageRange = (typeof usageRanges)[number];

/** By what usage can be grouped: `outcome` = allowed and refused, `code` = every decision code apart. */
export const groupings = ["outcome", "code", "token", "endpoint", "surface"] as const;
export type Grouping = (typeof groupings)[number];

export type RangeShape = { grain: "second" | "minute" | "hour" | "day"; stepSeconds: number; steps: number };

/** Which grain of usage a range reads and how it is binned: 60 to 180 points, and days for the longest, so that limits fit. */
const shapes: Record<UsageRange, RangeShape> = {
  live: { grain: "second", stepSeconds: 2, steps: 60 },
  "1h": { grain: "minute", stepSeconds: 60, steps: 60 },
  "24h": { grain: "minute", stepSeconds: 900, steps: 96 },
  "7d": { grain: "hour", stepSeconds: 3_600, steps: 168 },
  "30d": { grain: "hour", stepSeconds: 21_600, steps: 120 },
  "90d": { grain: "day", stepSeconds: 86_400, steps: 90 },
  "13m": { grain: "day", stepSeconds: 86_400, steps: 396 },
};

/** The bins of a range ending now: their first start and length. Bins lie on whole steps of UTC. */
export function rangeAt(range: UsageRange, nowMs: number): RangeShape & { fromMs: number } {
  const shape = shapes[range];
  const stepMs = shape.stepSeconds * 1000;
  return { ...shape, fromMs: nowMs - (nowMs % stepMs) - (shape.steps - 1) * stepMs };
}

/** The period of the same length just before. */
export function rangeBefore<T extends RangeShape & { fromMs: number }>(range: T): T {
  return { ...range, fromMs: range.fromMs - range.steps * range.stepSeconds * 1000 };
}
