import { dayMs, hourMs } from "../time.ts";

/** Messages to reporters: one that their report has arrived, and one when it is closed. */
export const reporterMailKinds = ["acknowledgement", "answer"] as const;
export type ReporterMailKind = (typeof reporterMailKinds)[number];

/** Who shares a bound: the same address, its domain, the network the report came from, or everybody. */
export const reporterBoundsOf = ["address", "domain", "network", "all"] as const;
export type ReporterBoundOf = (typeof reporterBoundsOf)[number];

export type ReporterBound = { of: ReporterBoundOf; most: number; windowMs: number };

/**
 * Anybody can write anybody's address into a report, so that a stranger would get mail from us: that many messages of each kind at
 * most. Acknowledgements go out by themselves and are bounded as a person would report; answers are each sent by one of the staff.
 */
export const reporterBounds: Record<ReporterMailKind, readonly ReporterBound[]> = {
  acknowledgement: [
    { of: "address", most: 1, windowMs: dayMs },
    { of: "network", most: 5, windowMs: hourMs },
    { of: "domain", most: 10, windowMs: hourMs },
    { of: "all", most: 60, windowMs: hourMs },
  ],
  answer: [
    { of: "address", most: 5, windowMs: dayMs },
    { of: "domain", most: 50, windowMs: hourMs },
    { of: "all", most: 300, windowMs: hourMs },
  ],
};

/** The first bound that one more message would break; null = none. `sent` counts what went out in the bound's window. */
export function brokenBound(kind: ReporterMailKind, sent: (bound: ReporterBound) => number): ReporterBound | null {
  return reporterBounds[kind].find((bound) => sent(bound) >= bound.most) ?? null;
}

/** How a report can be answered; each has a template that staff may edit. */
export const reportAnswers = ["acted", "no_violation", "not_ours", "more_needed", "fixed"] as const;
export type ReportAnswer = (typeof reportAnswers)[number];

/** A name so short is in any text. */
const shortestName = 3;

/**
 * The name of the account that an answer to a reporter would give away; null = none. Whose account it is, and with it that it is a
 * customer's and what was done to it, is between the provider and that customer, also where the reporter named it first.
 */
export function namedInAnswer(text: string, names: readonly (string | null)[]): string | null {
  const said = text.toLowerCase();
  for (const name of names) {
    if (name === null || name.length < shortestName) continue;
    const at = said.indexOf(name.toLowerCase());
    if (at < 0) continue;
    const isPart = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);
    if (!isPart(said[at - 1]) && !isPart(said[at + name.length])) return name;
  }
  return null;
}
