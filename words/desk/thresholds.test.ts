import { describe, expect, it } from "vitest";
import { detectors } from "../../core/rules/detectors/registry.ts";
import { thresholdBounds } from "../../core/rules/detectors/threshold-bounds.ts";
import { detectorRule, threshold } from "./thresholds.ts";

const measured = detectors.filter((one) => one.looksAt !== "reported");

describe("a detector in words", () => {
  it.each(measured.map((one) => [one.id, one] as const))("%s names the value of each of its thresholds", (id, one) => {
    for (const key of Object.keys(one.defaults)) {
      const { least, most } = thresholdBounds[key as keyof typeof thresholdBounds];
      const [low, high] = [least, most].map((value) => detectorRule(id, { ...one.defaults, [key]: value }));
      expect(low, `${key} changes nothing in the words`).not.toBe(high);
    }
  });

  it.each(measured.map((one) => [one.id, one] as const))("%s gives each threshold a name and a meaning", (id, one) => {
    const fields = Object.keys(one.defaults).map((key) => threshold(id, key));
    expect(fields.filter(({ label, meaning }) => label === "" || !meaning.endsWith("."))).toEqual([]);
    expect(new Set(fields.map(({ label }) => label)).size).toBe(fields.length);
  });

  it("is shipped with values within the bounds of its thresholds", () => {
    for (const { id, defaults } of measured)
      for (const [key, value] of Object.entries(defaults)) {
        const { least, most } = thresholdBounds[key as keyof typeof thresholdBounds];
        expect(value >= least && value <= most, `${id} ${key}`).toBe(true);
      }
  });

  it("says a rule as staff say it, with units", () => {
    const { defaults = {} } = detectors.find((one) => one.id === "dead_token_use") ?? {};
    expect(detectorRule("dead_token_use", defaults)).toBe(
      "Flags a token that is called at least 100 times within 60 minutes after it was revoked or expired.",
    );
  });
});
