import { describe, expect, it } from "vitest";
import {
  formatCompact,
  formatCount,
  formatDuration,
  formatDurationShort,
  formatMilliseconds,
  formatPercent,
} from "./format.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("numbers", () => {
  it("keeps counts exact with separators", () => {
    expect(formatCount(12_408)).toBe("12,408");
    expect(formatCount(0)).toBe("0");
  });

  it.each([
    [99_999, "99,999"],
    [100_000, "100 k"],
    [999_499, "999 k"],
    [999_500, "1 M"],
    [1_234_567, "1.2 M"],
    [9_960_000, "10 M"],
    [1_500_000_000, "1.5 G"],
  ])("shortens %i to %s", (value, text) => {
    expect(plain(formatCompact(value))).toBe(text);
  });

  it.each([
    [0, "0 %"],
    [0.000_02, "< 0.1 %"],
    [0.003_1, "0.3 %"],
    [0.26, "26 %"],
    [0.987, "99 %"],
    [0.996, "99.6 %"],
    [0.999_9, "> 99.9 %"],
    [1, "100 %"],
  ])("prints the ratio %f as %s, never all for nearly all", (ratio, text) => {
    expect(plain(formatPercent(ratio))).toBe(text);
  });
});

describe("durations", () => {
  it.each([
    [0, "0 s"],
    [38, "38 s"],
    [42_480, "11 h 48 min"],
    [3_600, "1 h"],
    [86_400, "1 day"],
    [259_200 + 60, "3 days"],
    [93_600, "1 day 2 h"],
  ])("says %i seconds as %s", (seconds, text) => {
    expect(plain(formatDuration(seconds))).toBe(text);
  });

  it.each([
    [16.6, "17 ms"],
    [9_999, "9,999 ms"],
    [85_679, "1 min 26 s"],
  ])("says that %d milliseconds are %s", (milliseconds, text) => {
    expect(plain(formatMilliseconds(milliseconds))).toBe(text);
  });

  it("rounds the short form down, so that 119 seconds is not yet two minutes", () => {
    expect(plain(formatDurationShort(119))).toBe("1 min");
    expect(plain(formatDurationShort(90_000))).toBe("1 day");
  });
});
