import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CountedSecond, type Told, waitingOf } from "./waiting.ts";

const second = 1_000;
const at = 1_000_000_000_000;
const seconds = (...rows: [afterSeconds: number, refused: number, allowed?: number][]) =>
  rows.map(([after, refused, allowed = 0]) => ({ atMs: at + after * second, refused, allowed }));
const told = (afterMs: number, waitSeconds: number, address: string | null = null): Told => ({
  ...{ atMs: at + afterMs, seconds: waitSeconds, address },
});
const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));

describe("a refused request is early", () => {
  it.each<[string, Told[], CountedSecond[], number]>([
    ["not in the second of the refusal", [told(400, 10)], seconds([0, 5]), 0],
    ["in a second within a wait, when nobody comes back at its end", [told(400, 10)], seconds([4, 12], [20, 0, 1]), 12],
    ["not when all come back at its end", [told(400, 10)], seconds([4, 12], [11, 0, 13], [20, 0, 1]), 0],
    [
      "not in the second in which the wait ends, where nothing more exact is kept",
      [told(400, 10)],
      seconds([10, 5]),
      0,
    ],
    ["not while the answer may still be on its way", [told(0, 10), ...many(4, (i) => told(100 * i + 100, 10))], [], 0],
    ["not when it comes on the millisecond at which the wait ends", many(30, (i) => told(2_000 * i, 2)), [], 0],
    ["when each try comes after a second and ten were told", many(30, (i) => told(second * i, 10)), [], 27],
    ["not once a wait is over", [told(0, 5), told(20_000, 5)], seconds([10, 8]), 0],
    ["whatever the order", [told(20_000, 5), told(0, 5)], seconds([30, 0, 1], [2, 9], [22, 2]), 11],
    ["never where nobody was told to wait", [], seconds([1, 9]), 0],
  ])("%s", (_what, kept, refused, early) => {
    expect(waitingOf(kept, refused).early).toBe(early);
  });
});

describe("workers behind one address", () => {
  it("are no retries: each refused once, then silent for the rest of the wait", () => {
    const fleet = many(80, (i) => told(Math.floor(i / 8) * 60 * second + (i % 8) * 700, 40, "a"));
    expect(waitingOf(fleet, [])).toMatchObject({ early: 0, earlyTogether: 70, workers: 8, sharedWaits: 10 });
  });

  it("of which each waits a second, come as chance has it; a loop comes at an even step", () => {
    const random = (i: number) => ((i * 7_919) % 97) / 97;
    const every = (gapOf: (i: number) => number) => {
      let atMs = 0;
      return many(60, (i) => {
        atMs += gapOf(i);
        return told(atMs, 2, "a");
      });
    };
    const loop = every((i) => 200 + 10 * random(i));
    const fleet = every((i) => 400 * random(i) ** 3);
    expect(waitingOf(loop, []).early).toBeGreaterThan(30);
    expect(waitingOf(fleet, [])).toMatchObject({ early: 0, workers: expect.toSatisfy((n: number) => n > 8) });
  });

  it("are not meant where one loop gives up early in a long wait", () => {
    const loop = [...many(30, (i) => told(i * 6 + (i % 2), 55, "a"))];
    expect(waitingOf(loop, seconds([0, 40], [2, 60], [3, 40]))).toMatchObject({ early: 100, workers: 1 });
  });

  it("are not meant where more are refused in one wait than there can be workers", () => {
    const lanes = many(30, (i) => told(Math.round(400 * (((i * 7_919) % 97) / 97) ** 3), 60, "a"));
    const storm = seconds([0, 90], [1, 90], [2, 90], [3, 90], [4, 90], [5, 90]);
    expect(waitingOf(lanes, storm)).toMatchObject({ early: 450, workers: 1 });
    expect(waitingOf(lanes, seconds([0, 90], [1, 90], [2, 40], [3, 50]))).toMatchObject({ early: 0 });
  });

  it("are known by their addresses where these differ", () => {
    const fleet = many(80, (i) => told(Math.floor(i / 8) * 60 * second + (i % 8) * 5_000, 45, `a${i % 8}`));
    expect(waitingOf(fleet, [])).toMatchObject({ early: 0, workers: 8 });
  });
});

it("never calls more early than were refused", () => {
  const kept = fc.array(
    fc.record({
      atMs: fc.integer({ min: at, max: at + 600_000 }),
      seconds: fc.integer({ min: 0, max: 60 }),
      address: fc.constantFrom("a", "b", null),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(kept, fc.array(fc.nat(90), { maxLength: 40 }), (refusals, extra) => {
      const perSecond = new Map<number, number>();
      for (const { atMs } of refusals) {
        const start = Math.floor(atMs / second) * second;
        perSecond.set(start, (perSecond.get(start) ?? 0) + 1);
      }
      extra.forEach((more, i) => {
        perSecond.set(at + i * second, (perSecond.get(at + i * second) ?? 0) + more);
      });
      const counted = [...perSecond].map(([atMs, refused]) => ({ atMs, refused, allowed: refused % 7 }));
      const all = counted.reduce((sum, one) => sum + one.refused, 0);
      const { early, earlyTogether, workers } = waitingOf(refusals, counted);
      for (const one of [early, earlyTogether]) {
        expect(one).toBeGreaterThanOrEqual(0);
        expect(one).toBeLessThanOrEqual(all);
      }
      expect(workers).toBeLessThanOrEqual(Math.max(1, refusals.length));
    }),
  );
});
