import { StandingBadge } from "#app/_parts/standing-badge.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { cn } from "#components/ui/cn.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Link } from "#components/ui/link.tsx";
import { Pagination } from "#components/ui/pagination.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SearchInput } from "#components/ui/search-input.tsx";
import { SegmentedLinks } from "#components/ui/segmented.tsx";
import { TextLink } from "#components/ui/text-link.tsx";
import type { caseViews } from "#core/cases/case-filter.ts";
import type { countCases } from "#core/cases/count-cases.ts";
import type { QueueRow } from "#core/cases/list-cases.ts";
import type { CaseState } from "#core/rules/vocabulary.ts";
import * as deskWords from "#words/desk.ts";
import { ActOnSelected } from "../_action/act-on-selected.tsx";
import { SelectShown } from "../_action/select-shown.tsx";
import { chosenWords, FilterForm, type FilterFormProps } from "./filter-form.tsx";
import { isNarrowed, type QueueFilter, queryOf } from "./queue-filter.ts";
import { SavedFilters } from "./saved-filters.tsx";

export type CaseView = (typeof caseViews)[number];

type QueueProps = {
  rows: readonly QueueRow[];
  /** Cases of the whole view, and where this part of them, the one before and the one after start. */
  total: number;
  from: number;
  previous: number | null;
  next: number | null;
  counts: Awaited<ReturnType<typeof countCases>>;
  filter: QueueFilter;
  plans: FilterFormProps["plans"];
  colleagues: FilterFormProps["colleagues"];
  filters: readonly { id: string; name: string; query: string }[];
  activeId?: string;
  userId: string;
};

