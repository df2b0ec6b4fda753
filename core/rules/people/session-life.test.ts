import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sessionEndsAt } from "./session-life.ts";

const life = { idleMs: 60 * 60_000, longestMs: 12 * 3_600_000 };
const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 8) + minutes * 60_000);

describe("the end of a session", () => {
  it.each([
    ["never used", null, 60],
    ["used after half an hour", 30, 90],
    ["used until shortly before its longest", 700, 720],
  ] as const)("%s", (_when, seen, ends) => {
    const times = { createdAt: at(0), lastSeenAt: seen === null ? null : at(seen), expiresAt: at(10_000) };
    expect(sessionEndsAt(times, life)).toEqual(at(ends));
  });

  it("is never after the one it was given, and never later for being used less", () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000), (first, more, given) => {
        const times = { createdAt: at(0), expiresAt: at(given) };
        const early = sessionEndsAt({ ...times, lastSeenAt: at(first) }, life);
        const late = sessionEndsAt({ ...times, lastSeenAt: at(first + more) }, life);
        expect(late.getTime()).toBeGreaterThanOrEqual(early.getTime());
        expect(late.getTime()).toBeLessThanOrEqual(Math.min(at(given).getTime(), at(720).getTime()));
      }),
    );
  });
});
