import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { StandingView } from "#core/enforcement/get-standing.ts";
import * as words from "#words/words.ts";

type PastActionsProps = {
  actions: StandingView["actions"];
  appealOf: (action: StandingView["actions"][number]) => ReactNode;
};

/** What was in force once. It stays, with how it ended; it can still be appealed for its strike. */
export function PastActions({ actions, appealOf }: PastActionsProps) {
  return (
    <Panel title="History" aside={`${actions.length}`} flush>
      <Table label="Past actions">
        <TableHead>
          <TableHeader>Action</TableHeader>
          <TableHeader shownFrom="sm">Reason</TableHeader>
          <TableHeader>From</TableHeader>
          <TableHeader>To</TableHeader>
          <TableHeader>Outcome</TableHeader>
          <TableHeader shownFrom="sm">Appeal</TableHeader>
        </TableHead>
        <TableBody>
          {actions.map((action) => (
            <TableRow key={action.id}>
              <TableCell>
                {words.actionTypes[action.type].label}
                {action.surface ? ` (${words.surfaces[action.surface]})` : ""}
              </TableCell>
              <TableCell shownFrom="sm">{action.statement?.reasonTitle ?? "not given"}</TableCell>
              <TableCell>
                {action.appliedAt ? <ZonedTime at={action.appliedAt.toISOString()} style="long" /> : "–"}
              </TableCell>
              <TableCell>
                {action.endedAt ? (
                  <ZonedTime at={action.endedAt.toISOString()} style="long" />
                ) : action.endsAt ? (
                  <ZonedTime at={action.endsAt.toISOString()} style="long" />
                ) : (
                  "–"
                )}
              </TableCell>
              <TableCell>
                <Badge meaning={action.state === "lifted" || action.state === "overturned" ? "good" : "neutral"}>
                  {words.actionStates[action.state === "active" ? "expired" : action.state].label}
                </Badge>
              </TableCell>
              <TableCell shownFrom="sm">{action.state === "overturned" ? null : appealOf(action)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}
