import { formatCompact } from "../ui/format.ts";

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

/** A row of small bars that fits in a table cell. Nothing but SVG, drawn on the server. */
export function Sparkline({ label, values, max, width = 88, height = 16 }: SparklineProps) {
  const top = Math.max(max ?? 0, ...values, 1);
  const step = width / Math.max(values.length, 1);
  const total = values.reduce((sum, value) => sum + value, 0);
  return (
    <svg
      role="img"
      aria-label={`${label}: ${formatCompact(total)} in all, highest ${formatCompact(Math.max(0, ...values))}`}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block"
    >
      <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} stroke="var(--color-line)" />
      {values.map((value, index) => {
        // Something is never drawn as nothing.
        const tall = value > 0 ? Math.max(1.5, (value / top) * height) : 0;
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place in time.
            key={index}
            x={index * step}
            y={height - tall}
            width={Math.max(step - 1, 0.75)}
            height={tall}
            fill="var(--color-chart-allowed)"
          />
        );
      })}
    </svg>
  );
}
