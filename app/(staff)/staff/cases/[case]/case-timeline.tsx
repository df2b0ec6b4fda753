import { Fragment, type ReactNode } from "react";
import type { Meaning } from "#components/ui/meaning.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Timeline, type TimelineItem } from "#components/ui/timeline.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { CaseDetail } from "#core/cases/get-case.ts";
import type { TimelineFact } from "#core/facts/catalogue.ts";
import * as deskWords from "#words/desk.ts";
import { AddNote } from "./add-note.tsx";

type Event = CaseDetail["timeline"][number];

/** Everything that happened in a case, newest first, and a note to add to it. */
export function CaseTimeline({ caseId, timeline }: { caseId: string; timeline: readonly Event[] }) {
  return (
    <Panel title="Timeline" aside="visible to staff only">
      <AddNote caseId={caseId} />
      <Timeline label="What happened, newest first" items={timeline.map(itemOf)} />
    </Panel>
  );
}

/** What stands out; everything else is plain. */
const meanings: Partial<Record<TimelineFact, Meaning>> = {
  "case.reopened": "warning",
  "case.escalated": "warning",
  "case.closed": "good",
  "flag.raised": "warning",
  "flag.released": "warning",
  "report.joined": "warning",
  "action.proposed": "info",
  "action.scheduled": "danger",
  "action.applied": "danger",
  "action.upheld": "danger",
  "action.reinstated": "danger",
  "action.unconfirmed": "danger",
  "action.wound_down": "danger",
  "action.lapsed": "warning",
  "action.undone": "good",
  "action.overturned": "good",
  "action.confirmed": "good",
  "action.lifted": "good",
  "action.expired": "good",
  "notice.acknowledged": "good",
  "appeal.submitted": "warning",
  "owner.fixed": "info",
  "load.announced": "info",
};

function itemOf(event: Event): TimelineItem {
  const { what, detail } = deskWords.caseEvent(event.type, event.data);
  const actor = event.actorKind === "job" ? "Gatehouse" : event.actorName;
  const meaning = meanings[event.type as TimelineFact];
  return {
    id: String(event.id),
    when: <ZonedTime at={event.at.toISOString()} style="time" />,
    what: phrase(what, actor),
    detail: detail ? <span className="whitespace-pre-wrap">{phrase(detail, actor)}</span> : undefined,
    ...(meaning ? { meaning } : {}),
  };
}

function phrase(parts: deskWords.Phrase, actor: string): ReactNode {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places.
    <Fragment key={index}>{partOf(part, actor)}</Fragment>
  ));
}

function partOf(part: deskWords.Phrase[number], actor: string): ReactNode {
  if (typeof part === "string") return part;
  if ("at" in part) return part.at === "" ? null : <ZonedTime at={part.at} />;
  return <b className="font-semibold">{"strong" in part ? part.strong : actor}</b>;
}
