import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quotaState } from "../limits/quota.ts";
import { forecast } from "./forecast.ts";

const noon = Date.parse("2026-11-24T12:00:00Z");
const at = (time: string) => Date.parse(`2026-11-24T${time}:00Z`);
/** A day that spends the same in each hour of a stretch. */
const office = (perHour: number, from = 9, until = 17) =>
  Array.from({ length: 24 }, (_, hour) => (hour >= from && hour < until ? perHour : 0));

describe("the forecast of today's quota", () => {
  it("is a straight line over the last hour while no such weekday is known", () => {
    expect(forecast(quotaState(5_000, 10_000, noon), 1_000, null, noon)).toMatchObject({
      kind: "runs_out",
      fromMs: at("17:00"),
      untilMs: at("17:00"),
      basis: "last_hour",
    });
    expect(forecast(quotaState(5_000, 100_000, noon), 1_000, null, noon)).toMatchObject({
      kind: "lasts",
      expected: { low: 17_000, high: 17_000 },
    });
  });

  it("gives both estimates where the weekday says something else than the line", () => {
    const profile = { hours: office(500), weeks: 3 };
    // The line: 1,000 an hour to 15:30. The weekday at twice its pace: 1,000 an hour until 17:00, the same.
    expect(forecast(quotaState(6_500, 10_000, noon), 1_000, profile, noon)).toMatchObject({
      kind: "runs_out",
      fromMs: at("15:30"),
      untilMs: at("15:30"),
    });
    // The line runs out at 19:00; on such a weekday nothing is spent after 17:00.
    expect(forecast(quotaState(3_000, 10_000, noon), 1_000, profile, noon)).toMatchObject({
      kind: "runs_out",
      fromMs: at("19:00"),
      untilMs: null,
      expected: { low: 8_000, high: 15_000 },
      basis: "last_hour_and_weekday",
    });
  });

  it("gives both moments where the estimates differ by half an hour or more, and else the earlier", () => {
    const profile = { hours: [...office(500, 0, 24).slice(0, 13), ...office(900, 0, 24).slice(13)], weeks: 2 };
    // 1,000 an hour to 15:00 by the line; by the weekday, 1,000 until 13:00 and then 1,800 an hour: to 14:06:40.
    expect(forecast(quotaState(7_000, 10_000, noon), 1_000, profile, noon)).toMatchObject({
      kind: "runs_out",
      fromMs: at("14:06") + 40_000,
      untilMs: at("15:00"),
      expected: { low: 19_000, high: 27_800 },
    });
    // To 13:30 by the line and to 13:17 by the weekday.
    expect(forecast(quotaState(8_500, 10_000, noon), 1_000, profile, noon)).toMatchObject({
      fromMs: at("13:16") + 40_000,
      untilMs: at("13:16") + 40_000,
    });
  });

  it("scales the weekday at most four times up or down", () => {
    const profile = { hours: office(100), weeks: 2 };
    const expectedOf = (spentLastHour: number) => {
      const found = forecast(quotaState(0, 1_000_000, noon), spentLastHour, profile, noon);
      return found.kind === "lasts" ? found.expected : null;
    };
    expect(expectedOf(1_000)).toEqual({ low: 2_000, high: 12_000 });
    expect(expectedOf(10)).toEqual({ low: 120, high: 125 });
    // Nothing in the last hour: the weekday as it is.
    expect(expectedOf(0)).toEqual({ low: 500, high: 500 });
  });

  it("knows from the weekday what the last hour cannot tell", () => {
    const night = Date.parse("2026-11-24T06:00:00Z");
    const profile = { hours: office(2_000), weeks: 1 };
    expect(forecast(quotaState(0, 10_000, night), 0, profile, night)).toMatchObject({
      kind: "runs_out",
      fromMs: at("14:00"),
      untilMs: at("14:00"),
    });
  });

  it("says nothing of a quota without a limit, used up, or without any use", () => {
    expect(forecast(quotaState(5, null, noon), 1_000, null, noon)).toEqual({ kind: "unlimited" });
    expect(forecast(quotaState(10, 10, noon), 1_000, null, noon)).toEqual({ kind: "used_up" });
    expect(forecast(quotaState(0, 10, noon), 0, null, noon)).toEqual({ kind: "no_use" });
    expect(forecast(quotaState(0, 10, noon), 0, { hours: office(0), weeks: 2 }, noon)).toEqual({ kind: "no_use" });
  });

  it("expects nothing of an account whose calls are all refused", () => {
    const profile = { hours: office(2_000), weeks: 2 };
    expect(forecast(quotaState(900, 1_000, noon), 500, profile, noon, true)).toEqual({ kind: "stopped" });
  });

  it("never names a moment in the past or after the reset, and never a later end before an earlier one", () => {
    const count = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(
        fc.record({
          used: count,
          limit: count,
          lastHour: count,
          hours: fc.option(fc.array(count, { minLength: 24, maxLength: 24 }), { nil: null }),
          minute: fc.integer({ min: 0, max: 1_439 }),
        }),
        ({ used, limit, lastHour, hours, minute }) => {
          const nowMs = at("00:00") + minute * 60_000;
          const state = quotaState(used, limit, nowMs);
          const found = forecast(state, lastHour, hours && { hours, weeks: 1 }, nowMs);
          if (found.kind === "lasts") expect(found.expected.high).toBeLessThanOrEqual(limit + 1);
          if (found.kind !== "runs_out") return;
          expect(found.fromMs).toBeGreaterThanOrEqual(nowMs - 1_000);
          expect(found.untilMs ?? found.fromMs).toBeGreaterThanOrEqual(found.fromMs);
          expect(found.untilMs ?? found.fromMs).toBeLessThanOrEqual(state.resetAtMs);
          expect(found.expected.low).toBeLessThanOrEqual(found.expected.high);
        },
      ),
    );
  });
});
