import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { crosses, isAlertDue, paceShare, pressureShare, quotaShare, refusedShare } from "./alerts.ts";

const now = new Date("2026-11-24T12:00:00Z");
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const quota = { kind: "quota", thresholdPercent: 80, cooldownSeconds: 3_600 } as const;
const refused = { kind: "refused_share", thresholdPercent: 10, cooldownSeconds: 3_600 } as const;

describe("an alert", () => {
  it("comes once per crossing, however the counting is cut up", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 50 }),
        fc.integer({ min: 1, max: 200 }),
        (looks, threshold) => {
          let seen = 0;
          let fired = 0;
          let ups = 0;
          for (const look of looks) {
            if (crosses(seen, look, threshold)) fired += 1;
            if (seen < threshold && look >= threshold) ups += 1;
            seen = look;
          }
          expect(fired).toBe(ups);
          // Looking again and again at the same number tells nothing new.
          expect(crosses(seen, seen, threshold)).toBe(false);
        },
      ),
    );
  });

  it("of the quota starts anew each UTC day, and comes again when the limit was raised and reached again", () => {
    const state = { seenShare: 0.9, seenAt: minutes(-5), firedAt: minutes(-300) };
    expect(isAlertDue(quota, state, 0.95, now)).toBe(false);
    expect(isAlertDue(quota, { ...state, seenAt: minutes(-13 * 60) }, 0.85, now)).toBe(true);
    expect(isAlertDue(quota, { ...state, seenShare: 0.3 }, 0.8, now)).toBe(true);
    expect(isAlertDue(quota, { seenShare: 0, seenAt: null, firedAt: null }, 1, now)).toBe(true);
  });

  it("that teeters at its threshold comes once in its cooldown", () => {
    const below = { seenShare: 0.09, seenAt: minutes(-1) };
    expect(isAlertDue(refused, { ...below, firedAt: null }, 0.11, now)).toBe(true);
    expect(isAlertDue(refused, { ...below, firedAt: minutes(-59) }, 0.11, now)).toBe(false);
    expect(isAlertDue(refused, { ...below, firedAt: minutes(-60) }, 0.11, now)).toBe(true);
  });
});

describe("what alerts measure", () => {
  it("is the share used of the quota; an unlimited one is never reached", () => {
    expect(quotaShare(80, 100)).toBe(0.8);
    expect(quotaShare(5, null)).toBe(0);
    expect(quotaShare(0, 0)).toBe(0);
    expect(quotaShare(1, 0)).toBe(1);
  });

  it("is the share expected by the reset, when both estimates say so", () => {
    const expected = { low: 90, high: 300 };
    expect(paceShare({ kind: "lasts", expected, basis: "last_hour" }, 100)).toBe(0.9);
    expect(
      paceShare({ kind: "runs_out", fromMs: 1, untilMs: null, expected, basis: "last_hour_and_weekday" }, 100),
    ).toBe(0.9);
    expect(paceShare({ kind: "used_up" }, 100)).toBe(1);
    expect(paceShare({ kind: "no_use" }, 100)).toBe(0);
  });

  it("is the refused share of an hour with enough requests, and the fullest rate limit of a minute", () => {
    expect(refusedShare(5, 19)).toBe(0);
    expect(refusedShare(5, 50)).toBe(0.1);
    expect(
      pressureShare([
        { limit: 120, windowSeconds: 60, allowedNow: 60 },
        { limit: 10, windowSeconds: 1, allowedNow: 540 },
        { limit: null, windowSeconds: 60, allowedNow: 9_999 },
      ]),
    ).toBe(0.9);
    expect(pressureShare([])).toBe(0);
  });
});
