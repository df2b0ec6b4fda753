import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LimitName } from "../../rules/limits/catalogue.ts";
import { askedFor } from "../testing/testing-limits.ts";
import { MemoryCounters } from "./memory-counters.ts";

const startWall = Date.UTC(2026, 10, 24, 12);
const startSteady = 86_400_000;
const dayMs = 86_400_000;

function at(offsetMs: number) {
  return { wallMs: startWall + offsetMs, steadyMs: startSteady + offsetMs };
}

const limit = fc.option(fc.integer({ min: 0, max: 25 }), { nil: null });
const amounts = fc.record({
  "endpoint-rate": limit,
  "token-rate": limit,
  "token-quota": limit,
  "account-quota": limit,
} satisfies Record<LimitName, unknown>);
const call = fc.record({
  gapMs: fc.oneof(fc.nat(300), fc.nat(30_000), fc.nat(5_000_000)),
  account: fc.integer({ min: 1, max: 2 }),
  token: fc.integer({ min: 1, max: 2 }),
  endpoint: fc.integer({ min: 1, max: 2 }),
  cost: fc.integer({ min: 0, max: 6 }),
  isLook: fc.boolean(),
});

describe("counters in memory, against a list of everything that was spent", () => {
  it("never let more through than any limit allows, and take all or nothing", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 150 }), amounts, (calls, limits) => {
        const counters = new MemoryCounters();
        const log: { atMs: number; account: string; token: string; endpoint: number; cost: number }[] = [];
        let nowMs = 0;
        for (const one of calls) {
          nowMs += one.gapMs;
          const now = at(nowMs);
          const account = `account-${one.account}`;
          const token = `token-${one.account}-${one.token}`;
          const what = askedFor(limits, { accountId: account, tokenId: token, endpointId: one.endpoint });
          const taken = counters.take(what, one.cost, one.isLook ? 0 : one.cost, now);
          if (taken.refusedBy === null && !one.isLook) {
            log.push({ atMs: now.wallMs, account, token, endpoint: one.endpoint, cost: one.cost });
          }
          const spent = (of: (entry: (typeof log)[number]) => boolean, sinceMs: number) =>
            log.filter((entry) => entry.atMs >= sinceMs && of(entry)).reduce((sum, entry) => sum + entry.cost, 0);
          const today = Math.floor(now.wallMs / dayMs) * dayMs;
          const window = now.wallMs - 60_000 + 1;
          const truth = {
            "endpoint-rate": spent((e) => e.account === account && e.endpoint === one.endpoint, window),
            "token-rate": spent((e) => e.token === token, window),
            "token-quota": spent((e) => e.token === token, today),
            "account-quota": spent((e) => e.account === account, today),
          };
          for (const state of taken.states) {
            const exact = truth[state.name];
            if (state.kind === "quota") expect(state.used).toBe(exact);
            // The ring may still count what left the window within the last second.
            else expect(state.used).toBeGreaterThanOrEqual(exact);
            if (state.used > exact) expect(state.used).toBeLessThanOrEqual(exact + spent(() => true, window - 1000));
            if (one.cost > 0 && taken.refusedBy === null) expect(exact).toBeLessThanOrEqual(state.limit);
          }
          if (taken.refusedBy) expect(taken.retryAfterSeconds).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("give back what could not be recorded", () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
        const counters = new MemoryCounters();
        const limits = askedFor({
          "endpoint-rate": 1000,
          "token-rate": 1000,
          "token-quota": 1000,
          "account-quota": 1000,
        });
        let nowMs = 0;
        for (const one of calls) {
          nowMs += one.gapMs;
          const used = () => counters.take(limits, 1, 0, at(nowMs)).states.map((state) => state.used);
          const before = used();
          counters.take(limits, one.cost, one.cost, at(nowMs));
          counters.giveBack(limits, one.cost, at(nowMs));
          expect(used()).toEqual(before);
          if (!one.isLook) counters.take(limits, one.cost, one.cost, at(nowMs));
        }
      }),
    );
  });
});

describe("counters in memory", () => {
  it("start a new day at midnight UTC", () => {
    const counters = new MemoryCounters();
    const limits = askedFor({ "account-quota": 1 });
    const lastMs = 12 * 3_600_000 - 1;
    expect(counters.take(limits, 1, 1, at(lastMs)).refusedBy).toBeNull();
    expect(counters.take(limits, 1, 1, at(lastMs)).refusedBy?.name).toBe("account-quota");
    expect(counters.take(limits, 1, 1, at(lastMs + 1)).refusedBy).toBeNull();
  });

  it("do not give a day again when the machine's clock is set back over midnight", () => {
    const counters = new MemoryCounters();
    const limits = askedFor({ "account-quota": 1, "endpoint-rate": 100 });
    counters.take(limits, 1, 1, at(0));
    const back = { wallMs: startWall - dayMs, steadyMs: startSteady + 10 };
    expect(counters.take(limits, 1, 1, back).refusedBy?.name).toBe("account-quota");
  });

  it("do not lose what was counted beside a holder that remembers a day long past", () => {
    const counters = new MemoryCounters();
    const holders = { accountHolder: { counts: null }, tokenHolder: { counts: null } };
    const limits = askedFor({ "account-quota": 3, "token-quota": 3 });
    counters.take({ ...limits, ...holders }, 1, 1, at(0));
    counters.sweep(at(dayMs));
    counters.take(limits, 2, 2, at(dayMs));
    expect(counters.take({ ...limits, ...holders }, 1, 1, at(dayMs)).states.map((one) => one.used)).toEqual([3, 3]);
    expect(counters.take(limits, 1, 1, at(dayMs)).refusedBy?.name).toBe("token-quota");
  });

  it("know the morning when a cap is set at noon", () => {
    const counters = new MemoryCounters();
    for (let i = 0; i < 5; i++) counters.take(askedFor({}), 1, 1, at(i));
    expect(counters.take(askedFor({ "token-quota": 5 }), 1, 1, at(10)).refusedBy?.name).toBe("token-quota");
  });

  it("free what nobody uses any more, and keep what still counts", () => {
    const counters = new MemoryCounters();
    const count = 20_000;
    const one = (account: string, i: number) =>
      askedFor({ "endpoint-rate": 5, "token-rate": 5 }, { accountId: `${account}${i}`, tokenId: `t${i}` });
    for (let i = 0; i < count; i++) counters.take(one("a", i), 1, 1, at(i % 1000));
    const late = askedFor({ "endpoint-rate": 5 }, { accountId: "late", tokenId: "late" });
    counters.take(late, 1, 1, at(50_000));
    expect(counters.ringCount).toBe(2 * count + 1);
    for (let i = 0; i < 2000; i++) counters.sweep(at(62_000));
    expect(counters.ringCount).toBe(1);
    expect(counters.take(late, 1, 0, at(62_000)).states[0]?.used).toBe(1);
    for (let i = 0; i < count; i++) counters.take(one("b", i), 1, 1, at(63_000));
    expect(counters.take(late, 1, 0, at(63_000)).states[0]?.used).toBe(1);
  });
});
