import { describe, expect, it } from "vitest";
import {
  compact,
  count,
  duration,
  durationShort,
  list,
  longDuration,
  milliseconds,
  percent,
  percentTo,
  plural,
} from "./numbers.ts";

const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("numbers", () => {
  it("keeps counts exact with separators", () => {
    expect(count(12_408)).toBe("12,408");
    expect(count(0)).toBe("0");
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
    expect(plain(compact(value))).toBe(text);
  });

  it.each([
    [0, "0%"],
    [0.000_02, "<0.1%"],
    [0.003_1, "0.3%"],
    [0.26, "26%"],
    [0.987, "99%"],
    [0.996, "99.6%"],
    [0.999_9, ">99.9%"],
    [1, "100%"],
  ])("prints the ratio %f as %s, never all for nearly all", (ratio, text) => {
    expect(plain(percent(ratio))).toBe(text);
  });
});

describe("words beside numbers", () => {
  it("takes the plural form that the language asks for", () => {
    const forms = { one: "account", other: "accounts" };
    expect([0, 1, 2, 3_000].map((value) => plural(value, forms))).toEqual([
      "0 accounts",
      "1 account",
      "2 accounts",
      "3,000 accounts",
    ]);
  });

  it("joins a list the way a sentence does", () => {
    expect([["a"], ["a", "b"], ["a", "b", "c"]].map(list)).toEqual(["a", "a and b", "a, b and c"]);
  });

  it("keeps rates apart that lie close together", () => {
    expect([0.001, 0.004_12, 0.1].map((ratio) => percentTo(2, ratio))).toEqual(["0.1%", "0.41%", "10%"]);
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
    expect(plain(duration(seconds))).toBe(text);
  });

  it.each([
    [16.6, "17 ms"],
    [9_999, "9,999 ms"],
    [85_679, "1 min 26 s"],
  ])("says that %d milliseconds are %s", (value, text) => {
    expect(plain(milliseconds(value))).toBe(text);
  });

  it.each([
    [900, "15 minutes"],
    [3_600, "1 hour"],
    [86_400, "1 day"],
    [5_400, "90 minutes"],
  ])("says %i seconds that were chosen as %s", (seconds, text) => {
    expect(longDuration(seconds)).toBe(text);
  });

  it("rounds the short form down, so that 119 seconds is not yet two minutes", () => {
    expect(plain(durationShort(119))).toBe("1 min");
    expect(plain(durationShort(90_000))).toBe("1 day");
  });
});
