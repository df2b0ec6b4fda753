import fc from "fast-check";
import { expect, it } from "vitest";
import { wilsonBounds } from "./wilson.ts";

it.each([
  [0, 0, 0, 1],
  [0, 10, 0, 0.2775],
  [10, 10, 0.7225, 1],
  [60, 199, 0.242, 0.369],
  [5, 10, 0.2366, 0.7634],
])("%i of %i lies between %d and %d", (hits, all, low, high) => {
  expect(wilsonBounds(hits, all).low).toBeCloseTo(low, 3);
  expect(wilsonBounds(hits, all).high).toBeCloseTo(high, 3);
});

it("holds what was seen, and is narrower the more was seen", () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), (hits, more) => {
      const all = hits + more;
      const { low, high } = wilsonBounds(hits, all);
      if (all > 0) expect(hits / all).toBeGreaterThanOrEqual(low - 1e-9);
      if (all > 0) expect(hits / all).toBeLessThanOrEqual(high + 1e-9);
      const ten = wilsonBounds(10 * hits, 10 * all);
      expect(ten.high - ten.low).toBeLessThanOrEqual(high - low);
    }),
  );
});
