import { Badge } from "#components/ui/badge.tsx";
import type { Meaning } from "#components/ui/meaning.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import { decisionsNeeded } from "#core/rules/cases/score.ts";
import type { DetectorMode } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";

type DetectorTableProps = { detectors: readonly DetectorRow[] };

const meanings: Record<DetectorMode, Meaning> = { flags: "good", shadow: "info", off: "neutral" };

export function DetectorTable({ detectors }: DetectorTableProps) {
  return (
    <Panel flush>
      <Table label="Detectors">
        <TableHead>
          <TableHeader>Detector</TableHeader>
          <TableHeader>State</TableHeader>
          <TableHeader align="right" shownFrom="sm">
            Precision
          </TableHeader>
          <TableHeader align="right" shownFrom="md">
            Flags, 7 days
          </TableHeader>
          <TableHeader shownFrom="lg">Flags when</TableHeader>
        </TableHead>
        <TableBody>
          {detectors.map((one) => (
            <TableRow key={one.id}>
              <TableCell className="max-w-72">
                <TextLink kind="name" href={`/staff/detectors/${one.id}`}>
                  {one.title}
                </TextLink>{" "}
                <span className="font-mono text-sm text-ink-3">{one.id}</span>
                <span className="block text-sm text-ink-2">{one.meaning}</span>
              </TableCell>
              <TableCell>
                <Badge meaning={meanings[one.mode]}>{deskWords.detectorModes[one.mode].label}</Badge>
                <span className="block text-sm text-ink-3 sm:whitespace-nowrap">
                  {one.number === 0 ? "default" : `setting ${one.number}`}
                  {one.draft ? `, draft ${one.draft.number}` : ""}
                </span>
              </TableCell>
              <TableCell align="right" shownFrom="sm">
                {one.isMeasured ? format.percent(one.precision) : "unknown"}
                <span className="block text-sm whitespace-nowrap text-ink-3">
                  {one.isMeasured
                    ? `${one.right} right, ${one.wrong} wrong${one.unsanctioned > 0 ? `, ${one.unsanctioned} right without sanction` : ""}`
                    : `${one.right + one.wrong} of ${decisionsNeeded} decisions`}
                </span>
              </TableCell>
              <TableCell align="right" shownFrom="md">
                {format.count(one.mode === "shadow" ? one.shadowThisWeek : one.flagsThisWeek)}
                {one.mode === "shadow" ? <span className="block text-sm text-ink-3">in shadow</span> : null}
              </TableCell>
              <TableCell shownFrom="lg" className="text-sm text-ink-2">
                {one.rule}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}
