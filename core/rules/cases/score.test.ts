import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseScore, detectorPrecision, flagShare, queuePriority } from "./score.ts";

const day = 86_400_000;
const flag = { severity: 3, weight: 1, precision: 1, halfLifeDays: 2, lastSeenAtMs: 0 };

describe("the case score", () => {
  it("halves a flag's share every half-life", () => {
    expect(flagShare(flag, 0)).toBe(1);
    expect(flagShare(flag, 2 * day)).toBe(0.5);
    expect(flagShare({ ...flag, severity: 1, precision: 0.5 }, 0)).toBeCloseTo(1 / 6);
    expect(flagShare({ ...flag, weight: 0.4 }, 0)).toBeCloseTo(0.4);
    // A clock that runs ahead makes nothing worse than it is.
    expect(flagShare({ ...flag, lastSeenAtMs: day }, 0)).toBe(1);
  });
  it("grows with every flag and stays within 0 and 100", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(share, { maxLength: 20 }), share, (shares, more) => {
        const score = caseScore(shares);
        expect(score).toBeGreaterThanOrEqual(-1e-9);
        expect(score).toBeLessThanOrEqual(100);
        expect(caseScore([...shares, more])).toBeGreaterThanOrEqual(score - 1e-9);
      }),
    );
  });
  it("is 100·(1 − Π(1 − p)) of its flags", () => {
    expect([[], [0.5], [0.5, 0.5], [1]].map(caseScore)).toEqual([0, 50, 75, 100]);
  });
  it("does not believe a precision before 20 decisions", () => {
    expect(detectorPrecision(0, 19)).toBe(0.5);
    expect(detectorPrecision(0, 20)).toBeCloseTo(1 / 22);
    expect(detectorPrecision(20, 0)).toBeCloseTo(21 / 22);
  });
  it("adds 2.5 a day for waiting, 50 at most", () => {
    expect(queuePriority(30, 0, 4 * day)).toEqual({ score: 30, ageing: 10, harm: 0, appeal: 0, priority: 40 });
    expect(queuePriority(30, 0, 400 * day).ageing).toBe(50);
    expect(queuePriority(30, day, 0)).toMatchObject({ ageing: 0, priority: 30 });
  });
  it("adds up to 25 for harm to others now, and 25 for an appeal that waits", () => {
    expect(queuePriority(0, 0, 0, { refusedShare: 0.05 })).toMatchObject({ harm: 12.5, priority: 12.5 });
    expect(queuePriority(0, 0, 0, { refusedShare: -1 }).harm).toBe(0);
    expect(queuePriority(10, 0, 4 * day, { refusedShare: 0.05, hasAppeal: true }).priority).toBe(57.5);
    expect(queuePriority(0, 0, 0, { refusedShare: 0.8, hasAppeal: true })).toMatchObject({ harm: 25, priority: 50 });
  });
});
