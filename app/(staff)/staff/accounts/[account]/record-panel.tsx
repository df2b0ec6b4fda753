import type { ReactNode } from "react";
import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { AccountRecord } from "#core/cases/get-account-record.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";

/** What the desk has had to do with the account: cases, appeals and reports. What its owner was told stands in a panel of its own. */
export function RecordPanel({ record: { cases, appeals, reports } }: { record: AccountRecord }) {
  const isEmpty = [cases, appeals, reports].every((list) => list.length === 0);
  return (
    <Panel title="Cases, appeals and reports">
      {isEmpty ? <p className="text-ink-2">No case, appeal or report.</p> : null}
      <div className="flex flex-col gap-4">
        <Part title="Cases" rows={cases}>
          {(one) => (
            <>
              <TextLink kind="name" href={`/staff/cases/${one.id}${one.state === "closed" ? "?view=closed" : ""}`}>
                {one.outcome ? deskWords.caseOutcomes[one.outcome] : deskWords.caseStates[one.state].label}
              </TextLink>{" "}
              {one.state === "closed" ? null : <Badge meaning="info">open</Badge>} {one.assigneeName ?? ""}
              <At at={one.closedAt ?? one.openedAt} said={one.closedAt ? "closed" : "opened"} />
            </>
          )}
        </Part>
        <Part title="Appeals" rows={appeals}>
          {(one) => (
            <>
              <TextLink kind="name" href="/staff/appeals">
                {`Against a ${words.actionTypes[one.actionType].noun}`}
              </TextLink>{" "}
              {words.appealStates[one.state].label.toLowerCase()}
              <At at={one.createdAt} said="submitted" />
            </>
          )}
        </Part>
        <Part title="Reports" rows={reports}>
          {(one) => (
            <>
              <TextLink kind="name" href="/staff/reports">
                {deskWords.reportKinds[one.kind]}
              </TextLink>{" "}
              {deskWords.reportStates[one.state].label.toLowerCase()}
              <At at={one.createdAt} said="received" />
            </>
          )}
        </Part>
      </div>
    </Panel>
  );
}

function Part<Row extends { id: string }>(props: {
  title: string;
  rows: readonly Row[];
  children: (row: Row) => ReactNode;
}) {
  if (props.rows.length === 0) return null;
  return (
    <section aria-label={props.title}>
      <h3 className="mb-1 text-sm text-ink-3">{props.title}</h3>
      <ul className="flex flex-col gap-1">
        {props.rows.map((row) => (
          <li key={row.id} className="flex flex-wrap items-baseline gap-x-1.5">
            {props.children(row)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function At({ at, said }: { at: Date; said: string }) {
  return (
    <span className="ml-auto text-sm text-ink-3">
      {said} <ZonedTime at={at.toISOString()} />
    </span>
  );
}
