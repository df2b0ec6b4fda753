import { describe, expect, it } from "vitest";
import { axisFormatter, bucketFormatter, tickIndexes } from "./axis-time.ts";
import { valueTicks } from "./value-ticks.ts";

const start = Date.UTC(2026, 10, 24, 11, 12);
const minutes = Array.from({ length: 60 }, (_, n) => ({ at: new Date(start + n * 60_000).toISOString() }));

describe("time axis", () => {
  it("puts ticks at round times only, and no more than fit", () => {
    const ticks = tickIndexes(minutes, 60, 500, "utc").map((index) => minutes[index]?.at.slice(14, 16));
    expect(ticks).toEqual(["20", "30", "40", "50", "00", "10"]);
  });

  it("names a day by its UTC date in every zone", () => {
    expect(axisFormatter(86_400, 86_400 * 30, "viewer")("2026-11-24T00:00:00Z")).toBe("24 Nov");
  });

  it("prints a bucket as its whole span", () => {
    expect(bucketFormatter(60, "UTC")("2026-11-24T12:05:00Z").replaceAll("\u2009", " ")).toMatch(/12:05\s?–\s?12:06/);
  });
});

describe("value axis", () => {
  it.each([
    [0, 4],
    [3, 4],
    [225, 240],
    [240, 240],
    [241, 320],
    [109_000, 120_000],
  ])("covers %i with five round ticks up to %i", (top, last) => {
    const ticks = valueTicks(top);
    expect(ticks).toHaveLength(5);
    expect(ticks.at(-1)).toBe(last);
    expect(ticks.every(Number.isInteger)).toBe(true);
  });
});
