import { describe, expect, it } from "vitest";
import { limitTimeline, valueAt } from "./limit-timeline.ts";

describe("what a limit was", () => {
  const facts = [
    { value: 100, fromMs: 0 },
    { value: 500, fromMs: 10 },
    { value: null, fromMs: 20 },
  ];

  it("is the last fact of its time", () => {
    expect([-1, 0, 9, 10, 25].map((at) => valueAt(facts, at))).toEqual([undefined, 100, 100, 500, null]);
    expect(valueAt([...facts, { value: 7, fromMs: 20 }], 20)).toBe(7);
    expect(valueAt([...facts, { value: 7, fromMs: 5 }], 20)).toBeNull();
  });

  it("is laid out without gaps, and changes only where its value does", () => {
    const at = (ms: number) => valueAt(facts, ms) ?? null;
    expect(limitTimeline([5, 10, 20, 40], at, 2, 30)).toEqual([
      { value: 100, fromMs: 2, untilMs: 10 },
      { value: 500, fromMs: 10, untilMs: 20 },
      { value: null, fromMs: 20, untilMs: 30 },
    ]);
    // Changes in any order, also those before, at the edges of, and after the time that is asked for.
    expect(limitTimeline([30, 20, 0, 12, 10, 15], at, 12, 20)).toEqual([{ value: 500, fromMs: 12, untilMs: 20 }]);
    expect(limitTimeline([20, 10], at, 5, 25).map(({ fromMs }) => fromMs)).toEqual([5, 10, 20]);
    expect(limitTimeline([], at, 12, 15)).toEqual([{ value: 500, fromMs: 12, untilMs: 15 }]);
  });
});
