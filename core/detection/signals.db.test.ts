import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { closeCase } from "../cases/close-case.ts";
import { dismissFlag } from "../cases/dismiss-flag.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { recordSignals } from "./record-signals.ts";
import { settleFlags } from "./settle-flags.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: at(ms) });

let test: TestDatabase;
let agent: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  agent = await staffCtx(test.db, "reviewer");
});
afterAll(() => test.close());

const signal = (accountId: string, change: Partial<ReturnType<typeof probingSignal>> = {}, ms = 0) =>
  recordSignals(jobCtx(test.db, "Detectors", at(ms)), {
    accountId,
    signals: [{ ...probingSignal(accountId), ...change }],
  });
const flagsOf = (accountId: string) =>
  test.db
    .select({
      id: flag.id,
      state: flag.state,
      count: flag.count,
      severity: flag.severity,
      evidence: flag.evidence,
      lastSeenAt: flag.lastSeenAt,
      caseId: flag.caseId,
    })
    .from(flag)
    .where(eq(flag.accountId, accountId))
    .orderBy(asc(flag.firstSeenAt));
const casesOf = (accountId: string) =>
  test.db
    .select({
      id: abuseCase.id,
      state: abuseCase.state,
      version: abuseCase.version,
      before: abuseCase.previousCaseId,
    })
    .from(abuseCase)
    .where(eq(abuseCase.accountId, accountId))
    .orderBy(asc(abuseCase.openedAt));

describe("the same key again", () => {
  it("raises count, peak and last-seen of its flag, and another scope opens another", async () => {
    const { accountId } = await accountWith(test.db, "Again");
    await signal(accountId, { magnitude: 40, severity: 1 });
    await signal(accountId, { magnitude: 90, severity: 2 }, 2 * minute);
    await signal(accountId, { magnitude: 20, severity: 1 }, 4 * minute);
    const [one, ...more] = await flagsOf(accountId);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ count: 3, severity: 2, evidence: { magnitude: 90 }, lastSeenAt: at(4 * minute) });
    await signal(accountId, { scope: "account", scopeId: "another" }, 5 * minute);
    expect(await flagsOf(accountId)).toHaveLength(2);
    expect(await casesOf(accountId)).toHaveLength(1);
  });

  it.each([
    ["the same a day later", { magnitude: 90, severity: 1 }, day + minute, 1],
    ["twice its peak within the day", { magnitude: 180, severity: 1 }, day - minute, 1],
    ["twice its peak a day later", { magnitude: 180, severity: 1 }, day + minute, 2],
    ["more severe a day later", { magnitude: 1, severity: 2 }, day + minute, 2],
  ])("after a dismissal: %s", async (name, change, ms, flags) => {
    const { accountId } = await accountWith(test.db, name);
    await signal(accountId, { magnitude: 90, severity: 1 });
    await signal(accountId, { magnitude: 30, severity: 1 }, 2 * minute);
    const [first] = await flagsOf(accountId);
    await dismissFlag(agent, { flagId: first?.id ?? "", reason: "expected_load" });
    await signal(accountId, change, ms);
    expect(await flagsOf(accountId)).toHaveLength(flags);
  });
});

describe("a flag outside a case", () => {
  it("recovers when it is quiet for half an hour, opens again when seen, and expires after a day", async () => {
    const { accountId } = await accountWith(test.db, "Held");
    const heldReason = "A limit was changed.";
    const held = (ms: number) =>
      recordSignals(jobCtx(test.db, "Detectors", at(ms)), {
        accountId,
        signals: [{ ...probingSignal(accountId), heldReason }],
      });
    const stateAfter = async (ms: number) => {
      await settleFlags(jobCtx(test.db, "Detectors", at(ms)), {});
      return (await flagsOf(accountId))[0]?.state;
    };
    await held(0);
    expect(await stateAfter(30 * minute)).toBe("open");
    expect(await stateAfter(30 * minute + 1)).toBe("recovering");
    await held(hour);
    expect(await stateAfter(hour)).toBe("open");
    expect(await stateAfter(2 * hour)).toBe("recovering");
    expect(await stateAfter(hour + day)).toBe("recovering");
    expect(await stateAfter(hour + day + 1)).toBe("expired");
  });
});

describe("a case that is closed", () => {
  it("is not called no abuse while a measure of it goes on", async () => {
    const { accountId } = await accountWith(test.db, "Two answers");
    await signal(accountId);
    const [opened] = await casesOf(accountId);
    const caseId = opened?.id ?? "";
    const terms = { accountId, caseId, type: "throttle" as const, factor: 0.5, durationHours: 24 };
    const words = { reasonCode: "probing" as const, publicText: "Your token tries paths.", internalNote: "chart" };
    const { actionId } = await imposeAction(agent, { ...terms, ...words });
    const close = async () =>
      closeCase(agent, { caseId, version: (await casesOf(accountId))[0]?.version ?? 0, outcome: "no_abuse" });
    await expect(close()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("throttle") });
    await liftAction(agent, { actionId, reason: "It was expected." });
    await close();
  });

  it.each([
    ["no_abuse" as const, "dismissed"],
    ["our_fault" as const, "dismissed"],
    ["notice" as const, "expired"],
  ])("with %s leaves no flag that would take up what its detector says later: it is %s", async (outcome, state) => {
    const { accountId } = await accountWith(test.db, `Closed ${outcome}`);
    await signal(accountId);
    const other = { reasonCode: "other" as const, publicText: "Something else was wrong.", internalNote: "chart" };
    if (outcome === "notice") await imposeAction(agent, { accountId, type: outcome, ...other });
    const [opened] = await casesOf(accountId);
    await closeCase(agent, { caseId: opened?.id ?? "", version: opened?.version ?? 0, outcome });
    expect((await flagsOf(accountId)).map((one) => one.state)).toEqual([state]);
    await signal(accountId, { severity: 3 }, 25 * hour);
    expect((await flagsOf(accountId)).map((one) => one.state)).toEqual([state, "in_case"]);
    expect((await casesOf(accountId)).map((one) => one.state)).not.toContain("closed");
  });
});

describe("a new flag after its case was closed", () => {
  it.each([
    ["reopens it within 14 days", 14 * day - minute, 1],
    ["opens a new one later, which names the one before", 14 * day, 2],
  ])("%s", async (name, ms, cases) => {
    const { accountId } = await accountWith(test.db, name);
    await signal(accountId);
    const [first] = await casesOf(accountId);
    await dismissFlag(agent, { flagId: (await flagsOf(accountId))[0]?.id ?? "", reason: "broken_client" });
    const [open] = await casesOf(accountId);
    await closeCase(later(agent, 0), { caseId: first?.id ?? "", version: open?.version ?? 0, outcome: "no_abuse" });
    await signal(accountId, { severity: 3 }, ms);
    const found = await casesOf(accountId);
    expect(found).toHaveLength(cases);
    expect(found.at(-1)).toMatchObject({ state: "new", before: cases === 1 ? null : first?.id });
  });
});
