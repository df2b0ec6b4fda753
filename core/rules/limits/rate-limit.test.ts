import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isRateRingIdle,
  newRateRing,
  rateAdmits,
  rateRefund,
  rateRemaining,
  rateSpend,
  rateUsed,
  resetSeconds,
  retryAfterSeconds,
  slotsPerRing,
} from "./rate-limit.ts";

const start = Date.UTC(2026, 10, 24, 12);

/** Arrivals as (gap in ms, cost), in bursts and pauses around the window's length. */
const arrivals = fc.array(
  fc.record({
    gapMs: fc.oneof(fc.nat(40), fc.nat(2_000), fc.nat(70_000)),
    cost: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 9 })),
  }),
  { maxLength: 300 },
);
const windowSeconds = fc.constantFrom(1, 7, 10, 60, 61, 3600);
const limits = fc.integer({ min: 1, max: 40 });

function run(seconds: number, limit: number, list: readonly { gapMs: number; cost: number }[]) {
  const ring = newRateRing(seconds);
  let now = start;
  return list.map(({ gapMs, cost }) => {
    now += gapMs;
    const admitted = rateAdmits(ring, limit, cost, now);
    if (admitted) rateSpend(ring, limit, cost, now);
    return { now, cost, admitted };
  });
}

function spentBetween(log: ReturnType<typeof run>, fromMs: number, toMs: number, before: number): number {
  return log
    .slice(0, before)
    .filter((one) => one.admitted && one.now >= fromMs && one.now <= toMs)
    .reduce((sum, one) => sum + one.cost, 0);
}

describe("rate limit, against the exact log", () => {
  it("never lets more than N through in any window", () => {
    fc.assert(
      fc.property(windowSeconds, limits, arrivals, (seconds, limit, list) => {
        const log = run(seconds, limit, list);
        log.forEach((one, i) => {
          expect(spentBetween(log, one.now - seconds * 1000 + 1, one.now, i + 1)).toBeLessThanOrEqual(limit);
        });
      }),
    );
  });

  it("is too strict by at most 1/60 of the window", () => {
    fc.assert(
      fc.property(windowSeconds, limits, arrivals, (seconds, limit, list) => {
        const log = run(seconds, limit, list);
        const windowMs = seconds * 1000;
        log.forEach((one, i) => {
          if (one.admitted) return;
          const recent = spentBetween(log, one.now - windowMs - windowMs / 60, one.now, i);
          expect(recent + one.cost).toBeGreaterThan(limit);
        });
      }),
    );
  });

  it("keeps its sum equal to its slots, also after refunds", () => {
    fc.assert(
      fc.property(windowSeconds, arrivals, fc.integer({ min: -70_000, max: 0 }), (seconds, list, back) => {
        const ring = newRateRing(seconds);
        let now = start;
        for (const { gapMs, cost } of list) {
          now += gapMs;
          rateSpend(ring, null, cost, now);
          if (cost % 3 === 0) rateRefund(ring, cost, now + back);
          expect(ring.sum).toBe(ring.slots.reduce((sum, slot) => sum + slot, 0));
        }
      }),
    );
  });
});

