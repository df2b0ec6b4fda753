import * as format from "#words/format.ts";

/** A count, exact to 99,999 and compact above; the exact number is on hover. `exact` never shortens. */
export function Count({ value, exact = false }: { value: number; exact?: boolean }) {
  const full = format.count(value);
  const text = exact ? full : format.compact(value);
  return (
    <span className="tabular-nums" title={text === full ? undefined : full}>
      {text}
    </span>
  );
}

/** A share of a whole, given both, with the two numbers on hover. Nothing of nothing is a dash. */
export function Share({ part, whole }: { part: number; whole: number }) {
  if (whole <= 0) return <span className="text-ink-3">–</span>;
  return (
    <span className="tabular-nums" title={`${format.count(part)} of ${format.count(whole)}`}>
      {format.percent(part / whole)}
    </span>
  );
}
