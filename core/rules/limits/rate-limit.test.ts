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
    if (admitted) rateSpend(ring, cost, now);
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
          expect(spentBetween(log, one.now - seconds * 1000, one.now, i + 1)).toBeLessThanOrEqual(limit);
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
          rateSpend(ring, cost, now);
          if (cost % 3 === 0) rateRefund(ring, cost, now + back);
          expect(ring.sum).toBe(ring.slots.reduce((sum, slot) => sum + slot, 0));
        }
      }),
    );
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
          if (rateAdmits(ring, limit, one.cost, now)) rateSpend(ring, one.cost, now);
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
    rateSpend(ring, 3, start);
    rateSpend(ring, 2, start + 10_000);
    expect(rateRemaining(ring, 10, start + 10_000)).toBe(5);
    expect(rateRemaining(ring, 4, start + 10_000)).toBe(0);
    expect(resetSeconds(ring, start + 10_000)).toBe(51);
    expect(retryAfterSeconds(ring, 5, 1, start + 10_000)).toBe(51);
    expect(retryAfterSeconds(ring, 5, 4, start + 10_000)).toBe(61);
    expect(rateUsed(ring, start + 61_000)).toBe(2);
    expect(rateUsed(ring, start + 71_000)).toBe(0);
  });

  it("names the whole window for a cost that can never fit", () => {
    expect(retryAfterSeconds(newRateRing(60), 5, 6, start)).toBe(60);
  });
});

describe("ring", () => {
  it("reads a clock that went back as standing still", () => {
    const ring = newRateRing(60);
    rateSpend(ring, 5, start);
    expect(rateAdmits(ring, 5, 1, start - 3_600_000)).toBe(false);
    expect(rateUsed(ring, start + 61_000)).toBe(0);
  });

  it("is idle only when nothing in it counts any more", () => {
    const ring = newRateRing(60);
    expect(isRateRingIdle(ring, start)).toBe(true);
    rateSpend(ring, 1, start);
    expect(isRateRingIdle(ring, start + 60_999)).toBe(false);
    expect(isRateRingIdle(ring, start + 61_000)).toBe(true);
  });

  it("shares an array with others without touching them", () => {
    const slots = new Uint32Array(3 * slotsPerRing).fill(7);
    slots.fill(0, slotsPerRing, 2 * slotsPerRing);
    const ring = newRateRing(60, slots, slotsPerRing);
    for (let i = 0; i < 500; i++) rateSpend(ring, 2, start + i * 777);
    rateUsed(ring, start + 10_000_000);
    expect([...slots.slice(0, slotsPerRing), ...slots.slice(2 * slotsPerRing)].every((slot) => slot === 7)).toBe(true);
  });
});
