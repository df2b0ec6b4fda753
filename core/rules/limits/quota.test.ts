import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs } from "../time.ts";
import { crossing, dayStartMs, quotaAdmits, quotaResetSeconds, quotaState } from "./quota.ts";

const noon = Date.UTC(2026, 10, 24, 12);

describe("quota", () => {
  it("runs over the UTC day", () => {
    expect(dayStartMs(noon)).toBe(Date.UTC(2026, 10, 24));
    expect(dayStartMs(Date.UTC(2026, 10, 24))).toBe(Date.UTC(2026, 10, 24));
    expect(dayStartMs(-1)).toBe(-dayMs);
    expect(quotaState(30, 100, noon)).toEqual({
      limit: 100,
      used: 30,
      remaining: 70,
      resetAtMs: Date.UTC(2026, 10, 25),
    });
  });

  it("never tells less than nothing, and nothing at all when unlimited", () => {
    expect(quotaState(130, 100, noon).remaining).toBe(0);
    expect(quotaState(130, null, noon).remaining).toBeNull();
  });

  it.each([
    [99, 100, 1, true],
    [100, 100, 1, false],
    [99, 100, 2, false],
    [100, 100, 0, true],
    [1e9, null, 5, true],
    [0, 0, 1, false],
  ])("with %i of %s used, cost %i is admitted: %s", (used, limit, cost, admitted) => {
    expect(quotaAdmits(used, limit, cost)).toBe(admitted);
  });

  it("tells the wait to midnight in whole seconds, never zero", () => {
    expect(quotaResetSeconds(noon)).toBe(43_200);
    expect(quotaResetSeconds(Date.UTC(2026, 10, 25) - 1)).toBe(1);
    expect(quotaResetSeconds(Date.UTC(2026, 10, 25))).toBe(86_400);
  });

  it("finds each threshold once, however the day is cut into steps", () => {
    expect(crossing(79, 80, 100)).toEqual([0.8]);
    expect(crossing(80, 81, 100)).toEqual([]);
    expect(crossing(0, 100, 100)).toEqual([0.8, 1]);
    expect(crossing(0, 100, null)).toEqual([]);
    expect(crossing(-1, 100, 0)).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1 }), fc.integer({ min: 1, max: 1000 }), (steps, limit) => {
        let used = 0;
        const found = steps.flatMap((step) => {
          const before = used;
          used += step;
          return crossing(before, used, limit);
        });
        expect(found).toEqual(crossing(0, used, limit));
      }),
    );
  });
});
