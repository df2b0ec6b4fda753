import { formatCount, formatPercent } from "#components/ui/format.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { previewSuspension } from "#core/enforcement/preview-suspension.ts";

export type Preview = Awaited<ReturnType<typeof previewSuspension>>;

/** What the suspension stops, from the traffic of the last 24 hours. */
export function SuspensionPreview({ preview }: { preview: Preview }) {
  const rows: [string, React.ReactNode][] = [
    ["Live tokens", formatCount(preview.liveTokens)],
    ["Requests in 24 hours", formatCount(preview.requests24Hours)],
    ["of them clean", preview.cleanShare === null ? "–" : formatPercent(preview.cleanShare)],
    ["Surfaces", preview.surfaces.length === 0 ? "–" : preview.surfaces.join(", ").toUpperCase()],
    ["Members", formatCount(preview.members)],
    [
      "Last signed in",
      preview.lastSignInAt ? <RelativeTime key="t" at={new Date(preview.lastSignInAt).toISOString()} /> : "never",
    ],
  ];
  return (
    <div className="rounded-md bg-sunk p-3">
      <h3 className="mb-1.5 font-semibold">What this stops</h3>
      <dl className="grid grid-cols-[1fr_auto] gap-y-0.5">
        {rows.map(([term, value]) => (
          <div key={term} className="contents">
            <dt className="text-ink-2">{term}</dt>
            <dd className="text-right font-medium tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-ink-2">
        No refund is owed while access is restricted for abuse (clause 4). Charges go on.
      </p>
    </div>
  );
}
