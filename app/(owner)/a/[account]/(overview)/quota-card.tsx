"use client"; // Follows the live stream.

import { formatCount, formatDuration, formatPercent } from "#components/ui/format.ts";
import { MeterWithNote } from "#components/ui/meter.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Stat } from "#components/ui/stat.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { Live } from "#core/usage/get-live.ts";
import { useLive } from "../_frame/live.tsx";

/** Today's quota: used, limit, reset, and when it runs out if nothing changes. */
export function QuotaCard({ initial }: { initial: Pick<Live, "quota" | "atMs"> }) {
  const { quota, atMs } = useLive().live ?? initial;
  const reset = formatDuration((quota.resetAtMs - atMs) / 1000);
  return (
    <Panel title="Quota today" aside={`resets in ${reset} · 00:00 UTC`}>
      <div className="flex flex-col gap-3" data-testid="quota">
        <Stat
          value={formatCount(quota.used)}
          unit={quota.limit === null ? "requests, no limit" : `of ${formatCount(quota.limit)} requests`}
        />
        {quota.limit === null ? (
          <p className="text-sm text-ink-2">Your plan has no daily quota.</p>
        ) : (
          <MeterWithNote
            label="Quota used today"
            value={quota.used}
            limit={quota.limit}
            note={<Forecast quota={quota} />}
            aside={formatPercent(quota.used / Math.max(1, quota.limit))}
          />
        )}
      </div>
    </Panel>
  );
}

function Forecast({ quota }: { quota: Live["quota"] }) {
  if (quota.remaining !== null && quota.remaining <= 0) {
    return <span className="text-danger">Used up. Calls are refused with quota_exceeded until the reset.</span>;
  }
  if (quota.runsOutAtMs !== null) {
    return (
      <span title="A straight line at the pace of the last hour: what happens if nothing changes.">
        At this pace you run out at{" "}
        <b className="font-semibold text-ink">
          <ZonedTime at={quota.runsOutAtMs} style="time" zone="utc" />
        </b>
        .
      </span>
    );
  }
  if (quota.spentLastHour === 0) return <>Nothing used in the last hour.</>;
  return <span title="A straight line at the pace of the last hour.">At this pace it lasts until the reset.</span>;
}
