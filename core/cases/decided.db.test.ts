import { and, eq, inArray, sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { detect } from "../detection/detect.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { approveAction } from "../enforcement/approve-action.ts";
import { cancelAction } from "../enforcement/cancel-action.ts";
import { getEvidence } from "../enforcement/get-evidence.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import { undoAction } from "../enforcement/undo-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { acknowledgeNotice } from "../notices/acknowledge-notice.ts";
import { listNotices } from "../notices/list-notices.ts";
import { listSent } from "../notices/list-sent.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { claimCase } from "./claim-case.ts";
import { closeCase } from "./close-case.ts";
import { dismissFlag } from "./dismiss-flag.ts";
import { getAccountRecord } from "./get-account-record.ts";
import { getCase } from "./get-case.ts";
import { muteFlag } from "./mute-flag.ts";

/** What is decided stays decided: no evidence is held against somebody twice, and no record contradicts another. */

const minute = 60_000;
const hour = 60 * minute;
const log = logger("test");
const at = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: at(ms) });

let test: TestDatabase;
let mia: Ctx;
let lee: Ctx;
let sol: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${at(-24 * hour)}, ${at(48 * hour)})`);
  mia = await staffCtx(test.db, "reviewer", "Mia");
  lee = await staffCtx(test.db, "lead", "Lee");
  sol = await staffCtx(test.db, "support", "Sol");
});
afterAll(() => test.close());

const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client calls too often.",
  internalNote: "See the chart.",
};
const casesOf = (accountId: string) =>
  test.db
    .select({ id: abuseCase.id, state: abuseCase.state, version: abuseCase.version, outcome: abuseCase.outcome })
    .from(abuseCase)
    .where(eq(abuseCase.accountId, accountId));
const flagsOf = (accountId: string) =>
  test.db
    .select({ id: flag.id, state: flag.state, detector: flag.detector, summary: flag.summary })
    .from(flag)
    .where(eq(flag.accountId, accountId));

async function openCase(name: string) {
  const { accountId } = await accountWith(test.db, name);
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
  const [opened] = await casesOf(accountId);
  if (!opened) throw new Error("no case");
  return { accountId, caseId: opened.id };
}
const versionOf = async (caseId: string) => (await getCase(lee, { caseId })).version;
const close = async (ctx: Ctx, caseId: string, outcome: Parameters<typeof closeCase>[1]["outcome"]) =>
  closeCase(ctx, { caseId, version: await versionOf(caseId), outcome });

describe("evidence that was answered", () => {
  async function abuser(name: string) {
    const { accountId, memberCtx } = await accountWith(test.db, name);
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "cron" });
    const use = (outcome: string, requests: number, ms: number) =>
      test.db.insert(usageMinute).values({
        ...{ accountId, tokenId, endpointId: 1, surface: "http", outcome, requests, spent: 0 },
        at: new Date(Math.floor(at(ms).getTime() / minute) * minute),
      });
    await use("allowed", 200, -minute);
    await use("rate_limited", 300, -minute);
    await detect(test.db, testNow, log);
    const [opened] = await casesOf(accountId);
    if (!opened) throw new Error("no case");
    return { accountId, tokenId, use, caseId: opened.id };
  }
  const looksAgain = async (accountId: string) => {
    for (const ms of [2 * minute, 5 * minute, 30 * minute]) await detect(test.db, at(ms), log);
    const [found] = await casesOf(accountId);
    return { state: found?.state, flags: (await flagsOf(accountId)).length };
  };

  it.each([
    ["a notice", { type: "notice" as const }, "notice" as const],
    ["a throttle", { type: "throttle" as const, factor: 0.5, durationHours: 24 }, "throttled" as const],
  ])("by %s raises no flag again, and the closed case stays closed", async (name, terms, outcome) => {
    const { accountId, caseId } = await abuser(`Answered by ${name}`);
    await imposeAction(mia, { accountId, caseId, ...facts, ...terms });
    await close(later(mia, minute), caseId, outcome);
    expect(await looksAgain(accountId)).toEqual({ state: "closed", flags: 1 });
  });

  it("by a pause of its token raises no flag on the paused token", async () => {
    const { accountId, tokenId, caseId } = await abuser("Answered by a pause");
    await imposeAction(mia, { accountId, caseId, type: "token_pause", tokenId, durationHours: 24, ...facts });
    await close(later(mia, minute), caseId, "token_paused");
    expect(await looksAgain(accountId)).toEqual({ state: "closed", flags: 1 });
  });

  it("by a closed case raises no flag again, whatever the outcome said of it", async () => {
    const { accountId, caseId } = await abuser("Answered by closing");
    await close(later(mia, minute), caseId, "broken_client_helped");
    expect(await looksAgain(accountId)).toEqual({ state: "closed", flags: 1 });
  });

  it("is told apart from what came after: only that is counted, and the flag says since when", async () => {
    const { accountId, caseId, use } = await abuser("Goes on");
    await imposeAction(mia, { accountId, caseId, type: "notice", ...facts });
    await close(later(mia, minute), caseId, "notice");
    // Later than the flags of the other tests, which together would look like a fault of ours.
    await use("allowed", 100, 20 * minute);
    await use("rate_limited", 150, 20 * minute);
    await detect(test.db, at(22 * minute), log);
    const raised = (await flagsOf(accountId)).find(({ state }) => state === "in_case");
    expect(raised?.summary).toMatch(/150 of 250 requests; counted since the last decision/);
    expect((await casesOf(accountId))[0]?.state).toBe("new");
  });

  it("is not answered by an owner who acknowledges a notice about something else", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Acknowledges");
    const owner = await memberCtx("owner");
    const { actionId } = await imposeAction(mia, {
      ...{ accountId, type: "notice", ...facts, reasonCode: "spam" },
    });
    const { tokenId } = await createToken(owner, { name: "cron" });
    const row = { accountId, tokenId, endpointId: 1, surface: "http", spent: 0 };
    const start = new Date(Math.floor(at(40 * minute).getTime() / minute) * minute);
    await test.db.insert(usageMinute).values([
      { ...row, at: start, outcome: "allowed", requests: 200 },
      { ...row, at: start, outcome: "rate_limited", requests: 300 },
    ]);
    const [notice] = await listNotices(owner, {});
    expect(notice?.actionId).toBe(actionId);
    await acknowledgeNotice(later(owner, 43 * minute), { noticeId: notice?.id ?? "" });
    await detect(test.db, at(44 * minute), log);
    expect((await flagsOf(accountId)).map(({ detector }) => detector)).toEqual(["rate_excess"]);
  });
});

describe("a case that was answered", () => {
  it("weighs nothing in the queue: only what nobody has decided does", async () => {
    const { accountId, caseId } = await openCase("Weighs nothing");
    const before = (await getCase(lee, { caseId })).score;
    await imposeAction(mia, { accountId, caseId, type: "notice", ...facts, reasonCode: "probing" });
    expect(before).toBeGreaterThan(0);
    expect((await getCase(lee, { caseId })).score).toBe(0);
  });

  it("is closed with what happened, and with nothing else", async () => {
    const { accountId, caseId } = await openCase("What happened");
    await expect(close(mia, caseId, "terminated")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("No termination"),
    });
    await imposeAction(mia, { accountId, type: "throttle", factor: 0.5, durationHours: 24, ...facts });
    expect((await getCase(lee, { caseId })).outcomes).toEqual({
      proposed: "throttled",
      possible: ["broken_client_helped", "throttled"],
    });
    await close(mia, caseId, "throttled");
  });

  it("is not closed while an action waits that was proposed before the case was opened", async () => {
    const { accountId } = await accountWith(test.db, "Proposed before");
    await imposeAction(mia, { accountId, type: "suspension", forGood: true, ...facts });
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
    const [opened] = await casesOf(accountId);
    await expect(close(mia, opened?.id ?? "", "no_abuse")).rejects.toMatchObject({
      message: expect.stringContaining("waiting for approval"),
    });
  });

  it.each<[string, (ctx: Ctx, accountId: string) => Promise<unknown>]>([
    [
      "cancelled before it began",
      async (ctx, accountId) => {
        const throttle = {
          accountId,
          type: "throttle" as const,
          factor: 0.5,
          ...facts,
          reasonCode: "probing" as const,
        };
        const ahead = { effectiveAt: at(24 * hour), endsAt: at(48 * hour) };
        const { actionId } = await imposeAction(ctx, { ...throttle, ...ahead });
        return cancelAction(later(ctx, 10 * minute), { actionId, reason: "They called us." });
      },
    ],
    [
      "approved and then undone",
      async (ctx, accountId) => {
        const forGood = {
          accountId,
          type: "suspension" as const,
          forGood: true,
          ...facts,
          reasonCode: "probing" as const,
        };
        const { actionId } = await imposeAction(ctx, forGood);
        await approveAction(later(lee, 10_000), { actionId });
        return undoAction(later(ctx, 20_000), { actionId });
      },
    ],
  ])("asks its flags again when the action was %s", async (name, act) => {
    const { accountId } = await openCase(`Asks again: ${name}`);
    await act(mia, accountId);
    expect((await flagsOf(accountId)).map(({ state }) => state)).toEqual(["in_case"]);
  });

  it("is not closed while an action waits for a second person", async () => {
    const { accountId, caseId } = await openCase("Waits");
    const { actionId } = await imposeAction(mia, { accountId, caseId, type: "suspension", forGood: true, ...facts });
    await expect(close(mia, caseId, "no_abuse")).rejects.toMatchObject({
      message: expect.stringContaining("waiting for approval"),
    });
    await cancelAction(mia, { actionId, reason: "They called us." });
    await close(mia, caseId, "no_abuse");
  });

  it("and opened again is answered by what is done in this round, and the next seal holds this round's flags", async () => {
    const { accountId, caseId } = await openCase("Two rounds");
    const probing = { ...facts, reasonCode: "probing" as const };
    const throttle = { type: "throttle" as const, factor: 0.5, durationHours: 24 * 30 };
    await imposeAction(mia, { accountId, ...throttle, ...probing });
    await close(mia, caseId, "throttled");
    const day = 10 * 24 * hour;
    const again = jobCtx(test.db, "Detectors", at(day));
    const signal = { ...probingSignal(accountId), summary: "Round two" };
    await recordSignals(again, { accountId, signals: [signal] });
    expect((await getCase(lee, { caseId })).outcomes).toEqual({
      proposed: null,
      possible: ["no_abuse", "broken_client_helped", "duplicate", "our_fault"],
    });
    const { actionId } = await imposeAction(later(mia, day + minute), { accountId, type: "notice", ...probing });
    const { evidence } = await getEvidence(later(lee, day + minute), { actionId });
    expect(evidence?.flags.map(({ summary }) => summary)).toEqual(["Round two"]);
    expect((await getCase(lee, { caseId })).outcomes.proposed).toBe("notice");
  });

  it("keeps a proposal of an older version from being approved against its outcome", async () => {
    const { accountId, caseId } = await openCase("Against");
    const { actionId } = await imposeAction(mia, { accountId, caseId, type: "suspension", forGood: true, ...facts });
    await test.db
      .update(abuseCase)
      .set({ state: "closed", outcome: "no_abuse", closedAt: testNow })
      .where(eq(abuseCase.id, caseId));
    await expect(approveAction(lee, { actionId })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("says otherwise"),
    });
  });
});

describe("one person", () => {
  const emergency = { type: "suspension" as const, durationHours: 24, emergency: true, ...facts };

  it("does not renew their emergency by replacing it", async () => {
    const { accountId } = await accountWith(test.db, "Renewed");
    const first = await imposeAction(sol, { accountId, ...emergency });
    const again = await imposeAction(later(sol, 5 * minute), {
      ...{ accountId, ...emergency, replacesActionId: first.actionId },
    });
    expect(again.lapsesAt).toEqual(first.lapsesAt);
  });

  it.each<[string, (actionId: string, accountId: string) => Promise<unknown>, number]>([
    ["lapsed", async () => {}, 25 * hour],
    [
      "was lifted just before",
      (actionId) => liftAction(later(lee, 23 * hour), { actionId, reason: "For a moment." }),
      23 * hour + minute,
    ],
    [
      "gave way to a mild throttle",
      (replacesActionId, accountId) =>
        imposeAction(later(lee, 23 * hour), {
          ...{ accountId, type: "throttle", factor: 0.9, durationHours: 24, replacesActionId, ...facts },
        }),
      23 * hour + minute,
    ],
  ])("does not suspend an account by the emergency lane again after one that %s", async (name, end, ms) => {
    const { accountId } = await accountWith(test.db, `Again: ${name}`);
    const { actionId } = await imposeAction(sol, { accountId, ...emergency });
    await end(actionId, accountId);
    for (const [ctx, terms] of [
      [sol, emergency],
      [lee, { ...emergency, forGood: true, durationHours: undefined }],
      [sol, { ...emergency, surface: "http" }],
    ] as const)
      await expect(imposeAction(later(ctx, ms), { accountId, ...terms })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("no second person confirmed"),
      });
    const proposed = await imposeAction(later(mia, ms), { accountId, type: "suspension", forGood: true, ...facts });
    expect(proposed.state).toBe("pending_approval");
  });
});

describe("an act", () => {
  it("from the account's page joins the open case, answers its flags and claims it", async () => {
    const { accountId, caseId } = await openCase("Joined");
    await imposeAction(mia, { accountId, type: "notice", ...facts, reasonCode: "probing" });
    expect(await getCase(lee, { caseId })).toMatchObject({ state: "assigned", assigneeName: "Mia" });
    expect((await flagsOf(accountId)).map(({ state }) => state)).toEqual(["confirmed"]);
    expect(await getAccountRecord(lee, { accountId })).toMatchObject({
      cases: [{ id: caseId, state: "assigned", assigneeName: "Mia" }],
      appeals: [],
      reports: [],
    });
    expect(await listSent(lee, { accountId })).toMatchObject([{ acknowledgedAt: null }]);
  });

  it("beside a colleague who holds the case says so first", async () => {
    const { accountId, caseId } = await openCase("Held by Mia");
    await claimCase(mia, { caseId, version: await versionOf(caseId) });
    const notice = { accountId, caseId, type: "notice" as const, ...facts };
    await expect(imposeAction(lee, notice)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Mia is working on this case"),
    });
    await imposeAction(lee, { ...notice, besideHolder: true });
    expect((await getCase(lee, { caseId })).assigneeName).toBe("Mia");
    await imposeAction(later(lee, 11 * minute), { ...notice, publicText: "Ten minutes later nobody holds it." });
  });

  it.each<[string, (caseId: string, flagId: string) => Promise<unknown>]>([
    ["closing it", (caseId) => close(lee, caseId, "duplicate")],
    ["dismissing a flag", (_, flagId) => dismissFlag(lee, { flagId, reason: "duplicate" })],
    ["muting a flag", (_, flagId) => muteFlag(lee, { flagId, days: 1, reason: "for a day" })],
  ])("of %s is of whoever holds the case", async (name, act) => {
    const { accountId, caseId } = await openCase(`Decides: ${name}`);
    const [raised] = await flagsOf(accountId);
    await claimCase(mia, { caseId, version: await versionOf(caseId) });
    await expect(act(caseId, raised?.id ?? "")).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Mia is working on this case"),
    });
    await claimCase(lee, { caseId, version: await versionOf(caseId), takesOver: true });
    await act(caseId, raised?.id ?? "");
  });

  it("of taking a case over is meant, and the timeline names who had it", async () => {
    const { caseId } = await openCase("Taken over");
    await claimCase(mia, { caseId, version: await versionOf(caseId) });
    const taken = { caseId, version: await versionOf(caseId) };
    await expect(claimCase(lee, taken)).rejects.toMatchObject({ message: expect.stringContaining("Ask them first") });
    await claimCase(lee, { ...taken, takesOver: true });
    const { timeline, assigneeName } = await getCase(lee, { caseId });
    expect(assigneeName).toBe("Lee");
    expect(timeline[0]).toMatchObject({ type: "case.taken_over", data: { from: "Mia" } });
  });

  it("that loses a race is told who was first, and when", async () => {
    const { caseId } = await openCase("Race");
    const version = await versionOf(caseId);
    const ways = await Promise.allSettled(
      [mia, sol].map((ctx, place) => claimCase(later(ctx, (place + 1) * minute), { caseId, version, takesOver: true })),
    );
    const holder = (await getCase(lee, { caseId })).assigneeName;
    const refused = ways.find((one) => one.status === "rejected");
    expect(String(refused?.reason?.message)).toContain(`${holder} changed this case`);
  });
});

it("no order of detectors and decisions leaves an open flag in a closed case", { timeout: 120_000 }, async () => {
  const { accountId } = await accountWith(test.db, "Any order");
  const act = fc.constantFrom("signal", "close", "dismiss", "mute", "notice");
  let ms = 0;
  const run = async (what: string, ctx: Ctx): Promise<unknown> => {
    const [open] = (await casesOf(accountId)).filter(({ state }) => state !== "closed");
    const [undecided] = (await flagsOf(accountId)).filter(({ state }) => state === "in_case");
    if (what === "signal")
      return recordSignals(jobCtx(test.db, "Detectors", ctx.now), {
        accountId,
        signals: [{ ...probingSignal(accountId), severity: 3, magnitude: ms }],
      });
    if (what === "close")
      return open && closeCase(ctx, { caseId: open.id, version: open.version, outcome: "duplicate" });
    if (what === "dismiss") return undecided && dismissFlag(ctx, { flagId: undecided.id, reason: "duplicate" });
    if (what === "mute") return undecided && muteFlag(ctx, { flagId: undecided.id, days: 1, reason: "for a day" });
    return imposeAction(ctx, { accountId, type: "notice", ...facts, reasonCode: "probing", besideHolder: true });
  };
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 2, maxLength: 6 }), async (acts) => {
      ms += 3 * 24 * hour;
      await run("signal", later(lee, ms));
      await Promise.allSettled(acts.map((what, place) => run(what, later(lee, ms + place * minute))));
      const stuck = await test.db
        .select({ flag: flag.state, case: abuseCase.state })
        .from(flag)
        .innerJoin(abuseCase, eq(abuseCase.id, flag.caseId))
        .where(
          and(
            eq(flag.accountId, accountId),
            inArray(flag.state, ["open", "recovering", "in_case"]),
            eq(abuseCase.state, "closed"),
          ),
        );
      expect(stuck).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
