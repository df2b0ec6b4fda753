import type { TimelineFact } from "../../core/facts/catalogue.ts";
import {
  actionTypes as allActionTypes,
  appealStates as allAppealStates,
  dismissReasons as allDismissReasons,
  caseOutcomes as allOutcomes,
} from "../../core/rules/vocabulary.ts";
import { actionTypes, appealStates } from "../en/actions.ts";
import { count, milliseconds, plural } from "../en/numbers.ts";
import { caseOutcomes, dismissReasons } from "./cases.ts";
import { detectorTitle } from "./detectors.ts";

/** A sentence with what a screen writes in its own way: the actor's name, an instant, a name that stands out. */
export type Phrase = readonly (string | { actor: true } | { at: string } | { strong: string })[];

export type CaseEventWords = { what: Phrase; detail?: Phrase };

type Data = Readonly<Record<string, unknown>>;

/** Every line of a case's timeline. `notice.sent` is one of earlier versions. */
const events: Record<TimelineFact | "notice.sent", (data: Data) => CaseEventWords> = {
  "case.opened": () => ({ what: ["Case opened"] }),
  "case.reopened": () => ({ what: ["Case reopened"] }),
  "case.claimed": () => did("claimed the case"),
  "case.taken_over": ({ from }) => did(`took the case over from ${said(from)}`),
  "case.released": () => did("released the case"),
  "case.handed_over": ({ to, text }) => did(`handed the case to ${said(to)}`, [said(text)]),
  "case.snoozed": ({ until }) => did("snoozed the case", until ? ["until ", time(until)] : ["until the next signal"]),
  "case.woken": ({ why }) => ({ what: ["The case is back in the queue"], detail: [said(why)] }),
  "case.escalated": ({ text }) => did("escalated the case to a lead", [said(text)]),
  "case.owner_asked": ({ text }) => did("is waiting for the owner", [said(text)]),
  "case.reminded": () => ({ what: ["Staff were reminded that the case is waiting"] }),
  "case.closed": ({ outcome }) => did("closed the case", [outcomeOf(outcome)]),
  "flag.raised": ({ detector, summary, number }) => ({
    what: [{ strong: detectorTitle(said(detector)) }],
    detail: [`${said(summary)}${number ? ` · setting ${said(number)}` : ""}`],
  }),
  "flag.released": ({ detector, summary }) => ({
    what: [`${detectorTitle(said(detector))} is no longer held back`],
    detail: [said(summary)],
  }),
  "flag.dismissed": ({ detector, reason }) => did(`dismissed ${detectorTitle(said(detector))}`, [dismissalOf(reason)]),
  "flag.muted": ({ detector, until, reason }) =>
    did(`muted ${detectorTitle(said(detector))}`, ["until ", time(until), `: ${said(reason)}`]),
  "flag.unmuted": ({ detector, reason }) => did(`unmuted ${detectorTitle(said(detector))}`, [said(reason)]),
  "flag.confirmed": ({ detector }) => did(`confirmed ${detectorTitle(said(detector))}`),
  "note.added": ({ text }) => did("added a note", [said(text)]),
  "reference.added": ({ label }) => did(`linked ${said(label)}`),
  "reference.removed": ({ label }) => did(`removed the link to ${said(label)}`),
  "report.joined": ({ about }) => did("added a report", [said(about)]),
  "report.closed": ({ outcome, isAnswered }) =>
    did(isAnswered ? "closed a report and answered it" : "closed a report", [said(outcome)]),
  "action.proposed": ({ type, why }) => did(`proposed a ${nounOf(type)}`, [said(why)]),
  "action.scheduled": ({ type, effectiveAt }) => did(`scheduled a ${nounOf(type)}`, ["from ", time(effectiveAt)]),
  "action.applied": (data) =>
    data.type === "notice" ? did("gave notice") : did(`put a ${nounOf(data.type)} in force`, endOf(data)),
  "action.told": ({ type }) => ({ what: [`The owner was notified of the ${nounOf(type)}`] }),
  "notice.sent": () => ({ what: ["The owner was notified"] }),
  "action.upheld": ({ type }) => did(`confirmed the emergency ${nounOf(type)}`),
  "action.reinstated": ({ type }) => did(`put the ${nounOf(type)} back in force`),
  "action.lifted": ({ type, reason }) => did(`lifted the ${nounOf(type)}`, [said(reason)]),
  "action.undone": ({ type }) => did(`undid the ${nounOf(type)}`),
  "action.superseded": ({ type }) => did(`replaced the ${nounOf(type)}`),
  "action.overturned": ({ type }) => did(`overturned the ${nounOf(type)} on appeal`),
  "action.withdrawn": ({ type, reason }) => did(`withdrew the proposed ${nounOf(type)}`, [said(reason)]),
  "action.cancelled": ({ type, reason }) =>
    did(type === undefined ? "cancelled the proposal" : `cancelled the ${nounOf(type)}`, [said(reason)]),
  "action.expired": ({ type }) => ({ what: [`The ${nounOf(type)} reached its end`] }),
  "action.lapsed": ({ type }) => ({ what: [`The emergency ${nounOf(type)} lapsed: nobody confirmed it`] }),
  "action.confirmed": ({ gates, milliseconds: took }) => ({
    what: [
      `Confirmed by ${gates === 1 ? "the gate" : `all ${said(gates)} gates`}${typeof took === "number" ? ` in ${milliseconds(took)}` : " since they started"}`,
    ],
  }),
  "action.unconfirmed": ({ gates }) => ({
    what: ["A live gate has not confirmed in time"],
    detail: [Array.isArray(gates) ? gates.join(", ") : ""],
  }),
  "action.wound_down": ({ tokens }) => ({
    what: ["The wind-down is over"],
    detail:
      typeof tokens === "number" ? [`${plural(tokens, { one: "token was", other: "tokens were" })} destroyed`] : [],
  }),
  "notice.acknowledged": () => did("acknowledged the notice"),
  "appeal.submitted": ({ cause }) => did("appealed", [said(cause)]),
  "appeal.assigned": () => did("took the appeal"),
  "appeal.answered": ({ text }) => did("wrote in the appeal", [said(text)]),
  "appeal.decided": ({ decision, text }) => did(`decided the appeal: ${decisionOf(decision)}`, [said(text)]),
  "appeal.withdrawn": () => did("withdrew the appeal"),
  "owner.fixed": ({ text }) => did("reported a fix; counting starts over", [said(text)]),
  "load.announced": ({ startsAt, endsAt }) => did("announced a load", [time(startsAt), " to ", time(endsAt)]),
};

