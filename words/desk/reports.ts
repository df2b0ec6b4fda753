import type { ClueKind } from "../../core/rules/cases/report-clues.ts";
import type { ReportAnswer, ReporterBound } from "../../core/rules/cases/reporter-mail.ts";
import type { ReportKind, ReportState } from "../../core/rules/vocabulary.ts";
import type { IntakeRefusal, ReportSource } from "../../core/rules/vocabulary-intake.ts";

export const reportKinds: Record<ReportKind, string> = { abuse: "Abuse", vulnerability: "Vulnerability" };

/** How far a report is: as a label, and after "This report". */
export const reportStates: Record<ReportState, { label: string; is: string }> = {
  new: { label: "New", is: "is new" },
  assigned: { label: "Assigned", is: "is assigned" },
  in_case: { label: "In a case", is: "is in a case" },
  closed: { label: "Closed", is: "is closed" },
};

/** What in a report leads to an account, before the clue itself. */
export const clueKinds: Record<ClueKind, string> = {
  receipt: "receipt",
  account: "named as",
  token: "token",
  token_ending: "a token that ends in",
  domain: "its people or domain:",
};

/** Answers to reporters: how staff choose one, and the text they start from. None says whose account it was. */
export const reportAnswers: Record<ReportAnswer, { label: string; text: string }> = {
  acted: {
    label: "We acted on it",
    text: "Thank you for your report. We looked into it and acted on it under our API use policy. To protect the people involved, we do not share what we did or whose account it was.\n\nIf you see it again, please report it again.",
  },
  no_violation: {
    label: "It is within the policy",
    text: "Thank you for your report. We looked into it and found nothing that our API use policy forbids. We keep your report and come back to it if more of the same arrives.",
  },
  not_ours: {
    label: "It did not come through our API",
    text: "Thank you for your report. We looked into it and found that it did not come through our API, so we cannot stop it. The operator of the network or server that it came from can.",
  },
  more_needed: {
    label: "It could not be traced",
    text: "Thank you for your report. We could not trace it to anyone with what it says. If you have it, please report it again with the complete headers of the message, or with the exact time and address.",
  },
  fixed: {
    label: "The vulnerability is fixed",
    text: "Thank you for your report. We confirmed the vulnerability and fixed it. Please check, and tell us if you can still reproduce it.",
  },
};

/** Whom a bound of mail to reporters counts together. */
const boundsOf: Record<ReporterBound["of"], string> = {
  address: "this address",
  domain: "this address's domain",
  network: "the network the report came from",
  all: "all reporters",
};

export function reporterMailBound({ of, most, windowMs }: ReporterBound): string {
  const window = windowMs < 86_400_000 ? "an hour" : "a day";
  return `At most ${most} such messages ${window} go to ${boundsOf[of]}. Close it without an answer, or later.`;
}

/** How a report came, where it was not by the form. */
export const reportSources: Record<ReportSource, string> = {
  form: "Form",
  mail: "Mail",
  feedback_loop: "Feedback loop",
};

/** Why a message to the report mailbox became no report. */
export const intakeRefusals: Record<IntakeRefusal, string> = {
  too_large: "Larger than 10 MB.",
  too_many_parts: "More than 200 parts.",
  too_deep: "Parts within parts, more than 20 deep.",
  headers_too_large: "More than 256 KB of headers.",
  too_slow: "Reading it took too long or too much memory.",
  unreadable: "It could not be read as a message.",
  empty: "It says nothing.",
  from_ourselves: "It claims to come from Gatehouse itself.",
  delivery_report: "It tells what became of a message, and reports nobody.",
  too_many_of_sender: "More than 20 of this sender in an hour.",
};
