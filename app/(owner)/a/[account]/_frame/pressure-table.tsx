"use client"; // Moves with the live stream.

import { endpointWords, limitWords } from "#app/_parts/endpoint-words.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Count } from "#components/ui/number.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import type { getRatePressure } from "#core/usage/get-rate-pressure.ts";
import { useLive } from "./live.tsx";

type Pressure = Awaited<ReturnType<typeof getRatePressure>>[number];

type PressureTableProps = {
  initial: readonly Pressure[];
  /** Only so many, the busiest first; all otherwise, in the provider's order. */
  most?: number;
};

/** Every endpoint's rate limit beside what went through in the last 60 seconds. */
export function PressureTable({ initial, most }: PressureTableProps) {
  const { live } = useLive();
  const rows = initial.map((row) => ({ ...row, ...live?.pressure.find((one) => one.id === row.id) }));
  const share = (row: Pressure) => (row.limit ? row.allowedNow / row.limit : 0);
  const shown =
    most === undefined
      ? rows
      : [...rows].sort((a, b) => share(b) - share(a) || b.requestsToday - a.requestsToday).slice(0, most);
  return (
    <Table label="Rate limits now">
      <TableHead>
        <TableHeader>Endpoint</TableHeader>
        <TableHeader>Pressure</TableHeader>
        <TableHeader align="right">Now</TableHeader>
        <TableHeader align="right">Limit</TableHeader>
        {most === undefined ? (
          <>
            <TableHeader align="right" shownFrom="md">
              Requests today
            </TableHeader>
            <TableHeader align="right" shownFrom="sm">
              Limited today
            </TableHeader>
          </>
        ) : null}
      </TableHead>
      <TableBody>
        {shown.map((row) => (
          <TableRow key={row.id}>
            <TableCell className="font-mono">{endpointWords(row)}</TableCell>
            <TableCell className="min-w-24">
              {row.limit === null ? null : (
                <Meter
                  label={`Rate limit of ${endpointWords(row)}`}
                  value={row.allowedNow}
                  limit={row.limit}
                  size="sm"
                />
              )}
            </TableCell>
            <TableCell align="right">
              <Count value={row.allowedNow} exact />
            </TableCell>
            <TableCell align="right" className="whitespace-nowrap">
              {limitWords(row.limit, row.windowSeconds)}
            </TableCell>
            {most === undefined ? (
              <>
                <TableCell align="right" shownFrom="md">
                  <Count value={row.requestsToday} exact />
                </TableCell>
                <TableCell align="right" shownFrom="sm">
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
