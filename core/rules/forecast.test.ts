import { describe, expect, it } from "vitest";
import { runOut } from "./forecast.ts";
import { quotaState } from "./quota.ts";

const noon = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;

describe("when the quota runs out", () => {
  it.each([
    ["half left at a tenth an hour: in five hours", 50_000, 10_000, noon + 5 * hour],
    ["it lasts to the reset", 10_000, 1_000, null],
    ["nothing was spent in the last hour", 50_000, 0, null],
    ["it is used up already", 100_000, 10_000, null],
  ])("%s", (_what, used, lastHour, expected) => {
    expect(runOut(quotaState(used, 100_000, noon), lastHour, noon)).toBe(expected);
  });
  it("never for an unlimited one", () => {
    expect(runOut(quotaState(5, null, noon), 1e9, noon)).toBeNull();
  });
});
