import { Banner } from "#components/ui/banner.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { ListedGate } from "#core/gateways/list-gates.ts";

/** What a gate decides and nobody counts is missing from quotas, charts and detectors. */
export function StalledBanner({ gates }: { gates: readonly ListedGate[] }) {
  const stalled = gates.filter((gate) => gate.isImportStalled);
  const oldest = stalled.flatMap((gate) => gate.uncountedSince ?? []).sort((a, b) => a.getTime() - b.getTime())[0];
  if (!oldest) return null;
  return (
    <Banner
      meaning="danger"
      title={`${stalled.map((gate) => gate.id).join(", ")} ${stalled.length === 1 ? "does" : "do"} not count decisions.`}
    >
      <p>
        The oldest has waited since <RelativeTime at={oldest.toISOString()} />. Quotas, charts and detectors miss them.
        Nothing is lost: they stay in the gate's journal until they are counted. Read the gate's log for the reason.
      </p>
    </Banner>
  );
}
