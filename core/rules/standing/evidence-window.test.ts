import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceWindow } from "./evidence-window.ts";

const minute = 60_000;
const hour = 60 * minute;
const now = Date.UTC(2026, 10, 30, 7, 26, 32);
const flag = (firstAgo: number, lastAgo: number) => ({
  firstSeenAt: new Date(now - firstAgo),
  lastSeenAt: new Date(now - lastAgo),
});

describe("the minutes that an action rests on", () => {
  it("hold an offence of three hours ago, not the hour before the act", () => {
    const { fromMs, toMs } = evidenceWindow([flag(3 * hour + 14 * minute, 3 * hour + 12 * minute)], now);
    expect(new Date(fromMs).toISOString()).toBe("2026-11-30T03:25:00.000Z");
    expect(new Date(toMs).toISOString()).toBe("2026-11-30T04:25:00.000Z");
  });

  it("are the last hour without a flag", () => {
    expect(evidenceWindow([], now)).toEqual({
      fromMs: Date.UTC(2026, 10, 30, 6, 27),
      toMs: Date.UTC(2026, 10, 30, 7, 27),
    });
  });

  it("hold the end of every offence, are whole, at most six hours, and none of them is to come", () => {
    const ago = fc.integer({ min: 0, max: 48 * hour });
    fc.assert(
      fc.property(fc.array(fc.tuple(ago, ago), { minLength: 1, maxLength: 5 }), (pairs) => {
        const flags = pairs.map(([a, b]) => flag(Math.max(a, b), Math.min(a, b)));
        const { fromMs, toMs } = evidenceWindow(flags, now);
        const lastMs = Math.max(...flags.map((one) => one.lastSeenAt.getTime()));
        expect(fromMs % minute).toBe(0);
        expect(toMs % minute).toBe(0);
        expect(toMs - fromMs).toBeGreaterThanOrEqual(hour);
        expect(toMs - fromMs).toBeLessThanOrEqual(6 * hour);
        expect(fromMs).toBeLessThanOrEqual(lastMs);
        expect(toMs).toBeGreaterThan(lastMs);
        expect(toMs).toBeLessThan(now + minute);
      }),
    );
  });
});
