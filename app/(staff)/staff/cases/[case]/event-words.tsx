import type { ReactNode } from "react";
import type { TimelineItem } from "#components/ui/timeline.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { CaseDetail } from "#core/cases/get-case.ts";
import { alarmAfterMs } from "#core/enforcement/confirm-applied.ts";
import * as deskWords from "#words/desk.ts";
import * as format from "#words/format.ts";

type Event = CaseDetail["timeline"][number];
type Words = Pick<TimelineItem, "what" | "detail" | "meaning">;

/** An event of a case in words. What was noted, said or given as a reason stands below it. */
export function eventWords(event: Event): Words {
  const { data, type } = event;
  const who = <b className="font-semibold">{event.actorKind === "job" ? "Gatehouse" : event.actorName}</b>;
  const did = (verb: string, rest: Partial<Words> = {}): Words => ({
    what: (
      <>
        {who} {verb}
      </>
    ),
    ...rest,
  });
  const detector = deskWords.detectorTitle(text(data.detector));
  const action = text(data.type).replaceAll("_", " ");
  const why = text(data.reason).replaceAll("_", " ");
  switch (type) {
    case "case.opened":
      return { what: "Case opened" };
    case "case.reopened":
      return { what: "Case reopened", meaning: "warning" };
    case "case.claimed":
      return did("claimed the case");
    case "case.released":
      return did("let go of the case");
    case "case.handed_over":
      return did(`handed the case to ${text(data.to)}`, { detail: text(data.text) });
    case "case.snoozed":
      return did("put the case off", { detail: data.until ? until(data.until) : "until the next signal" });
    case "case.woken":
      return { what: "The case is back in the queue", detail: text(data.why) };
    case "case.escalated":
      return did("escalated the case to a lead", { detail: text(data.text), meaning: "warning" });
    case "case.owner_asked":
      return did("waits for the owner", { detail: text(data.text) });
    case "case.reminded":
      return { what: "Staff were reminded that it waits" };
    case "case.closed":
      return did("closed the case", { detail: text(data.outcome).replaceAll("_", " "), meaning: "good" });
    case "flag.raised":
      return {
        what: <b className="font-semibold">{detector}</b>,
        detail: `${text(data.summary)}${data.number ? ` · setting ${text(data.number)}` : ""}`,
        meaning: "warning",
      };
    case "flag.released":
      return { what: `${detector} is no longer held back`, detail: text(data.summary), meaning: "warning" };
    case "flag.dismissed":
      return did(`dismissed ${detector}`, { detail: why });
    case "flag.muted":
      return did(`muted ${detector}`, {
        detail: (
          <>
            {until(data.until)}: {why}
          </>
        ),
      });
    case "flag.confirmed":
      return did(`confirmed ${detector}`);
    case "note.added":
      return did("noted", { detail: <span className="whitespace-pre-wrap">{text(data.text)}</span> });
    case "reference.added":
      return did(`linked ${text(data.label)}`);
    case "reference.removed":
      return did(`removed the link to ${text(data.label)}`);
    case "report.joined":
      return did("added a person's report", { detail: text(data.about), meaning: "warning" });
    case "action.proposed":
      return did(`proposed a ${action}`, { detail: text(data.why), meaning: "info" });
    case "action.scheduled":
      return did(`scheduled a ${action}`, { detail: <>from {time(data.effectiveAt)}</>, meaning: "danger" });
    case "action.applied":
      return did(type && action === "notice" ? "gave notice" : `put a ${action} in force`, {
        detail: action === "notice" ? undefined : endWords(data),
        meaning: "danger",
      });
    case "action.upheld":
      return did(`confirmed the emergency ${action}`, { meaning: "danger" });
    case "action.undone":
      return did(`took the ${action} back at once`, { meaning: "good" });
    case "action.lapsed":
      return { what: `The emergency ${action} lapsed: nobody confirmed it`, meaning: "warning" };
    case "action.overturned":
      return did(`overturned the ${action} after an appeal`, { meaning: "good" });
    case "action.wound_down":
      return { what: "The wind-down is over", detail: `${text(data.tokens)} tokens were destroyed`, meaning: "danger" };
    case "action.confirmed":
      return {
        what: `Confirmed by ${data.gates === 1 ? "the gate" : `all ${text(data.gates)} gates`}, ${
          typeof data.milliseconds === "number" ? format.milliseconds(data.milliseconds) : "since its start"
        }`,
        meaning: "good",
      };
    case "action.unconfirmed":
      return {
        what: `A live gate has not confirmed after ${alarmAfterMs / 1_000} seconds`,
        detail: Array.isArray(data.gates) ? data.gates.join(", ") : "",
        meaning: "danger",
      };
    case "action.cancelled":
      return did(action === "" ? "cancelled the proposal" : `cancelled the ${action}`, { detail: text(data.reason) });
    case "action.lifted":
      return did(`lifted the ${action}`, { detail: text(data.reason), meaning: "good" });
    case "action.expired":
      return { what: `The ${action} ended by itself`, meaning: "good" };
    case "notice.sent":
      return { what: "The owner was told, the silence being over" };
    case "notice.acknowledged":
      return did("acknowledged the notice", { meaning: "good" });
    case "appeal.submitted":
      return did("appealed", { detail: text(data.cause), meaning: "warning" });
    case "appeal.assigned":
      return did("took the appeal");
    case "appeal.answered":
      return did("wrote in the appeal", { detail: text(data.text) });
    case "appeal.decided":
      return did(`decided the appeal: ${text(data.decision).replaceAll("_", " ")}`, { detail: text(data.text) });
    case "appeal.withdrawn":
      return did("withdrew the appeal");
    case "owner.fixed":
      return did("says it is fixed; counting starts again", { detail: text(data.text), meaning: "info" });
    case "load.announced":
      return did("announced a load", {
        detail: (
          <>
            {time(data.startsAt)} to {time(data.endsAt)}
          </>
        ),
        meaning: "info",
      });
    default:
      return did(type);
  }
}

function endWords(data: Record<string, unknown>): ReactNode {
  const silent = data.isSilent === true ? ", without notice for now" : "";
  if (data.lapsesAt)
    return (
      <>
        emergency, lapses {time(data.lapsesAt)}
        {silent}
      </>
    );
  return data.endsAt ? (
    <>
      {until(data.endsAt)}
      {silent}
    </>
  ) : (
    `without an end date${silent}`
  );
}

function until(value: unknown): ReactNode {
  return <>until {time(value)}</>;
}

function time(value: unknown): ReactNode {
  return text(value) === "" ? null : <ZonedTime at={text(value)} />;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
