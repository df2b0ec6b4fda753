import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../time.ts";
import { countedVerdicts, fallDecisions, fallWindowMs, isTooOftenWrong, type Verdict } from "./fall-to-shadow.ts";

const many = (count: number, isRight: boolean, atMs = 0): Verdict[] =>
  Array.from({ length: count }, () => ({ raisedAtMs: atMs, decidedAtMs: atMs, isRight }));

describe("a detector that is wrong too often", () => {
  it.each([
    ["19 wrong", 0, 19, false],
    ["20 wrong", 0, 20, true],
    ["6 of 20 right, which is 30 %", 6, 14, false],
    ["5 of 20 right", 5, 15, true],
    ["nothing decided", 0, 0, false],
  ])("falls or stays: %s", (_what, right, wrong, falls) => {
    expect(isTooOftenWrong({ right, wrong })).toBe(falls);
  });

  it("is judged by flags of the setting in force, decided in the last 30 days", () => {
    const now = 100 * dayMs;
    const of = (raisedAtMs: number, decidedAtMs: number) => [{ raisedAtMs, decidedAtMs, isRight: false }];
    const count = (verdicts: Verdict[]) => countedVerdicts(verdicts, 90 * dayMs, now).wrong;
    expect(count(of(91 * dayMs, 95 * dayMs))).toBe(1);
    expect(count(of(89 * dayMs, 95 * dayMs)), "raised by the setting before").toBe(0);
    expect(countedVerdicts(of(60 * dayMs, 69 * dayMs), 0, now).wrong, "decided long ago").toBe(0);
  });

  type Event = { verdict: boolean } | { passDays: number } | { restore: true };
  const event = fc.oneof(
    { weight: 8, arbitrary: fc.record({ verdict: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ passDays: fc.integer({ min: 0, max: 40 }) }) },
    { weight: 1, arbitrary: fc.constant({ restore: true as const }) },
  );

  it("falls once, and after a lead put it back never by decisions that it fell by", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 200 }), (events: Event[]) => {
        let nowMs = dayMs;
        let publishedAtMs = 0;
        let isInShadow = false;
        let verdicts: Verdict[] = [];
        let sincePublished: Verdict[] = [];
        for (const one of events) {
          nowMs += 1_000;
          if ("passDays" in one) nowMs += one.passDays * dayMs;
          if ("restore" in one && isInShadow) {
            isInShadow = false;
            publishedAtMs = nowMs;
            sincePublished = [];
          }
          // In shadow it flags nobody, so there is nothing to decide.
          if ("verdict" in one && !isInShadow) {
            const verdict = { raisedAtMs: nowMs, decidedAtMs: nowMs, isRight: one.verdict };
            verdicts = [...verdicts, verdict];
            sincePublished = [...sincePublished, verdict];
          }
          const falls = !isInShadow && isTooOftenWrong(countedVerdicts(verdicts, publishedAtMs, nowMs));
          if (!falls) continue;
          const own = sincePublished.filter((known) => known.decidedAtMs > nowMs - fallWindowMs);
          expect(own.length).toBeGreaterThanOrEqual(fallDecisions);
          expect(own.filter((known) => known.isRight).length / own.length).toBeLessThan(0.3);
          isInShadow = true;
        }
        // Whatever was decided before, putting it back is never undone by that.
        expect(isTooOftenWrong(countedVerdicts(verdicts, nowMs, nowMs + 1))).toBe(false);
      }),
    );
  });

  it("cannot be kept flagging by right answers of long ago", () => {
    const right = many(500, true);
    const wrong = many(25, false, 40 * dayMs);
    expect(isTooOftenWrong(countedVerdicts([...right, ...wrong], -1, 41 * dayMs))).toBe(true);
  });
});
