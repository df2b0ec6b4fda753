import fc from "fast-check";
import { expect, it } from "vitest";
import { rangeAt, usageRanges } from "./usage-range.ts";

it("every range ends in the bin of now and starts on a whole step of UTC", () => {
  fc.assert(
    fc.property(fc.constantFrom(...usageRanges), fc.integer({ min: 1e12, max: 3e12 }), (range, nowMs) => {
      const { fromMs, stepSeconds, steps } = rangeAt(range, nowMs);
      const stepMs = stepSeconds * 1000;
      expect(fromMs % stepMs).toBe(0);
      expect(Math.floor((nowMs - fromMs) / stepMs)).toBe(steps - 1);
    }),
  );
});
