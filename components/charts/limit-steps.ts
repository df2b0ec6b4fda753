import type { LimitSpan, Point } from "./series.ts";

/** A stretch of neighbouring buckets with one limit: indexes of the first and the last bucket, both inclusive. */
export type LimitStep = { label: string; value: number; first: number; last: number };

/** The limit that held at the start of a bucket, per label. */
function limitAt(spans: readonly LimitSpan[], at: string): LimitSpan | undefined {
  const time = Date.parse(at);
  return spans.find((span) => Date.parse(span.from) <= time && (span.until === null || time < Date.parse(span.until)));
}

/** Lays limits over buckets, so that each is drawn where it held and nowhere else. */
export function limitSteps(points: readonly Point[], limits: readonly LimitSpan[]): LimitStep[] {
  const labels = [...new Set(limits.map((limit) => limit.label))];
  return labels.flatMap((label) => {
    const spans = limits.filter((limit) => limit.label === label);
    const steps: LimitStep[] = [];
    points.forEach((point, index) => {
      const span = limitAt(spans, point.at);
      if (!span) return;
      const before = steps.at(-1);
      if (before && before.last === index - 1 && before.value === span.value) before.last = index;
      else steps.push({ label, value: span.value, first: index, last: index });
    });
    return steps;
  });
}
