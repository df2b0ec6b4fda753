/** What a limit was over a stretch of time; null = none. `untilMs` is exclusive. */
export type LimitStretch = { value: number | null; fromMs: number; untilMs: number };

/**
 * A limit between two instants as stretches of one value each, without gaps: `valueAt` is asked at the start and wherever
 * something changed. Neighbours of the same value are one.
 */
export function limitTimeline(
  changesMs: readonly number[],
  valueAt: (atMs: number) => number | null,
  fromMs: number,
  untilMs: number,
): LimitStretch[] {
  const points = [fromMs, ...changesMs.filter((at) => at > fromMs && at < untilMs)].sort((a, b) => a - b);
  const stretches: LimitStretch[] = [];
  for (const at of new Set(points)) {
    const value = valueAt(at);
    const last = stretches.at(-1);
    if (last && last.value === value) continue;
    if (last) last.untilMs = at;
    stretches.push({ value, fromMs: at, untilMs });
  }
  return stretches;
}

/** A fact about a limit that holds until the next one. */
export type DatedValue = { value: number | null; fromMs: number };

/** The value of the last fact at or before an instant; undefined = there is none yet. */
export function valueAt(facts: readonly DatedValue[], atMs: number): number | null | undefined {
  let best: DatedValue | undefined;
  for (const fact of facts) {
    if (fact.fromMs <= atMs && (best === undefined || fact.fromMs >= best.fromMs)) best = fact;
  }
  return best?.value;
}
