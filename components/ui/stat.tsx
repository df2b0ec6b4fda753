import type { ReactNode } from "react";

type StatProps = { value: ReactNode; unit?: ReactNode; note?: ReactNode; label?: ReactNode };

/** One number that matters, its unit beside it and a note below. */
export function Stat({ value, unit, note, label }: StatProps) {
  return (
    <div className="min-w-0">
      {label ? <p className="text-sm text-ink-3">{label}</p> : null}
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tabular-nums">{value}</span>
        {unit ? <span className="text-ink-2">{unit}</span> : null}
      </p>
      {note ? <div className="mt-1 text-sm text-ink-2">{note}</div> : null}
    </div>
  );
}
