import { describe, expect, it } from "vitest";
import { dayMs } from "../time.ts";
import { domainAnswers } from "../vocabulary.ts";
import { type DomainProof, judgeDomain, proofEndsAfterMs } from "./domain-proof.ts";

const start = new Date("2026-11-24T10:00:00Z");
const on = (day: number) => new Date(start.getTime() + day * dayMs);
const proven: DomainProof = { provenAt: start, missingSince: null };
const nothing: DomainProof = { provenAt: null, missingSince: null };

describe("the proof of a domain", () => {
  it("begins with the record, and with nothing else", () => {
    for (const answer of domainAnswers)
      expect(judgeDomain(nothing, answer, start).event, answer).toBe(answer === "found" ? "proven" : null);
    expect(judgeDomain(nothing, "no_answer", start)).toMatchObject({ provenAt: null, nextCheckAt: null });
  });

  it("ends when the record is gone for seven days, and is missed before", () => {
    const missed = judgeDomain(proven, "absent", on(1));
    expect(missed).toMatchObject({ event: "missing", provenAt: start, missingSince: on(1) });
    expect(judgeDomain(missed, "absent", on(7))).toMatchObject({ event: null, provenAt: start, missingSince: on(1) });
    const lost = judgeDomain(missed, "absent", new Date(on(1).getTime() + proofEndsAfterMs));
    expect(lost).toMatchObject({ event: "lost", provenAt: null, missingSince: null, nextCheckAt: null });
  });

  it("outlives any outage of DNS, which is no answer that the record is gone", () => {
    expect(judgeDomain(proven, "no_answer", on(100))).toMatchObject({
      event: null,
      provenAt: start,
      missingSince: null,
    });
    const missed = { provenAt: start, missingSince: on(1) };
    expect(judgeDomain(missed, "no_answer", on(100))).toMatchObject({ event: null, provenAt: start });
  });

  it("stays when the record is back before that, and the days begin again", () => {
    const back = judgeDomain({ provenAt: start, missingSince: on(1) }, "found", on(6));
    expect(back).toMatchObject({ event: null, provenAt: start, missingSince: null });
    expect(judgeDomain(back, "absent", on(9))).toMatchObject({ event: "missing", missingSince: on(9) });
  });
});
