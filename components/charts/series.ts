/** One stack or line of a chart. `key` names its value in every point. */
export type Series = { key: string; label: string; color: string };

/** One bucket of time. `at` is its start, ISO 8601; a value that is missing counts as zero. */
export type Point = { at: string; values: Readonly<Record<string, number>> };

/** A limit that held from `from` (inclusive) to `until` (exclusive, ISO 8601; null is still). */
export type LimitSpan = { label: string; value: number; from: string; until: string | null };

/** A line over the bars to compare them with, one value per bucket. */
export type Before = { label: string; values: readonly number[] };

const palette = [1, 2, 3, 4, 5, 6, 7].map((n) => `var(--color-series-${n})`);

/** Gives each group a colour that stays apart from its neighbours; past seven, and for `other`, the grey. */
export function groupSeries(groups: readonly { key: string; label: string; other?: boolean }[]): Series[] {
  let next = 0;
  return groups.map(({ key, label, other }) => ({
    key,
    label,
    color: (other ? undefined : palette[next++]) ?? "var(--color-series-8)",
  }));
}

/** The sum of the shown series in one point. */
export function totalOf(point: Point, series: readonly Series[]): number {
  return series.reduce((sum, one) => sum + (point.values[one.key] ?? 0), 0);
}
