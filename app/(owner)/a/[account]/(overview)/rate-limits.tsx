"use client"; // Follows the live stream.

import { endpointWords, limitWords } from "#app/_parts/endpoint-words.ts";
import { Meter } from "#components/ui/meter.tsx";
import { Count } from "#components/ui/number.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { useLive } from "../_frame/live.tsx";

export type PressureRow = {
  id: number;
  surface: string;
  method: string;
  path: string;
  windowSeconds: number;
  limit: number | null;
  allowedNow: number;
};

/** The busiest endpoints: allowed in the last 60 seconds beside the limit. */
export function RateLimits({ rows, slug }: { rows: readonly PressureRow[]; slug: string }) {
  const { live } = useLive();
  return (
    <Panel
      title="Rate limits now"
      aside="last 60 s"
      flush
      footer={
        <TextLink kind="bare" href={`/a/${slug}/limits`}>
          All limits
        </TextLink>
      }
    >
      <Table label="Rate limits now">
        <TableHead>
          <TableHeader>Endpoint</TableHeader>
          <TableHeader className="w-2/5" shownFrom="sm">
            Pressure
          </TableHeader>
          <TableHeader align="right">Now</TableHeader>
          <TableHeader align="right">Limit</TableHeader>
        </TableHead>
        <TableBody>
          {rows.map((row) => {
            const now = live?.pressure.find((one) => one.id === row.id) ?? row;
            const name = endpointWords(row);
            return (
              <TableRow key={row.id}>
                <TableCell className="font-mono whitespace-nowrap">{name}</TableCell>
                <TableCell shownFrom="sm">
                  {now.limit === null ? null : (
                    <Meter
                      label={`${name}, last 60 seconds`}
                      value={now.allowedNow}
                      limit={perMinute(now.limit, row.windowSeconds)}
                      size="sm"
                    />
                  )}
                </TableCell>
                <TableCell align="right">
                  <Count value={now.allowedNow} exact />
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap text-ink-2 tabular-nums">
                  {limitWords(now.limit, row.windowSeconds)}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Panel>
  );
}

/** What a limit of any window allows in the 60 seconds that are looked at. */
function perMinute(limit: number, windowSeconds: number): number {
  return (limit * 60) / windowSeconds;
}
