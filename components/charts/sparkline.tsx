import * as format from "#words/format.ts";

type SparklineProps = {
  /** What is counted, in words: "Requests in the last 24 hours". */
  label: string;
  /** Oldest first. */
  values: readonly number[];
  /** A common top, so that rows of one table can be compared; its own highest value otherwise. */
  max?: number;
  width?: number;
  height?: number;
};

/** A row of small bars that fits in a table cell: SVG without scripts, all bars one path, so that a long table stays small. */
export function Sparkline({ label, values, max, width = 88, height = 16 }: SparklineProps) {
  const top = Math.max(max ?? 0, ...values, 1);
  const step = width / Math.max(values.length, 1);
  const total = values.reduce((sum, value) => sum + value, 0);
  const bars = values.map((value, index) => {
    if (value <= 0) return "";
    // Something is never drawn as nothing.
    const tall = Math.max(1.5, (value / top) * height);
    return `M${short(index * step)} ${height}v${short(-tall)}h${short(Math.max(step - 1, 0.75))}v${short(tall)}z`;
  });
  return (
    <svg
      role="img"
      aria-label={`${label}: ${format.compact(total)} in all, highest ${format.compact(Math.max(0, ...values))}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block h-auto max-w-full"
    >
      <path d={`M0 ${height - 0.5}h${width}`} stroke="var(--color-line)" />
      <path d={bars.join("")} fill="var(--color-chart-main)" />
    </svg>
  );
}

/** Hundredths of a pixel are enough. */
function short(value: number): number {
  return Math.round(value * 100) / 100;
}
