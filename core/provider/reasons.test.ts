import { describe, expect, it } from "vitest";
import { publicTextOf, reasons } from "../rules/standing/reasons.ts";
import { reasonCodes } from "../rules/vocabulary.ts";
import { samplePolicy } from "./sample-provider.ts";

describe("each reason", () => {
  it.each(reasonCodes)("%s rests on a clause, and has a ladder, a text to fill in and a checklist", (code) => {
    const { clause, ladder, checklist, title } = reasons[code];
    expect(samplePolicy.clauses.map((one) => one.number)).toContain(clause);
    expect(ladder.length).toBeGreaterThan(0);
    expect(checklist.length).toBeGreaterThan(0);
    expect(title).not.toBe("");
    const text = publicTextOf(code, "412 of 500 requests");
    expect(text).toContain("412 of 500 requests");
    expect(text).not.toMatch(/\{\w+\}/);
  });
});
