"use client"; // Moves with the live stream.

import { Meter } from "#components/ui/meter.tsx";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import * as words from "#words/words.ts";
import { useLive } from "./live.tsx";

type PressureRow = Awaited<ReturnType<typeof getRatePressure>>[number];
type PressureTableProps = {
  initial: readonly PressureRow[];
  /** With what happened since midnight UTC. */
  withToday?: boolean;
};

/** Rate limits beside what went through in the last 60 seconds. The rows keep their order while the numbers move. */
export function PressureTable({ initial, withToday = false }: PressureTableProps) {
  const { live } = useLive();
  const rows = initial.map((row) => ({ ...row, ...live?.pressure.find((one) => one.id === row.id) }));
  return (
    <Table label="Rate limits now">
      <TableHead>
        <TableHeader>Endpoint</TableHeader>
        <TableHeader className="w-2/5" shownFrom="sm">
          Pressure
        </TableHeader>
        <TableHeader align="right">Now</TableHeader>
        <TableHeader align="right">Limit</TableHeader>
        {withToday ? (
          <>
            <TableHeader align="right" shownFrom="md">
              Requests today
            </TableHeader>
            <TableHeader align="right" shownFrom="sm">
              Rate limited today
            </TableHeader>
          </>
        ) : null}
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="font-mono wrap-anywhere sm:whitespace-nowrap">{words.route(row)}</TableCell>
            <TableCell shownFrom="sm">
              {row.limit === null ? null : (
                <Meter
                  label={`Rate limit of ${words.route(row)}`}
                  value={row.allowedNow}
                  limit={inMinute(row.limit, row.windowSeconds)}
                  size="sm"
                />
              )}
            </TableCell>
            <TableCell align="right">
              <Count value={row.allowedNow} exact />
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap text-ink-2 tabular-nums">
              {words.limit(row.limit, row.windowSeconds)}
            </TableCell>
            {withToday ? (
              <>
                <TableCell align="right" shownFrom="md">
                  <Count value={row.requestsToday} exact />
                </TableCell>
                <TableCell align="right" shownFrom="sm" className={row.rateLimitedToday > 0 ? "text-danger" : ""}>
                  <Count value={row.rateLimitedToday} exact />
                </TableCell>
              </>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** What a limit of any window allows in the 60 seconds that are looked at. */
function inMinute(limit: number, windowSeconds: number): number {
  return (limit * 60) / windowSeconds;
}
