import type { ActionType, NoticeKind } from "../../core/rules/vocabulary.ts";
import { type ActionTarget, action } from "./actions.ts";
import type { MailWords } from "./mails.ts";
import { utc } from "./time.ts";

export type NoticeFacts = ActionTarget & {
  type: ActionType;
  effectiveAt: Date;
  endsAt: Date | null;
  /** Set = an emergency: in force at least until then, and longer when a second person confirms it. */
  lapsesAt: Date | null;
  /** What staff wrote to the owner. */
  publicText: string;
};

/** Subject and text of a message about an action. `text` is what staff wrote, where the kind has such a text. */
export function notice(kind: NoticeKind, facts: NoticeFacts, text?: string): { subject: string; body: string } {
  const { endsAt, effectiveAt, lapsesAt, publicText } = facts;
  const what = action(facts);
  const until = lapsesAt
    ? `at least until ${utc(lapsesAt, "long")}`
    : endsAt
      ? `until ${utc(endsAt, "long")}`
      : "without an end date";
  const asBefore = "Everything works as before.";
  switch (kind) {
    case "action.applied":
      return {
        subject:
          facts.type === "notice" ? "A notice about how your account uses the API" : `A ${what} is in force ${until}`,
        body: publicText,
      };
    case "action.scheduled":
      return { subject: `A ${what} starts on ${utc(effectiveAt, "long")} and lasts ${until}`, body: publicText };
    case "action.changed":
      return { subject: `The ${what} now lasts ${until}`, body: publicText };
    case "action.lifted":
      return { subject: `The ${what} has been lifted`, body: asBefore };
    case "action.expired":
      return { subject: `The ${what} has ended`, body: `It reached its end date. ${asBefore}` };
    case "action.cancelled":
      return { subject: `The announced ${what} will not take place`, body: "Nothing changes for you." };
    case "action.overturned":
      return { subject: `The ${what} was overturned after your appeal`, body: text ?? asBefore };
    case "appeal.message":
      return { subject: `A question about your appeal against the ${what}`, body: text ?? "" };
    case "appeal.decided":
      return { subject: `Your appeal against the ${what} has been decided`, body: text ?? "" };
  }
}

type Grounds = {
  reason: string;
  policy: { title: string; number: number; clause: string };
  effectiveAt: Date;
  endsAt: Date | null;
  /** Set = an emergency that a second person may confirm. */
  lapsesAt: Date | null;
  billing: string;
  /** What clients do wrong, each with its place. */
  findings: readonly { title: string; place: string; evidence: string; instruction: string }[];
};

/** The statement of reasons: what, why by which clause, for how long, decided by a person, and how to object. `grounds` null = it gives none. */
export function noticeMail({
  accountName,
  subject,
  body,
  grounds,
}: {
  accountName: string;
  subject: string;
  body: string;
  grounds: Grounds | null;
}): MailWords {
  return {
    subject: `${accountName}: ${subject}`,
    paragraphs: body === "" ? [] : [body],
    facts: grounds ? groundsOf(grounds) : [],
    linkLabel: "Read it with its evidence",
    footer:
      "You get this because you are an owner or developer of this account. Messages about its standing cannot be turned off.",
  };
}

function untilOf(endsAt: Date | null, lapsesAt: Date | null): string {
  if (lapsesAt)
    return `at least ${utc(lapsesAt, "long")}; a second person at the provider may confirm it and make it last longer`;
  return endsAt ? utc(endsAt, "long") : "no end date";
}

function groundsOf({ reason, policy, effectiveAt, endsAt, lapsesAt, billing, findings }: Grounds): [string, string][] {
  return [
    ["Reason", reason],
    ["Policy", `${policy.title}, version ${policy.number}, clause ${policy.clause}`],
    ["From", utc(effectiveAt, "long")],
    ["Until", untilOf(endsAt, lapsesAt)],
    ["Decided by", "a person, based on automatically measured numbers"],
    ["Billing", billing],
    ...findings.map(({ title, place, evidence, instruction }): [string, string] => [
      "What to change",
      `${title}${place ? ` (${place})` : ""}. ${evidence} ${instruction}`,
    ]),
    ["Appeal", "on the page below, within 180 days; someone else decides"],
  ];
}
