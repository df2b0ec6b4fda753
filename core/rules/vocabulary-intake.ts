/** Word lists of what reaches the desk from outside: what owners ask for, and what people and mailboxes report. See vocabulary.ts. */

/** A larger limit that an owner asked for. */
export const limitRequestStates = ["open", "granted", "declined", "withdrawn"] as const;
export type LimitRequestState = (typeof limitRequestStates)[number];

/** How a report came: by the form or the call, as a message of a person, or from a feedback loop (RFC 5965). */
export const reportSources = ["form", "mail", "feedback_loop"] as const;
export type ReportSource = (typeof reportSources)[number];

/** How a message came into the report mailbox: read from it, or handed over. */
export const intakeDoors = ["imap", "smtp"] as const;
export type IntakeDoor = (typeof intakeDoors)[number];

export const intakeStates = ["taken", "refused"] as const;

/** Why a message became no report. */
export const intakeRefusals = [
  "too_large",
  "too_many_parts",
  "too_deep",
  "headers_too_large",
  "too_slow",
  "unreadable",
  "empty",
  "from_ourselves",
  "delivery_report",
  "too_many_of_sender",
] as const;
export type IntakeRefusal = (typeof intakeRefusals)[number];
