import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, hourMs, minuteMs } from "../time.ts";
import { trafficWindow } from "./traffic-window.ts";

const nowMs = Date.UTC(2026, 10, 24, 14, 37);
const last = (ms: number, isChosen = false) => trafficWindow({ fromMs: nowMs - ms, untilMs: nowMs, nowMs, isChosen });
const iso = (ms: number) => new Date(ms).toISOString().slice(5, 16);

describe("trafficWindow", () => {
  it.each([
    [hourMs, false, "minute", "hour"],
    [dayMs, false, "hour", "hour"],
    [7 * dayMs, false, "day", "day"],
    [7 * dayMs, true, "hour", "hour"],
    [30 * dayMs, true, "day", "day"],
  ])("reads the last %i ms (chosen accounts: %s) by %s, networks by %s", (ms, isChosen, usage, traffic) => {
    const window = last(ms, isChosen);
    expect([window.usage.grain, window.traffic.grain]).toEqual([usage, traffic]);
  });

  it("widens a window to whole buckets, and says so by its times", () => {
    const { usage, traffic } = last(30 * minuteMs);
    expect([iso(usage.fromMs), iso(usage.untilMs)]).toEqual(["11-24T14:07", "11-24T14:37"]);
    expect([iso(traffic.fromMs), iso(traffic.untilMs)]).toEqual(["11-24T14:00", "11-24T15:00"]);
  });

  it("reads by the hour or day what is no longer kept by the minute or hour", () => {
    const fromMs = nowMs - 40 * dayMs;
    const { usage, traffic } = trafficWindow({ fromMs, untilMs: fromMs + hourMs, nowMs, isChosen: true });
    expect([usage.grain, traffic.grain]).toEqual(["hour", "day"]);
  });

  it("covers what was asked in whole buckets, in steps that a chart can draw", () => {
    const ages = fc.integer({ min: 0, max: 90 * dayMs });
    fc.assert(
      fc.property(ages, fc.integer({ min: 1, max: 90 * dayMs }), fc.boolean(), (age, span, isChosen) => {
        const fromMs = nowMs - age;
        const window = trafficWindow({ fromMs, untilMs: fromMs + span, nowMs, isChosen });
        for (const one of [window.usage, window.traffic]) {
          const bucket = { minute: minuteMs, hour: hourMs, day: dayMs }[one.grain];
          expect(one.fromMs <= fromMs && one.untilMs >= fromMs + span).toBe(true);
          expect([one.fromMs % bucket, one.untilMs % bucket, (one.stepSeconds * 1000) % bucket]).toEqual([0, 0, 0]);
          expect((one.untilMs - one.fromMs) / (one.stepSeconds * 1000)).toBeLessThanOrEqual(200);
        }
      }),
    );
  });
});
