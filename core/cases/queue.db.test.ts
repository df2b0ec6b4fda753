import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
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

  it("is narrowed by severity, reason, age, assignee, plan and standing, each by itself and together", async () => {
    const found = async (filter: Parameters<typeof listCases>[1]) =>
      namesOf((await listCases({ ...agent }, filter)).cases);
    expect(await found({ severity: 2 })).toEqual(["Severe"]);
    expect((await found({ reasonCode: "probing", openForHours: 7 })).sort()).toEqual(["Case 1", "Case 2"]);
    expect(await found({ reasonCode: "spam" })).toEqual([]);
    const [whole] = (await listCases({ ...agent }, { search: "Case 5" })).cases;
    const accountId = whole?.accountId ?? "";
    expect(await found({ standing: "throttled" })).toEqual([]);
    const terms = { reasonCode: "probing" as const, publicText: "Many wrong paths.", internalNote: "see" };
    await imposeAction({ ...agent }, { accountId, ...terms, type: "throttle", factor: 0.5, durationHours: 1 });
    expect(await found({ standing: "throttled" })).toEqual(["Case 5"]);
    expect(await found({ standing: "good", severity: 1, search: "Case" })).toHaveLength(7);
    const userId = "userId" in agent.actor ? agent.actor.userId : "";
    // Acting in a case claims it.
    expect(await found({ assigneeUserId: userId })).toEqual(["Case 5"]);
    await test.sql`insert into plan (name, quota_per_day) values ('Rare', 10)`;
    const [rare] = await test.sql<{ id: number }[]>`
      update account set plan_id = (select id from plan where name = 'Rare') where id = ${accountId} returning plan_id as id`;
    expect(await found({ planId: rare?.id ?? 0 })).toEqual(["Case 5"]);
    expect(await found({ planId: rare?.id ?? 0, standing: "good" })).toEqual([]);
    await test.sql`update abuse_case set assignee_user_id = null where account_id = ${accountId}`;
  });

  it("comes by age where that is asked for", async () => {
    const of = async (order: "oldest" | "newest") =>
      namesOf((await listCases({ ...agent }, { order, limit: 2 })).cases);
    expect(await of("oldest")).toEqual(["Case 1", "Case 2"]);
    expect(await of("newest")).toEqual(["Severe", "Case 8"]);
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
