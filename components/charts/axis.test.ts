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

  it("names the days of a month by date, where a weekday would come again", () => {
    const sixHours = Array.from({ length: 120 }, (_, n) => ({ at: new Date(start + n * 21_600_000).toISOString() }));
    const print = axisFormatter(21_600, 120 * 21_600, "utc");
    const labels = tickIndexes(sixHours, 21_600, 340, "utc").map((index) => print(sixHours[index]?.at ?? ""));
    expect(labels).toEqual(["30 Nov", "7 Dec", "14 Dec", "21 Dec"]);
    expect(axisFormatter(3_600, 168 * 3_600, "utc")("2026-11-24T00:00:00Z")).toBe("Tue 00:00");
  });

  it("prints a day with its year: a table of 13 months holds it twice", () => {
    expect(bucketFormatter(86_400, "UTC")("2025-11-24T00:00:00Z")).toBe("Mon, 24 Nov 2025");
  });

  it("tells the two hours apart that a clock shows twice, and skips the one it leaves out", () => {
    const plain = (text: string) => text.replaceAll(/[\u2009\u202f]/g, " ").replaceAll(/\s?–\s?/g, "–");
    const newYork = bucketFormatter(3_600, "America/New_York");
    // 1 November 2026: 01:00 comes twice, an hour of UTC apart.
    expect(plain(newYork("2026-11-01T05:00:00Z"))).toMatch(/01:00 GMT-4–01:00 GMT-5$/);
    expect(plain(newYork("2026-11-01T06:00:00Z"))).toMatch(/01:00–02:00$/);
    // 8 March 2026: 02:00 does not exist.
    expect(plain(newYork("2026-03-08T06:00:00Z"))).toMatch(/01:00 GMT-5–03:00 GMT-4$/);
    // A quarter of an hour off, all year.
    expect(plain(bucketFormatter(3_600, "Asia/Kathmandu")("2026-11-01T05:00:00Z"))).toMatch(/10:45–11:45$/);
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
