import { describe, expect, it } from "vitest";
import { throttleSeconds } from "./sign-in-throttle.ts";

const now = new Date("2026-11-24T12:00:00Z");
const justNow = { lastAt: now };

describe("waiting after failed sign-ins", () => {
  it.each([
    ["email", 0, 0],
    ["email", 4, 0],
    ["email", 5, 5],
    ["email", 6, 10],
    ["email", 10, 160],
    ["email", 50, 900],
    ["address", 29, 0],
    ["address", 30, 5],
  ] as const)("by %s after %s failures: %s s", (kind, failures, seconds) => {
    expect(throttleSeconds(kind, { failures, ...justNow }, now)).toBe(seconds);
  });
  it("counts down from the last failure", () => {
    expect(throttleSeconds("email", { failures: 6, lastAt: new Date(now.getTime() - 7_500) }, now)).toBe(3);
    expect(throttleSeconds("email", { failures: 6, lastAt: new Date(now.getTime() - 11_000) }, now)).toBe(0);
  });
});
