import { describe, expect, it } from "vitest";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { reasons } from "../rules/standing/reasons.ts";
import { reasonCodes } from "../rules/vocabulary.ts";
import { samplePolicy } from "./sample-provider.ts";

describe("each reason", () => {
  it.each(reasonCodes)("%s rests on a clause, and has a ladder, a text to fill in and a checklist", (code) => {
    const { clause, ladder } = reasons[code];
    expect(samplePolicy.clauses.map((one) => one.number)).toContain(clause);
    expect(ladder.length).toBeGreaterThan(0);
    expect(deskWords.checklists[code].length).toBeGreaterThan(0);
    expect(words.reasons[code].title).not.toBe("");
    const text = words.publicText(code, "412 of 500 requests");
    expect(text).toContain("412 of 500 requests");
    expect(text).not.toMatch(/\{\w+\}/);
  });
});
