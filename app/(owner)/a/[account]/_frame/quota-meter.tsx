"use client"; // Moves with the live stream.

import { formatCount, formatDuration } from "#components/ui/format.ts";
import { Meter } from "#components/ui/meter.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getQuota } from "#core/usage/get-quota.ts";
import { useLive } from "./live.tsx";

type Quota = Awaited<ReturnType<typeof getQuota>>;

/** Today's quota: used, limit, reset, and when it runs out if the last hour goes on. */
export function QuotaMeter({ initial }: { initial: Quota }) {
  const { live } = useLive();
  const quota = live?.quota ?? initial;
  if (quota.limit === null) {
    return (
      <p>
        <span className="text-2xl font-semibold tabular-nums">{formatCount(quota.used)}</span>{" "}
        <span className="text-ink-2">requests today, without a limit</span>
      </p>
    );
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tabular-nums" data-testid="quota-used">
          {formatCount(quota.used)}
        </span>
        <span className="text-ink-2">of {formatCount(quota.limit)} requests</span>
        <span className="ml-auto text-ink-3">
          <Reset atMs={quota.resetAtMs} />
        </span>
      </p>
      <Meter label="Quota used today" value={quota.used} limit={quota.limit} />
      <p className="text-ink-2">
        <RunOut quota={quota} />
      </p>
    </div>
  );
}

function Reset({ atMs }: { atMs: number }) {
  const now = useNow();
  const left = now === null ? null : Math.max(0, Math.round((atMs - now) / 1000));
  return <>resets {left === null ? "" : `in ${formatDuration(left)} · `}00:00 UTC</>;
}

/** A straight line over the last hour, and said to be one. */
function RunOut({ quota }: { quota: Quota }) {
  if (quota.remaining === 0) return <>The quota is used up. Calls are refused with quota_exceeded until the reset.</>;
  if (quota.runsOutAtMs !== null) {
    return (
      <>
        At the pace of the last hour ({formatCount(quota.spentLastHour)}) it runs out at{" "}
        <b className="font-semibold text-ink">
          <ZonedTime at={new Date(quota.runsOutAtMs).toISOString()} style="time" />
        </b>
        .
      </>
    );
  }
  return quota.spentLastHour > 0 ? (
    <>At the pace of the last hour it lasts to the reset.</>
  ) : (
    <>Nothing was spent in the last hour.</>
  );
}
