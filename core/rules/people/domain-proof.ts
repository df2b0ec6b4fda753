import { dayMs, hourMs } from "../time.ts";
import type { DomainAnswer } from "../vocabulary.ts";

/** A proof ends when DNS has said for so long that the record is gone: time to notice, and to mend a move of the zone. */
export const proofEndsAfterMs = 7 * dayMs;

export type DomainProof = { provenAt: Date | null; missingSince: Date | null };
/** What has happened to the proof: it began, its record is missed for the first time, or it is over. */
export type DomainEvent = "proven" | "missing" | "lost";

type Judged = DomainProof & { event: DomainEvent | null; nextCheckAt: Date | null };

/**
 * What an answer of DNS makes of the proof of a domain. Only an answer that the record is not there counts against it: while DNS cannot
 * be asked, nothing begins and nothing ends.
 */
export function judgeDomain({ provenAt, missingSince }: DomainProof, answer: DomainAnswer, now: Date): Judged {
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (answer === "found") {
    const event = provenAt === null ? "proven" : null;
    return { event, provenAt: provenAt ?? now, missingSince: null, nextCheckAt: after(dayMs) };
  }
  if (provenAt === null) return { event: null, provenAt, missingSince: null, nextCheckAt: null };
  if (answer !== "absent") return { event: null, provenAt, missingSince, nextCheckAt: after(hourMs) };
  if (missingSince === null) return { event: "missing", provenAt, missingSince: now, nextCheckAt: after(6 * hourMs) };
  if (now.getTime() - missingSince.getTime() >= proofEndsAfterMs)
    return { event: "lost", provenAt: null, missingSince: null, nextCheckAt: null };
  return { event: null, provenAt, missingSince, nextCheckAt: after(6 * hourMs) };
}
