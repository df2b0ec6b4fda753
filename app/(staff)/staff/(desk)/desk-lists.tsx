import { Badge } from "#components/ui/badge.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "#components/ui/table.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { Appeal } from "#core/appeals/list-appeals.ts";
import type { QueueRow } from "#core/cases/list-cases.ts";
import type { DetectorRow } from "#core/detection/list-detectors.ts";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import type { teamFigures } from "#core/staff/team-figures.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";
import * as words from "#words/words.ts";

const most = 6;
const line = "flex flex-wrap items-center gap-x-3 gap-y-0.5 border-line py-2 not-first:border-t";

type CaseListProps = {
  title: string;
  /** The first ones, and how many there are. */
  list: { cases: readonly QueueRow[]; total: number };
  empty: string;
  view: string;
  /** What stands at the right: the priority, or how long it has been open. */
  shows?: "priority" | "age";
};

export function CaseList({ title, list, empty, view, shows = "priority" }: CaseListProps) {
  return (
    <Panel title={title} aside={`${list.total}`}>
      {list.total === 0 ? <p className="text-ink-2">{empty}</p> : null}
      <ul>
        {list.cases.map((row) => (
          <li key={row.id} className={line}>
            <TextLink kind="name" href={`/staff/cases/${row.id}?view=${view}`}>
              {row.accountName}
            </TextLink>
            <span className="min-w-0 flex-1 truncate text-ink-2">{row.flags.map((flag) => flag.title).join(", ")}</span>
            {shows === "age" ? (
              <span>
                opened <RelativeTime at={row.openedAt.toISOString()} />
              </span>
            ) : (
              <Badge icon={false}>{Math.round(row.priority)}</Badge>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function ActionList({
  title,
  actions,
  empty,
}: {
  title: string;
  actions: readonly StaffAction[];
  empty: string;
}) {
  return (
    <Panel title={title} aside={`${actions.length}`}>
      {actions.length === 0 ? <p className="text-ink-2">{empty}</p> : null}
      <ul>
        {actions.slice(0, most).map((action) => (
          <li key={action.id} className={line}>
            <TextLink
              kind="name"
              href={action.caseId ? `/staff/cases/${action.caseId}` : `/staff/accounts/${action.accountId}`}
            >
              {action.accountName}
            </TextLink>
            <span className="min-w-0 flex-1 text-ink-2">
              {words.action(action)}, by {action.authorName}
            </span>
            {action.endsAt ? <RelativeTime at={action.endsAt.toISOString()} /> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function AppealList({ appeals }: { appeals: readonly Appeal[] }) {
  return (
    <Panel title="Appeals, soonest due first" aside={`${appeals.length}`}>
      {appeals.length === 0 ? <p className="text-ink-2">No open appeals.</p> : null}
      <ul>
        {appeals.slice(0, most).map((appeal) => (
          <li key={appeal.id} className={line}>
            <TextLink kind="name" href="/staff/appeals">
              {appeal.accountName}
            </TextLink>
            <span className="min-w-0 flex-1 text-ink-2">
              {words.actionTypes[appeal.actionType].label}
              {appeal.assigneeName ? `, with ${appeal.assigneeName}` : ", unassigned"}
            </span>
            <span>
              due <RelativeTime at={appeal.dueAt.toISOString()} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Detectors worth a look, those that were wrong most often first: what flagged or holds flags this week, was ever wrong, or does not flag. */
export function DetectorHealth({ detectors }: { detectors: readonly DetectorRow[] }) {
  const shown = detectors
    .filter((one) => one.mode !== "flags" || one.held > 0 || one.flagsThisWeek > 0 || one.wrong > 0)
    .toSorted((a, b) => b.wrong - a.wrong);
  return (
    <Panel title="Detectors, most often wrong first" aside={`${shown.length} of ${detectors.length}`}>
      {shown.length === 0 ? <p className="text-ink-2">No detector raised a flag this week.</p> : null}
      <ul>
        {shown.map((one) => (
          <li key={one.id} className={line}>
            <TextLink kind="name" href="/staff/detectors">
              {one.title}
            </TextLink>
            <span className="min-w-0 flex-1 text-ink-2">
              {one.flagsThisWeek} {one.flagsThisWeek === 1 ? "flag" : "flags"} in 7 days, wrong in {one.wrong} of{" "}
              {one.right + one.wrong} decisions{one.isMeasured ? `, precision ${format.percent(one.precision)}` : ""}
            </span>
            {one.held > 0 ? <Badge meaning="warning">{`${one.held} held`}</Badge> : null}
            {one.mode === "flags" ? null : <Badge>{deskWords.detectorModes[one.mode].label}</Badge>}
            {one.heldReasons.length > 0 ? (
              <span className="w-full text-sm text-ink-2">Held: {one.heldReasons.join(" ")}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function PeopleTable({ people }: { people: Awaited<ReturnType<typeof teamFigures>>["people"] }) {
  return (
    <Panel title="The team, 30 days" flush>
      <Table label="The team">
        <TableHead>
          <TableHeader>Who</TableHeader>
          <TableHeader align="right">Open cases</TableHeader>
          <TableHeader align="right">Closed</TableHeader>
          <TableHeader align="right">Actions</TableHeader>
        </TableHead>
        <TableBody>
          {people.map((person) => (
            <TableRow key={person.name}>
              <TableCell>{person.name}</TableCell>
              <TableCell align="right">{person.holding}</TableCell>
              <TableCell align="right">{person.closed}</TableCell>
              <TableCell align="right">{person.imposed}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
}
