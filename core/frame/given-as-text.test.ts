import { describe, expect, it } from "vitest";
import { z } from "zod";
import { endOrText, numberOrText, timeOrText } from "./given-as-text.ts";
import { inputError } from "./input-error.ts";

const hours = numberOrText(z.number().int().max(24));
const said = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input, { error: inputError }).error?.issues[0]?.message;

describe("a number or its text", () => {
  it("takes both, in the bounds it has", () => {
    expect([hours.parse(3), hours.parse("3"), hours.parse(" 0 ")]).toEqual([3, 3, 0]);
    expect(said(hours, "25")).toBe("Must be at most 24.");
  });

  it.each([null, undefined])("says of %s that it is required", (given) => {
    expect(said(hours, given)).toBe("This is required.");
  });

  it.each([[[]], [["3"]], [true], [""], [" "], ["three"], [{}]])("refuses %j", (given) => {
    expect(said(hours, given)).toBe("Must be a number.");
  });

  it("may be left out where there is a default, and only left out", () => {
    const limit = hours.default(24);
    expect(limit.parse(undefined)).toBe(24);
    expect(said(limit, null)).toBe("This is required.");
  });
});

describe("a time or its text", () => {
  it("takes both", () => {
    const at = new Date("2026-11-24T12:00:00Z");
    expect([timeOrText().parse(at), timeOrText().parse("2026-11-24T12:00:00Z")]).toEqual([at, at]);
  });

  it.each([[[]], [true], [""], ["soon"], [0], [1_764_547_200]])("refuses %j", (given) => {
    expect(said(timeOrText(), given)).toBe(
      "Must be a time with its zone, like 2026-11-24T12:00:00Z, or a date, like 2026-11-24.",
    );
  });

  it("refuses a year that the database does not have", () => {
    expect(said(timeOrText(), "0000-01-01")).toMatch(/year/);
  });

  it.each(["-271821-04-20", "-000001-01-01T00:00:00Z", "+010000-01-01T00:00:00Z", "12/01/2026", "2026-12-01T00:00:00"])(
    "refuses %s",
    (given) => expect(said(timeOrText(), given)).toMatch(/with its zone/),
  );

  it("as the end of something takes a date for the whole day", () => {
    expect(endOrText().parse("2026-12-01")).toEqual(new Date("2026-12-02T00:00:00Z"));
    expect(timeOrText().parse("2026-12-01")).toEqual(new Date("2026-12-01T00:00:00Z"));
  });
});