/** The queue: who comes first and why, in one narrow column. */
export function Queue(props: QueueProps) {
  const { rows, counts, filter, filters, activeId, userId } = props;
  const { view, q: search } = filter;
  const current = queryOf(filter).toString();
  const shared = filters.find((one) => one.query === current);
  const chosen = shared?.name ?? chosenWords(props);
  const views: { view: CaseView; label: string }[] = [
    { view: "open", label: `Open ${counts.open}` },
    { view: "mine", label: `Mine ${counts.mine}` },
    { view: "unassigned", label: `Unassigned ${counts.unassigned}` },
    { view: "closed", label: "Closed" },
  ];
  return (
    <div
      className={cn(
        "flex w-full shrink-0 flex-col border-line md:sticky md:top-13 md:h-[calc(100dvh-3.25rem)] md:w-80 md:border-r",
        activeId && "hidden md:flex",
      )}
    >
      <div className="flex flex-col gap-2 border-line border-b p-3">
        {activeId ? <h2 className="sr-only">Queue</h2> : <h1 className="sr-only">Cases</h1>}
        <SegmentedLinks
          label="Which cases"
          items={views.map((one) => ({
            href: `/staff/cases?${queryOf({ ...filter, view: one.view })}`,
            label: one.label,
            active: one.view === view,
          }))}
        />
        <SearchInput
          label="Find an account"
          defaultValue={search}
          keep={Object.fromEntries(queryOf({ ...filter, q: "" }))}
          className="max-w-none"
        />
        {/* Closed also while it narrows: the cases are what people came for, and the line says what is chosen. */}
        <details className="text-sm">
          <summary className="cursor-pointer text-ink-2">
            Filters and order{chosen === "" ? "" : <span className="font-medium text-ink">: {chosen}</span>}
          </summary>
          <div className="mt-2 flex flex-col gap-3">
            <FilterForm filter={filter} plans={props.plans} colleagues={props.colleagues} />
            <SavedFilters filters={filters} current={current} />
          </div>
        </details>
      </div>
      {rows.length === 0 ? <NoCases filter={filter} /> : null}
      <ActOnSelected className="flex min-h-0 flex-1 flex-col">
        {rows.length > 1 ? (
          <div className="border-line border-b px-3 py-1.5 text-sm text-ink-2">
            <SelectShown />
          </div>
        ) : null}
        <ol aria-label="Cases, most urgent first" className="min-h-0 flex-1 overflow-y-auto" id="queue">
          {rows.map((row) => (
            // The box stands beside the link and not over it: a finger finds either.
            <li
              key={row.id}
              className={cn(
                "flex border-line border-b hover:bg-sunk",
                row.id === activeId && "bg-accent-bg hover:bg-accent-bg",
              )}
            >
              <Checkbox
                name="account"
                value={row.accountId}
                label={`Select ${row.accountName}`}
                hideLabel
                className="px-3 py-2.5"
              />
              <Link
                href={`/staff/cases/${row.id}?${queryOf(filter, props.from)}`}
                aria-current={row.id === activeId ? "page" : undefined}
                data-case
                className="flex min-w-0 flex-1 flex-col gap-0.5 py-3 pr-4 focus-visible:-outline-offset-2"
              >
                <span className="flex items-center justify-between gap-2">
                  <span className="truncate font-semibold">{row.accountName}</span>
                  {row.standing === "good" ? null : <StandingBadge standing={row.standing} />}
                  <Priority row={row} />
                </span>
                <span className="truncate text-sm text-ink-2">
                  {row.flags.map((flag) => flag.title).join(", ")}
                  {row.flags[0] ? ` · ${row.flags[0].summary}` : ""}
                </span>
                <span className="text-sm text-ink-3">
                  {row.state === "closed"
                    ? `closed: ${row.outcome ? deskWords.caseOutcomes[row.outcome].toLowerCase() : ""} `
                    : "opened "}
                  <RelativeTime at={(row.closedAt ?? row.openedAt).toISOString()} /> · {row.planName}
                  {row.state === "snoozed" ? ` · snoozed${row.snoozeCount > 1 ? ` ${row.snoozeCount} times` : ""}` : ""}
                  {waits.has(row.state) ? ` · ${deskWords.caseStates[row.state].label.toLowerCase()}` : ""}
                  {row.appeal > 0 ? " · appeal waiting" : ""}
                  {row.assigneeName ? ` · ${row.assigneeUserId === userId ? "you" : row.assigneeName}` : ""}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      </ActOnSelected>
      <Parts {...props} />
    </div>
  );
}

/** States in which a case waits for somebody in particular, and not for whoever works the queue. */
const waits: ReadonlySet<CaseState> = new Set(["escalated", "waiting_for_owner", "pending_approval"]);

/** Which part of a long queue this is, and the ways to the others; nothing where all of it is shown. */
function Parts({ rows, total, from, previous, next, filter, activeId }: QueueProps) {
  if (previous === null && next === null) return null;
  const href = (start: number) => `/staff/cases${activeId ? `/${activeId}` : ""}?${queryOf(filter, start)}`;
  return (
    <div className="border-line border-t">
      <Pagination
        label="Pages of the queue"
        summary={rows.length === 0 ? "" : `${from + 1}–${from + rows.length} of ${total}`}
        {...(previous === null ? {} : { previousHref: href(previous) })}
        {...(next === null ? {} : { nextHref: href(next) })}
      />
    </div>
  );
}

function Priority({ row }: { row: QueueRow }) {
  if (row.state === "closed") return null;
  const points = Math.round(row.priority);
  const meaning = points >= 50 ? "danger" : points >= 25 ? "warning" : "neutral";
  return (
    <Badge meaning={meaning} icon={false} title={deskWords.priority(row)} className="ml-auto shrink-0">
      <span className="sr-only">priority </span>
      {points}
    </Badge>
  );
}

function NoCases({ filter }: { filter: QueueFilter }) {
  const { view, q } = filter;
  if (isNarrowed(filter))
    return (
      <EmptyState title="No matching cases">
        {q === "" ? "No case here matches the filter." : `No case here matches “${q}”.`}{" "}
        <TextLink href={`/staff/cases?view=${view}`}>Show all</TextLink>
      </EmptyState>
    );
  const texts: Record<CaseView, [string, string]> = {
    open: ["No open cases", "Cases appear here when a detector raises a flag, most urgent first."],
    mine: ["You have no cases", "Claim an unassigned case; it stays here until it is closed."],
    unassigned: ["Every case is assigned", "New cases appear here when a detector raises a flag."],
    closed: ["No closed cases yet", "Closed cases stay here with their full timeline."],
  };
  const [title, text] = texts[view];
  return <EmptyState title={title}>{text}</EmptyState>;
}
