import { type Clues, cluesIn } from "../cases/report-clues.ts";
import { type Feedback, fieldsOf } from "./feedback.ts";

/**
 * Headers by which a provider can mark its customers' outgoing mail, so that a report of it leads back. `Feedback-ID` is the one that
 * mailbox providers read as well: campaign, customer, kind of mail and sender between colons, of which the second is read.
 */
const markedBy = ["x-gatehouse-token", "x-gatehouse-account", "x-gatehouse-receipt"] as const;

/** Headers that name the sending domain, which is a hint only. */
const domainsIn = ["dkim-signature", "from", "return-path", "sender", "list-unsubscribe"] as const;

/** What the headers of a reported message, and the report about it, say of who sent it. */
export function tracesIn(reportedHeaders: string, feedback: Feedback | null): Clues {
  const fields = fieldsOf(reportedHeaders);
  const valuesOf = (names: readonly string[]) =>
    fields.flatMap(([name, value]) => (names.includes(name) ? [value] : []));
  const marks = cluesIn(
    [...valuesOf(markedBy), ...valuesOf(["feedback-id"]).map((value) => value.split(":")[1] ?? "")]
      .map((value) => value.slice(0, 500).trim())
      .join(" "),
  );
  const hints = cluesIn(
    "",
    [
      ...valuesOf(domainsIn).map((value) => value.slice(0, 1_000).replace(/\b(?:b|bh)=[^;]*/g, "")),
      ...(feedback?.reportedDomains ?? []),
      feedback?.originalMailFrom ?? "",
    ].join("\n"),
  );
  return { ...marks, tokenEndings: [], domains: hints.domains };
}
