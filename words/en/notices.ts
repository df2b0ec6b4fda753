import type { ActionType, NoticeKind } from "../../core/rules/vocabulary.ts";
import { type ActionTarget, action } from "./actions.ts";
import { utc } from "./time.ts";

export type NoticeFacts = ActionTarget & {
  type: ActionType;
  effectiveAt: Date;
  endsAt: Date | null;
  /** What staff wrote to the owner. */
  publicText: string;
};

/** Subject and text of a message about an action. `text` is what staff wrote, where the kind has such a text. */
export function notice(kind: NoticeKind, facts: NoticeFacts, text?: string): { subject: string; body: string } {
  const { endsAt, effectiveAt, publicText } = facts;
  const what = action(facts);
  const until = endsAt ? `until ${utc(endsAt, "long")}` : "without an end date";
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
