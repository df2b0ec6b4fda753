"use client"; // Moves with the live stream.

import { formatCount, formatDuration, formatPercent } from "#components/ui/format.ts";
import { MeterWithNote } from "#components/ui/meter.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getQuota } from "#core/usage/get-quota.ts";
import { useLive } from "./live.tsx";

type Quota = Awaited<ReturnType<typeof getQuota>>;

/** Today's quota: used, limit, reset, and when it runs out if the last hour goes on. */
export function QuotaPanel({ initial }: { initial: Quota }) {
  const { live } = useLive();
  const quota = live?.quota ?? initial;
  const { limit, used } = quota;
  return (
    <Panel title="Quota today" aside={<Reset atMs={quota.resetAtMs} />}>
      <p className="flex flex-wrap items-baseline gap-x-2 pb-3">
        <span className="text-2xl font-semibold tabular-nums" data-testid="quota-used">
          {formatCount(used)}
        </span>
        <span className="text-ink-2">
          {limit === null ? "requests, without a limit" : `of ${formatCount(limit)} requests`}
        </span>
      </p>
      {limit === null ? null : (
        <MeterWithNote
          label="Quota used today"
          value={used}
          limit={limit}
          note={<RunOut quota={quota} />}
          aside={formatPercent(used / Math.max(1, limit))}
        />
      )}
    </Panel>
  );
}

function Reset({ atMs }: { atMs: number }) {
  const now = useNow();
  const left = now === null ? null : Math.max(0, Math.round((atMs - now) / 1000));
  return <>resets {left === null ? "at " : `in ${formatDuration(left)} · `}00:00 UTC</>;
}

/** A straight line over the last hour, and said to be one. */
function RunOut({ quota }: { quota: Quota }) {
  if (quota.remaining === 0) {
    return <span className="text-danger">Used up. Calls are refused with quota_exceeded until the reset.</span>;
  }
  if (quota.runsOutAtMs !== null) {
    return (
      <span title="A straight line over the last hour: what happens if nothing changes.">
        At this pace you run out at{" "}
        <b className="font-semibold text-ink">
          <ZonedTime at={quota.runsOutAtMs} style="time" zone="utc" />
        </b>
        .
      </span>
    );
  }
  return quota.spentLastHour > 0 ? (
    <>At the pace of the last hour it lasts to the reset.</>
  ) : (
    <>No use in the last hour.</>
  );
}
