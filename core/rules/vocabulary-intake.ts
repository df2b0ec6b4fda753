/** Word lists of what reaches the desk from outside: what owners ask for, and what people and mailboxes report. See vocabulary.ts. */

/** A larger limit that an owner asked for. */
export const limitRequestStates = ["open", "granted", "declined", "withdrawn"] as const;
export type LimitRequestState = (typeof limitRequestStates)[number];
