import { describe, expect, it } from "vitest";
import {
  effectiveQuota,
  effectiveRateLimit,
  type OverrideInForce,
  rateLimitSource,
  throttled,
} from "./effective-limits.ts";

const now = Date.UTC(2026, 10, 24, 12);
const hour = 3_600_000;

function override(change: Partial<OverrideInForce>): OverrideInForce {
  return { kind: "rate_limit", endpointId: 7, value: 500, startsAtMs: now - hour, endsAtMs: null, ...change };
}

function rate(change: Partial<Parameters<typeof effectiveRateLimit>[0]>) {
  return effectiveRateLimit(
    { endpointId: 7, endpointDefault: 60, planLimit: undefined, overrides: [], throttleFactor: 1, ...change },
    now,
  );
}

describe("effective limits", () => {
  it.each([
    ["the endpoint's default", {}, 60],
    ["none, when the endpoint has none", { endpointDefault: null }, null],
    ["the plan's own before the default", { planLimit: 120 }, 120],
    ["the override before the plan's", { planLimit: 120, overrides: [override({})] }, 500],
    ["an override where there was no limit", { endpointDefault: null, overrides: [override({})] }, 500],
    ["the default, when the override is for another endpoint", { overrides: [override({ endpointId: 8 })] }, 60],
    ["the default, before an override starts", { overrides: [override({ startsAtMs: now + 1 })] }, 60],
    ["the override at its first millisecond", { overrides: [override({ startsAtMs: now })] }, 500],
    ["the default, at the moment an override ends", { overrides: [override({ endsAtMs: now })] }, 60],
    ["the override until the moment it ends", { overrides: [override({ endsAtMs: now + 1 })] }, 500],
    ["half under a throttle of 0.5", { throttleFactor: 0.5 }, 30],
    ["a throttled override", { overrides: [override({})], throttleFactor: 0.1 }, 50],
  ])("are %s", (_, change, expected) => {
    expect(rate(change)).toBe(expected);
  });

  it.each([
    ["the endpoint", {}, "endpoint"],
    ["nothing, when the endpoint has none", { endpointDefault: null }, null],
    ["the plan", { planLimit: 120 }, "plan"],
    ["an exception", { planLimit: 120, overrides: [override({})] }, "exception"],
    ["the plan, when the exception is over", { planLimit: 120, overrides: [override({ endsAtMs: now })] }, "plan"],
  ])("come from %s", (_, change, expected) => {
    const parts = { endpointId: 7, endpointDefault: 60, planLimit: undefined, overrides: [], ...change };
    expect(rateLimitSource(parts, now)).toBe(expected);
  });

  it("take the override that started last, and of equals the larger", () => {
    const older = override({ startsAtMs: now - 2 * hour, value: 900 });
    expect(rate({ overrides: [override({ value: 10 }), older] })).toBe(10);
    expect(rate({ overrides: [older, override({ value: 10 })] })).toBe(10);
    expect(rate({ overrides: [override({ value: 10 }), override({ value: 20 })] })).toBe(20);
    expect(rate({ overrides: [override({ value: 20 }), override({ value: 10 })] })).toBe(20);
  });

  it("round a throttle down, but leave one request", () => {
    expect(throttled(9, 0.25)).toBe(2);
    expect(throttled(3, 0.01)).toBe(1);
    expect(throttled(0, 0.5)).toBe(0);
    expect(throttled(null, 0.5)).toBeNull();
  });

  it("keep the quota of the plan unless a quota override is in force", () => {
    expect(effectiveQuota(1000, [], now)).toBe(1000);
    expect(effectiveQuota(null, [], now)).toBeNull();
    expect(effectiveQuota(1000, [override({})], now)).toBe(1000);
    expect(effectiveQuota(1000, [override({ kind: "quota", endpointId: null, value: 5000 })], now)).toBe(5000);
    expect(effectiveQuota(null, [override({ kind: "quota", endpointId: null, value: 0 })], now)).toBe(0);
  });
});
