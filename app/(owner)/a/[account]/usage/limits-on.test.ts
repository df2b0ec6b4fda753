import { describe, expect, it } from "vitest";
import { limitsOn } from "./limits-on.ts";

const day = 86_400_000;
const history = {
  quota: [
    { value: 1_000, fromMs: 0, untilMs: day },
    { value: null, fromMs: day, untilMs: 2 * day },
    { value: 5_000, fromMs: 2 * day, untilMs: 3 * day },
  ],
  rate: null,
  windowSeconds: null,
};

describe("the limits drawn over bars", () => {
  it("are the quota of each day, where a bar is a day; a day without a limit has no line", () => {
    expect(limitsOn(86_400, history, { isOfToken: false })).toEqual([
      { label: "quota", value: 1_000, from: "1970-01-01T00:00:00.000Z", until: "1970-01-02T00:00:00.000Z" },
      { label: "quota", value: 5_000, from: "1970-01-03T00:00:00.000Z", until: "1970-01-04T00:00:00.000Z" },
    ]);
  });

  it("are none that the bars cannot be compared with", () => {
    expect(limitsOn(3_600, history, { isOfToken: false })).toEqual([]);
    expect(limitsOn(86_400, history, { isOfToken: true })).toEqual([]);
    const rate = [{ value: 120, fromMs: 0, untilMs: day }];
    expect(limitsOn(900, { ...history, rate, windowSeconds: 60 }, { isOfToken: false })).toEqual([]);
    expect(limitsOn(60, { ...history, rate, windowSeconds: 60 }, { isOfToken: true })).toMatchObject([
      { label: "limit", value: 120 },
    ]);
    expect(limitsOn(86_400, { ...history, rate, windowSeconds: 60 }, { isOfToken: false })).toEqual([]);
  });
});
