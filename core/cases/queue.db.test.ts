import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { claimCase } from "./claim-case.ts";
import { closeCase } from "./close-case.ts";
import { listCases } from "./list-cases.ts";
import { listWaitingCases } from "./list-waiting-cases.ts";

const hourMs = 3_600_000;
let test: TestDatabase;
let agent: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  agent = await staffCtx(test.db, "reviewer", "Agent");
  // Of the same weight, the older the more urgent; the last one is new and severe.
  for (let n = 1; n <= 8; n++) await openCase(`Case ${n}`, 1, 9 - n);
  await openCase("Severe", 3, 0);
});
afterAll(() => test.close());

async function openCase(name: string, severity: 1 | 3, hoursAgo: number) {
  const { accountId } = await accountWith(test.db, name);
  const then = new Date(testNow.getTime() - hoursAgo * hourMs);
  const signal = { ...probingSignal(accountId), severity };
  await recordSignals(jobCtx(test.db, "Detectors", then), { accountId, signals: [signal] });
}
const namesOf = (rows: readonly { accountName: string }[]) => rows.map((row) => row.accountName);

describe("the queue", () => {
  it("puts the most urgent of all open cases first, however many older ones there are", async () => {
    const { cases, total, next } = await listCases(agent, { limit: 3 });
    expect(namesOf(cases)[0]).toBe("Severe");
    expect(total).toBe(9);
    expect(next).toBe(3);
  });

  it("comes in parts that make the whole, each case once and in one order", async () => {
    const whole = await listCases({ ...agent }, { limit: 500 });
    const parts: string[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const part = await listCases({ ...agent }, { limit: 4, offset });
      parts.push(...namesOf(part.cases));
      offset = part.next;
    }
    expect(parts).toEqual(namesOf(whole.cases));
    expect(new Set(parts).size).toBe(9);
    expect(whole.cases.map((row) => row.priority)).toEqual(
      whole.cases.map((row) => row.priority).toSorted((a, b) => b - a),
    );
  });

  it("shows closed cases newest first, in parts too", async () => {
    for (const name of ["Case 7", "Case 8"]) {
      const { cases } = await listCases({ ...agent }, { search: name });
      const caseId = cases[0]?.id ?? "";
      await claimCase({ ...agent }, { caseId, version: 1 });
      const later = { ...agent, now: new Date(testNow.getTime() + (name === "Case 7" ? 1 : 2) * 1000) };
      await closeCase(later, { caseId, version: 2, outcome: "no_abuse" });
    }
    const first = await listCases({ ...agent }, { view: "closed", limit: 1 });
    expect([namesOf(first.cases), first.total, first.next]).toEqual([["Case 8"], 2, 1]);
    const second = await listCases({ ...agent }, { view: "closed", limit: 1, offset: 1 });
    expect([namesOf(second.cases), second.next]).toEqual([["Case 7"], null]);
  });
});

describe("the desk's lists", () => {
  it("tell how many wait, and show the most urgent and the oldest", async () => {
    const { cases } = await listCases({ ...agent }, { search: "Case 3" });
    await claimCase({ ...agent }, { caseId: cases[0]?.id ?? "", version: 1 });
    const { mine, unassigned, oldest } = await listWaitingCases({ ...agent }, {});
    expect([namesOf(mine.cases), mine.total]).toEqual([["Case 3"], 1]);
    expect([namesOf(unassigned.cases)[0], unassigned.cases.length, unassigned.total]).toEqual(["Severe", 6, 6]);
    expect(namesOf(oldest.cases).slice(0, 3)).toEqual(["Case 1", "Case 2", "Case 3"]);
    expect(oldest.total).toBe(7);
  });
});
