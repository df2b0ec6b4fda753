import { describe, expect, it } from "vitest";
import { dayMs } from "../time.ts";
import { dayStartMs, quotaResetSeconds, quotaState } from "./quota.ts";

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

  it("tells the wait to midnight in whole seconds, never zero", () => {
    expect(quotaResetSeconds(noon)).toBe(43_200);
    expect(quotaResetSeconds(Date.UTC(2026, 10, 25) - 1)).toBe(1);
    expect(quotaResetSeconds(Date.UTC(2026, 10, 25))).toBe(86_400);
  });
});