/** A line of a case's timeline, of what was recorded with it; one of a later version says its own name. */
export function caseEvent(type: string, data: Data): CaseEventWords {
  return type in events ? events[type as keyof typeof events](data) : did(type);
}

function did(verb: string, detail?: Phrase): CaseEventWords {
  return { what: [{ actor: true }, ` ${verb}`], ...(detail ? { detail } : {}) };
}

/** "until 24 Nov 2026, without notice for now": how long an action lasts, as it was recorded. */
function endOf({ endsAt, lapsesAt, isSilent }: Data): Phrase {
  const end: Phrase = lapsesAt
    ? ["emergency, lapses ", time(lapsesAt)]
    : endsAt
      ? ["until ", time(endsAt)]
      : ["with no end date"];
  return isSilent === true ? [...end, ", without notice for now"] : end;
}

function nounOf(type: unknown): string {
  const known = allActionTypes.find((one) => one === type);
  return known ? actionTypes[known].noun : said(type);
}

function outcomeOf(outcome: unknown): string {
  const known = allOutcomes.find((one) => one === outcome);
  return known ? caseOutcomes[known] : said(outcome);
}

function dismissalOf(reason: unknown): string {
  const known = allDismissReasons.find((one) => one === reason);
  return known ? dismissReasons[known] : said(reason);
}

function decisionOf(decision: unknown): string {
  const known = allAppealStates.find((one) => one === decision);
  return known ? appealStates[known].label.toLowerCase() : said(decision);
}

function time(value: unknown): { at: string } {
  return { at: said(value) };
}

function said(value: unknown): string {
  if (typeof value === "number") return count(value);
  return typeof value === "string" ? value : "";
}