describe("the even pace of a limit", () => {
  const arrivalsAtPace = fc.record({
    seconds: windowSeconds,
    limit: fc.integer({ min: 1, max: 1_200 }),
    cost: fc.constantFrom(1, 1, 2, 3, 10),
    fromMs: fc.nat(120_000),
    /** Now and then one comes later than it must, and all after it. */
    late: fc.array(fc.nat(2_500), { maxLength: 5 }),
  });

  it("always passes, at any limit, whatever the window", () => {
    fc.assert(
      fc.property(arrivalsAtPace, ({ seconds, limit, cost, fromMs, late }) => {
        fc.pre(cost <= limit);
        const ring = newRateRing(seconds);
        const perWindow = Math.floor(limit / cost);
        let delay = 0;
        for (let i = 0; i < 3 * perWindow + 70; i++) {
          if (i % 97 === 50) delay += late[(i / 97) | 0] ?? 0;
          const now = start + fromMs + delay + Math.floor((i * seconds * 1000) / perWindow);
          expect([i, rateAdmits(ring, limit, cost, now)]).toEqual([i, true]);
          rateSpend(ring, limit, cost, now);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("lets nobody through beyond N in any window, also who comes close to it, early and late", () => {
    const nearPace = fc.record({
      ...{ seconds: windowSeconds, limit: fc.integer({ min: 1, max: 120 }), cost: fc.constantFrom(1, 1, 1, 2, 5) },
      steps: fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -40, max: 400 }), fc.constant(0)), {
        ...{ minLength: 150, maxLength: 400 },
      }),
    });
    fc.assert(
      fc.property(nearPace, ({ seconds, limit, cost, steps }) => {
        fc.pre(cost <= limit);
        const ring = newRateRing(seconds);
        const windowMs = seconds * 1000;
        const admitted: number[] = [];
        let now = start;
        for (const step of steps) {
          now += Math.max(0, Math.floor((windowMs * cost) / limit) + step);
          if (!rateAdmits(ring, limit, cost, now)) continue;
          rateSpend(ring, limit, cost, now);
          admitted.push(now);
          const inWindow = admitted.filter((atMs) => atMs > now - windowMs).length;
          expect(inWindow * cost).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("is lost with a request that comes early, and when the limit changes", () => {
    const ring = newRateRing(60);
    const pass = (now: number, limit = 600) => {
      const admitted = rateAdmits(ring, limit, 1, now);
      if (admitted) rateSpend(ring, limit, 1, now);
      return admitted;
    };
    for (let i = 0; i < 700; i++) expect(pass(start + i * 100)).toBe(true);
    expect(pass(start + 700 * 100 - 1)).toBe(false);
    expect(retryAfterSeconds(ring, 600, 1, start + 700 * 100 - 1)).toBe(1);
    expect(pass(start + 700 * 100)).toBe(true);
    expect(pass(start + 701 * 100, 599)).toBe(false);
  });
});

describe("what a client is told", () => {
  it("promises a retry time at which it passes, and not a second earlier than needed", () => {
    fc.assert(
      fc.property(windowSeconds, limits, arrivals, fc.integer({ min: 1, max: 9 }), (seconds, limit, list, cost) => {
        fc.pre(cost <= limit);
        const ring = newRateRing(seconds);
        let now = start;
        for (const one of list) {
          now += one.gapMs;
          if (rateAdmits(ring, limit, one.cost, now)) rateSpend(ring, limit, one.cost, now);
        }
        const wait = retryAfterSeconds(ring, limit, cost, now);
        if (wait > 1)
          expect(rateAdmits({ ...ring, slots: ring.slots.slice() }, limit, cost, now + (wait - 1) * 1000)).toBe(false);
        expect(rateAdmits(ring, limit, cost, now + wait * 1000)).toBe(true);
      }),
    );
  });

  it("tells when more becomes available, and what remains", () => {
    const ring = newRateRing(60);
    expect(resetSeconds(ring, start)).toBe(0);
    rateSpend(ring, 10, 3, start);
    rateSpend(ring, 10, 2, start + 10_000);
    expect(rateRemaining(ring, 10, start + 10_000)).toBe(5);
    expect(rateRemaining(ring, 4, start + 10_000)).toBe(0);
    expect(resetSeconds(ring, start + 10_000)).toBe(51);
    expect(retryAfterSeconds(ring, 5, 1, start + 10_000)).toBe(51);
    expect(retryAfterSeconds(ring, 5, 4, start + 10_000)).toBe(60);
    expect(rateUsed(ring, start + 61_000)).toBe(2);
    expect(rateUsed(ring, start + 69_999)).toBe(2);
    expect(rateUsed(ring, start + 70_000)).toBe(0);
  });

  it("is never sent away for longer than the window", () => {
    fc.assert(
      fc.property(windowSeconds, limits, arrivals, fc.integer({ min: 1, max: 9 }), (seconds, limit, list, cost) => {
        const ring = newRateRing(seconds);
        let now = start;
        for (const one of list) {
          now += one.gapMs;
          if (rateAdmits(ring, limit, one.cost, now)) rateSpend(ring, limit, one.cost, now);
          expect(retryAfterSeconds(ring, limit, cost, now)).toBeLessThanOrEqual(seconds);
          expect(resetSeconds(ring, now)).toBeLessThanOrEqual(seconds);
        }
      }),
    );
  });

  it("names the whole window for a cost that can never fit", () => {
    expect(retryAfterSeconds(newRateRing(60), 5, 6, start)).toBe(60);
  });
});

describe("ring", () => {
  it("reads a clock that went back as standing still", () => {
    const ring = newRateRing(60);
    rateSpend(ring, 5, 5, start);
    expect(rateAdmits(ring, 5, 1, start - 3_600_000)).toBe(false);
    expect(rateUsed(ring, start + 61_000)).toBe(0);
  });

  it("is idle only when nothing in it counts any more", () => {
    const ring = newRateRing(60);
    expect(isRateRingIdle(ring, start)).toBe(true);
    rateSpend(ring, 5, 1, start);
    expect(isRateRingIdle(ring, start + 59_999)).toBe(false);
    expect(isRateRingIdle(ring, start + 60_000)).toBe(true);
  });

  it("shares an array with others without touching them", () => {
    const slots = new Uint32Array(3 * slotsPerRing).fill(7);
    slots.fill(0, slotsPerRing, 2 * slotsPerRing);
    const ring = newRateRing(60, slots, slotsPerRing);
    for (let i = 0; i < 500; i++) rateSpend(ring, null, 2, start + i * 777);
    rateUsed(ring, start + 10_000_000);
    expect([...slots.slice(0, slotsPerRing), ...slots.slice(2 * slotsPerRing)].every((slot) => slot === 7)).toBe(true);
  });
});
