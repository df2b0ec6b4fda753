"use client"; // Moves with the live stream.

import { MeterWithNote } from "#components/ui/meter.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { useNow } from "#components/ui/use-now.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { getQuota } from "#core/usage/get-quota.ts";
import * as format from "#words/format.ts";
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
          {format.count(used)}
        </span>
        <span className="text-ink-2">
          {limit === null ? "requests, unlimited" : `of ${format.count(limit)} requests`}
        </span>
      </p>
      {limit === null ? null : (
        <MeterWithNote
          label="Quota used today"
          value={used}
          limit={limit}
          note={<RunOut forecast={quota.forecast} />}
          aside={format.percent(used / Math.max(1, limit))}
        />
      )}
    </Panel>
  );
}

function Reset({ atMs }: { atMs: number }) {
  const now = useNow();
  const left = now === null ? null : Math.max(0, Math.round((atMs - now) / 1000));
  return (
    <>
      resets {left === null ? "at " : `in ${format.duration(left)}, at `}
      <ZonedTime at={atMs} style="time" zone="both" />
    </>
  );
}

/** What is expected of the rest of the day, with how sure that is. */
function RunOut({ forecast }: { forecast: Quota["forecast"] }) {
  switch (forecast.kind) {
    case "unlimited":
      return null;
    case "stopped":
      return <>Every call is refused now. Refused calls use no quota.</>;
    case "used_up":
      return <span className="text-danger">Used up. Calls are refused with quota_exceeded until the reset.</span>;
    case "no_use":
      return <>No usage in the last hour.</>;
    case "lasts":
      return (
        <span title={basisWords[forecast.basis]}>
          It lasts until the reset: {rangeWords(forecast.expected.low, forecast.expected.high)} expected by then.
        </span>
      );
    case "runs_out":
      return <RunsOut forecast={forecast} />;
  }
}

function RunsOut({ forecast }: { forecast: Extract<Quota["forecast"], { kind: "runs_out" }> }) {
  const { fromMs, untilMs, basis } = forecast;
  const from = (
    <b className="font-semibold text-ink">
      <ZonedTime at={fromMs} style="time" zone="both" />
    </b>
  );
  if (untilMs === null) {
    return (
      <span title={basisWords[basis]}>
        It may run out at {from} by one estimate; by the other it lasts until the reset.
      </span>
    );
  }
  return (
    <span title={basisWords[basis]}>
      At this pace you run out {untilMs === fromMs ? "at about" : "between"} {from}
      {untilMs === fromMs ? null : (
        <>
          {" "}
          and{" "}
          <b className="font-semibold text-ink">
            <ZonedTime at={untilMs} style="time" zone="both" />
          </b>
        </>
      )}
      .
    </span>
  );
}

const basisWords = {
  last_hour: "A straight line through the last hour: what happens if nothing changes.",
  last_hour_and_weekday:
    "Two estimates: a straight line through the last hour, and the pattern of the same weekday in past weeks, scaled to the last hour.",
};

function rangeWords(low: number, high: number): string {
  const close = high - low <= Math.max(10, high * 0.05);
  return close ? `about ${format.count(high)}` : `${format.count(low)} to ${format.count(high)}`;
}
