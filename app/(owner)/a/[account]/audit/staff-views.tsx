import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import * as words from "#words/words.ts";

/** When the provider's staff looked at this account's data. */
export function StaffViews({ views }: { views: readonly { id: number; at: Date; what: string }[] }) {
  return (
    <Panel title="Views by provider staff" aside={views.length === 50 ? "the last 50" : `${views.length}`}>
      {views.length === 0 ? <p className="text-ink-2">No staff member has viewed this account.</p> : null}
      <ul>
        {views.map((one) => (
          <li key={one.id} className="flex flex-wrap gap-x-3 border-line py-1.5 not-first:border-t">
            <ZonedTime at={one.at.toISOString()} />
            <span>Staff viewed {words.view(one.what)}.</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
