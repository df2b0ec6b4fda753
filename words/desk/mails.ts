import type { CaseMailKind } from "../../core/rules/cases/case-mail.ts";
import type { MailState } from "../../core/rules/vocabulary.ts";
import type { MailWords } from "../en/mails.ts";
import { count } from "../en/numbers.ts";
import { detectorTitle, fallSentence } from "./detectors.ts";

/** Why staff get mail about a case. */
const kinds: Record<CaseMailKind, string> = { new: "new", update: "ongoing", reminder: "waiting for a day" };

/** How far a mail is, for staff. */
export const mailStates: Record<MailState, string> = {
  waiting: "being sent",
  sent: "sent",
  failed: "not delivered",
  kept: "kept: no mail server",
};

/** Of a case that no detector opened. */
export const openedByHand: string = "opened by hand";

/** A detector fell into shadow: for leads. */
export function fallMail(fell: { detector: string; right: number; wrong: number; days: number }): MailWords {
  const title = detectorTitle(fell.detector);
  return {
    subject: `Detector in shadow: ${title}`,
    paragraphs: [
      `${fallSentence(fell)} It now only counts what it would flag.`,
      "Change its thresholds, or put it back with a reason.",
    ],
    linkLabel: "Open the detector",
    footer: "You get this because you asked for mail about cases. Turn it off on the desk's Mail page.",
  };
}

/** `cases` are those that are named, `more` those that are only counted. */
export function caseMail(
  cases: readonly { accountName: string; why: CaseMailKind; summary: string }[],
  more: number,
): MailWords {
  const [first] = cases;
  const isOne = cases.length + more === 1;
  return {
    subject:
      isOne && first
        ? `Case ${first.accountName}: ${kinds[first.why]}`
        : `${count(cases.length + more)} cases are waiting`,
    paragraphs: [
      isOne ? "One case needs attention." : "These cases need attention, oldest first.",
      ...(more > 0 ? [`${count(more)} more are waiting on the desk.`] : []),
    ],
    facts: cases.map((one) => [`${one.accountName} (${kinds[one.why]})`, one.summary]),
    linkLabel: "Open the queue",
    footer: "You get this because you asked for mail about cases. Turn it off on the desk's Mail page.",
  };
}
