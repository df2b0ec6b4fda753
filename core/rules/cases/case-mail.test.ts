import { describe, expect, it } from "vitest";
import { type CaseMailFacts, caseMailDue } from "./case-mail.ts";

const minute = 60_000;
const facts: CaseMailFacts = { openedAtMs: 0, mailedAtMs: null, lastSignalAtMs: 0, isWaiting: true };
const due = (more: Partial<CaseMailFacts>, minutes: number) => caseMailDue({ ...facts, ...more }, minutes * minute);

describe("mail to staff about a case", () => {
  it("waits five minutes for the first, so that what belongs together comes together", () => {
    expect([due({}, 4.9), due({}, 5)]).toEqual([null, "new"]);
  });

  it("is an update at most every fifteen minutes, and only of something new", () => {
    const mailed = { mailedAtMs: 5 * minute, lastSignalAtMs: 8 * minute };
    expect([due(mailed, 19.9), due(mailed, 20)]).toEqual([null, "update"]);
    for (const seen of [4, 5]) expect(due({ ...mailed, lastSignalAtMs: seen * minute }, 300)).toBeNull();
  });

  it("reminds after a day of what nobody has taken, and not of what somebody works on", () => {
    const mailed = { mailedAtMs: 5 * minute };
    expect([due(mailed, 24 * 60), due(mailed, 24 * 60 + 5)]).toEqual([null, "reminder"]);
    expect(due({ ...mailed, isWaiting: false }, 3 * 24 * 60)).toBeNull();
  });
});
