import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTime } from "./read-time.ts";

const iso = (text: string, means: "beginning" | "end" = "beginning") => {
  const ms = readTime(text, means);
  return ms === null ? null : new Date(ms).toISOString();
};

describe("a time as text", () => {
  it.each([
    ["2026-12-01T10:00:00Z", "2026-12-01T10:00:00.000Z"],
    ["2026-12-01t10:00:00z", "2026-12-01T10:00:00.000Z"],
    ["2026-12-01 10:00:00.5+01:30", "2026-12-01T08:30:00.500Z"],
    ["2026-12-01T00:30-02:00", "2026-12-01T02:30:00.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    ["0099-01-01T00:00:00Z", "0099-01-01T00:00:00.000Z"],
  ])("%s is %s", (text, expected) => expect(iso(text)).toBe(expected));

  it("as a date alone is the whole day: an end is the next day's first moment", () => {
    expect(iso("2026-12-01", "beginning")).toBe("2026-12-01T00:00:00.000Z");
    expect(iso("2026-12-01", "end")).toBe("2026-12-02T00:00:00.000Z");
  });

  it.each([
    "12/01/2026",
    "1",
    "Dec 2026",
    "2027-02-29T00:00:00Z",
    "2026-02-30",
    "2026-13-01",
    "2026-00-10",
    "2026-12-01T00:00:00",
    "2026-12-01 00:00",
    "2026-12-01T24:00:00Z",
    "2026-12-01T10:60:00Z",
    "2026-12-01T10:00:00+25:00",
    "2026-12-01T10:00:00Z x",
    "20261201T100000Z",
    "",
  ])("%j is none", (text) => expect(readTime(text, "end")).toBeNull());

  it("comes back as it was written", () => {
    const years = { min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        expect(readTime(date.toISOString(), "beginning")).toBe(date.getTime());
      }),
    );
  });
});
