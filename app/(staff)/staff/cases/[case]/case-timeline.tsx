import { Panel } from "#components/ui/panel.tsx";
import { Timeline, type TimelineItem } from "#components/ui/timeline.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { CaseDetail } from "#core/abuse/get-case.ts";
import { detectorOf } from "#core/rules/detectors/registry.ts";
import { AddNote } from "./add-note.tsx";

type Event = CaseDetail["timeline"][number];

/** Everything that happened in a case, newest first, and a note to add to it. */
export function CaseTimeline({ caseId, timeline }: { caseId: string; timeline: readonly Event[] }) {
  return (
    <Panel title="Timeline" aside="only staff see it">
      <AddNote caseId={caseId} />
      <Timeline label="What happened, newest first" items={timeline.map(itemOf)} />
    </Panel>
  );
}

function itemOf(event: Event): TimelineItem {
  const { what, detail, meaning } = wording(event);
  return {
    id: String(event.id),
    when: <ZonedTime at={event.at.toISOString()} style="time" />,
    what,
    detail,
    ...(meaning ? { meaning } : {}),
  };
}

function wording(event: Event): Pick<TimelineItem, "what" | "detail" | "meaning"> {
  const { data } = event;
  const who = <b className="font-semibold">{event.actorKind === "job" ? "Gatehouse" : event.actorName}</b>;
  const detector = detectorOf(text(data.detector))?.title ?? text(data.detector);
  switch (event.type) {
    case "case.opened":
      return { what: <>Case opened</> };
    case "case.reopened":
      return { what: <>Case reopened by a new flag</>, meaning: "warning" };
    case "case.claimed":
      return { what: <>{who} claimed the case</> };
    case "case.closed":
      return { what: <>{who} closed the case</>, detail: text(data.outcome).replaceAll("_", " "), meaning: "good" };
    case "flag.raised":
      return { what: <b className="font-semibold">{detector}</b>, detail: text(data.summary), meaning: "warning" };
    case "flag.dismissed":
      return {
        what: (
          <>
            {who} dismissed {detector}
          </>
        ),
        detail: text(data.reason).replaceAll("_", " "),
      };
    case "flag.confirmed":
      return {
        what: (
          <>
            {who} confirmed {detector}
          </>
        ),
      };
    case "note.added":
      return { what: <>{who} noted</>, detail: <span className="whitespace-pre-wrap">{text(data.text)}</span> };
    case "action.proposed":
      return {
        what: (
          <>
            {who} proposed a {text(data.type)}
          </>
        ),
        detail: text(data.why),
        meaning: "info",
      };
    case "action.applied":
      return {
        what: (
          <>
            {who} put a {text(data.type)} in force
          </>
        ),
        detail: data.endsAt ? (
          <>
            until <ZonedTime at={text(data.endsAt)} />
          </>
        ) : (
          "without an end date"
        ),
        meaning: "danger",
      };
    case "action.confirmed":
      return {
        what: (
          <>
            Confirmed by {data.gates === 1 ? "the gate" : `all ${text(data.gates)} gates`}
            {data.milliseconds === null ? ", since its start" : `, ${text(data.milliseconds)} ms`}
          </>
        ),
        meaning: "good",
      };
    case "action.cancelled":
      return { what: <>{who} cancelled the proposal</>, detail: text(data.reason) };
    case "action.lifted":
      return {
        what: (
          <>
            {who} lifted the {text(data.type)}
          </>
        ),
        detail: text(data.reason),
        meaning: "good",
      };
    case "action.expired":
      return { what: <>The {text(data.type)} ended by itself</>, meaning: "good" };
    case "notice.sent":
      return { what: <>The owner was told, the silence being over</> };
    default:
      return {
        what: (
          <>
            {who}: {event.type}
          </>
        ),
      };
  }
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
