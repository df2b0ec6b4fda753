import * as format from "#words/format.ts";
import { type ActionTarget, targetWords, typeWord } from "../rules/standing/action-words.ts";
import type { ActionType, NoticeKind } from "../rules/vocabulary.ts";

export type NoticeFacts = ActionTarget & {
  type: ActionType;
  effectiveAt: Date;
  endsAt: Date | null;
  publicText: string;
};

type Words = { subject: string; body: string };

/** Subject and text of a message about an action. `text` is what staff wrote, where the kind has such a text. */
export function noticeWords(kind: NoticeKind, facts: NoticeFacts, text?: string): Words {
  const what = `${typeWord(facts.type)} of ${targetWords(facts)}`;
  const until = facts.endsAt ? `until ${format.utc(facts.endsAt, "long")}` : "without an end date";
  const asBefore = "Everything works again as it did before.";
  switch (kind) {
    case "action.applied":
      if (facts.type === "notice")
        return { subject: "A notice about how your account uses the API", body: facts.publicText };
      return { subject: `A ${what} is in force ${until}`, body: facts.publicText };
    case "action.scheduled":
      return {
        subject: `A ${what} begins ${format.utc(facts.effectiveAt, "long")} and lasts ${until}`,
        body: facts.publicText,
      };
    case "action.changed":
      return { subject: `The ${what} now lasts ${until}`, body: facts.publicText };
    case "action.lifted":
      return { subject: `The ${what} has been lifted`, body: asBefore };
    case "action.expired":
      return { subject: `The ${what} has ended`, body: `Its time is over. ${asBefore}` };
    case "action.cancelled":
      return { subject: `The ${what} that was announced will not take place`, body: "Nothing changes for you." };
    case "action.overturned":
      return { subject: `The ${what} was withdrawn after your appeal`, body: text ?? asBefore };
    case "appeal.message":
      return { subject: `A question about your appeal against the ${what}`, body: text ?? "" };
    case "appeal.decided":
      return { subject: `Your appeal against the ${what} has been decided`, body: text ?? "" };
  }
}
