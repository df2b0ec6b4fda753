"use client"; // Moves with the live stream.

import { Badge } from "#components/ui/badge.tsx";
import { formatCount, formatPercent } from "#components/ui/format.ts";
import { useLive } from "../_frame/live.tsx";

type Hour = { allowed: number; refused: number };

/** How much is going on, and how much of it was refused. */
export function LastHour({ initial }: { initial: Hour }) {
  const { live } = useLive();
  const { allowed, refused } = live?.lastHour ?? initial;
  const all = allowed + refused;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tabular-nums" data-testid="last-hour">
          {formatCount(all)}
        </span>
        <span className="text-ink-2">{formatCount(Math.round(all / 60))} a minute</span>
      </p>
      <p className="flex flex-wrap items-center gap-2">
        {refused === 0 ? (
          <Badge meaning="good">none refused</Badge>
        ) : (
          <>
            <Badge meaning="danger">{formatCount(refused)} refused</Badge>
            <span className="text-ink-2">{formatPercent(refused / all)}</span>
          </>
        )}
      </p>
    </div>
  );
}
