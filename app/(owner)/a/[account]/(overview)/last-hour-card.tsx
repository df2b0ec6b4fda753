"use client"; // Follows the live stream.

import { Badge } from "#components/ui/badge.tsx";
import { Share } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Stat } from "#components/ui/stat.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Live } from "#core/usage/get-live.ts";
import * as format from "#words/format.ts";
import { LiveState, useLive } from "../_frame/live.tsx";

/** Requests of the last 60 minutes and how many of them were refused. */
export function LastHourCard({ initial, slug }: { initial: Pick<Live, "lastHour">; slug: string }) {
  const { lastHour } = useLive().live ?? initial;
  const total = lastHour.allowed + lastHour.refused;
  return (
    <Panel title="Requests, last hour" aside={<LiveState />}>
      <div className="flex flex-col gap-3">
        <Stat
          value={<span data-testid="last-hour">{format.count(total)}</span>}
          unit={`${format.count(total / 60)} per minute`}
        />
        {lastHour.refused === 0 ? (
          <p className="text-ink-2">{total === 0 ? "No calls yet." : "None refused."}</p>
        ) : (
          <p className="flex flex-wrap items-center gap-2 text-ink-2">
            <Badge meaning="danger" icon={false}>
              {format.count(lastHour.refused)} refused
            </Badge>
            <Share part={lastHour.refused} whole={total} />
            <TextLink kind="bare" href={`/a/${slug}/refusals`} className="ml-auto">
              See refusals
            </TextLink>
          </p>
        )}
      </div>
    </Panel>
  );
}
