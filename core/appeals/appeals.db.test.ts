import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { outboxEvent } from "#db/schema/audit.ts";
import { action, appealMessage } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { announceLoad, cancelLoad, listLoads } from "../detection/announce-load.ts";
import { readDecisions } from "../detection/read-decisions.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { reportFix } from "../detection/report-fix.ts";
import { getStanding } from "../enforcement/get-standing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { listNotices } from "../notices/list-notices.ts";
import { probing } from "../rules/detectors/probing.ts";
import { rateExcess } from "../rules/detectors/rate-excess.ts";
import type { StaffRole } from "../rules/vocabulary.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { decideAppeal } from "./decide-appeal.ts";
import { listAppeals } from "./list-appeals.ts";
import { submitAppeal } from "./submit-appeal.ts";
import { takeAppeal } from "./take-appeal.ts";
import { withdrawAppeal } from "./withdraw-appeal.ts";
import { writeAppealMessage } from "./write-message.ts";

const hour = 3_600_000;
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + ms) });
const answers = {
  cause: "A loop in our release 4.2.",
  changed: "We wait for Retry-After now.",
  prevention: "A test covers the loop.",
};

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

/** An account with a flag, suspended by a reviewer for it. */
async function suspended(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  await recordSignals(jobCtx(test.db, "Detectors", testNow), {
    accountId,
    signals: [
      {
        detector: "rate_excess",
        detectorVersion: 1,
        scope: "account",
        scopeId: accountId,
        severity: 1,
        magnitude: 1,
        summary: "much",
        evidence: {},
      },
    ],
  });
  const [found] = await test.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.accountId, accountId));
  const author = await staffCtx(test.db, "reviewer", "Ann Author");
  const { actionId } = await imposeAction(author, {
    accountId,
    caseId: found?.caseId ?? "",
    type: "suspension",
    durationHours: 72,
    reasonCode: "rate_excess",
    publicText: "Your client ignores its limit.",
    internalNote: "chart",
  });
  // Actions take the database's own clock for when they were applied; this story has its own.
  await test.db.update(action).set({ appliedAt: testNow }).where(eq(action.id, actionId));
  return { accountId, owner: await memberCtx("owner"), viewer: await memberCtx("viewer"), author, actionId };
}

const stateOf = async (actionId: string) =>
  (await test.db.select({ state: action.state }).from(action).where(eq(action.id, actionId)))[0]?.state;
const decision = { decision: "granted" as const, text: "You are right; the limit was set wrong by us." };

describe("an appeal", () => {
  it("granted says nothing of the flags that another action in the case rests on", async () => {
    const { accountId, owner, actionId, author } = await suspended("Two actions");
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
    await imposeAction(author, {
      ...{ accountId, type: "notice", reasonCode: "probing" },
      ...{ publicText: "Your token tries paths.", internalNote: "chart" },
    });
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    const decider = await staffCtx(test.db, "reviewer", "Dee Second");
    await takeAppeal(decider, { appealId });
    await decideAppeal(later(decider, hour), { appealId, version: 2, ...decision });
    const states = await test.db
      .select({ detector: flag.detector, state: flag.state })
      .from(flag)
      .where(eq(flag.accountId, accountId));
    expect(Object.fromEntries(states.map((one) => [one.detector, one.state]))).toEqual({
      rate_excess: "dismissed",
      probing: "confirmed",
    });
  });

  it("granted overturns the action, marks its flags wrong, tells the owner, and leaves nothing to appeal", async () => {
    const { accountId, owner, actionId } = await suspended("Granted");
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    const decider = await staffCtx(test.db, "reviewer", "Dee Cider");
    await takeAppeal(decider, { appealId });
    const decided = later(decider, hour);
    await decideAppeal(decided, { appealId, version: 2, ...decision });
    expect(await stateOf(actionId)).toBe("overturned");
    const decidedSince = await readDecisions(decided, accountId);
    const key = { scope: "account" as const, scopeId: accountId };
    expect(decidedSince(rateExcess, key), "counting restarts").toBe(decided.now.getTime());
    expect(decidedSince(probing, key), "for its own reason").toBe(0);
    expect((await getStanding(owner, {})).standing).toBe("good");
    const flags = await test.db.select({ state: flag.state }).from(flag).where(eq(flag.accountId, accountId));
    expect(flags).toEqual([{ state: "dismissed" }]);
    const told = (await listNotices(owner, {})).find((one) => one.kind === "action.overturned");
    expect(told?.body).toBe(decision.text);
    await expect(submitAppeal(owner, { actionId, ...answers })).rejects.toMatchObject({ code: "conflict" });
  });

  it.each([
    ["rejected", "applying", "suspended"],
    ["partly_granted", "lifted", "good"],
  ] as const)("%s leaves the action %s and the account %s", async (how, state, standing) => {
    const { owner, actionId } = await suspended(`Decided ${how}`);
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    await decideAppeal(await staffCtx(test.db, "lead"), { appealId, version: 1, decision: how, text: decision.text });
    expect(await stateOf(actionId)).toBe(state);
    expect((await getStanding(owner, {})).standing).toBe(standing);
  });

  it("is never decided by the author, whatever the role, nor by support, nor on an old reading", async () => {
    const { owner, author, actionId } = await suspended("Involved");
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    const decide = (ctx: Ctx, version = 1) => decideAppeal(ctx, { appealId, version, ...decision });
    for (const role of ["reviewer", "lead", "admin"] satisfies StaffRole[]) {
      const promoted: Ctx = { ...author, actor: { ...author.actor, role } as Ctx["actor"] };
      await expect(decide(promoted)).rejects.toMatchObject({ code: "forbidden" });
      await expect(takeAppeal(promoted, { appealId })).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(decide(await staffCtx(test.db, "support"))).rejects.toMatchObject({ code: "forbidden" });
    await takeAppeal(await staffCtx(test.db, "lead"), { appealId });
    await expect(decide(await staffCtx(test.db, "lead"))).rejects.toMatchObject({ code: "conflict" });
  });

  it("is a dialogue: a question waits for the owner, the answer brings it back, and staff have no names there", async () => {
    const { owner, actionId } = await suspended("Dialogue");
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    const agent = await staffCtx(test.db, "support", "Sue Support");
    await writeAppealMessage(agent, { appealId, text: "Which release is it?" });
    expect((await listAppeals(owner, {}))[0]).toMatchObject({ state: "waiting_for_owner" });
    await writeAppealMessage(owner, { appealId, text: "4.2, since Monday." });
    const [seen] = await listAppeals(owner, {});
    expect(seen).toMatchObject({ state: "assigned", assigneeName: null });
    expect(seen?.messages.map((one) => one.authorName)).toEqual(["The provider", "Dialogue owner"]);
    expect(JSON.stringify(seen)).not.toContain("Sue Support");
    const told = await test.db
      .select({ facts: outboxEvent.payload })
      .from(outboxEvent)
      .where(eq(outboxEvent.type, "appeal.answered"))
      .orderBy(outboxEvent.id);
    expect(told.map((one) => one.facts)).toEqual([
      { appealId, actionId, fromStaff: true },
      { appealId, actionId, fromStaff: false },
    ]);
    const change = test.db.update(appealMessage).set({ text: "forged" }).where(eq(appealMessage.appealId, appealId));
    await expect(change).rejects.toThrow();
  });

  it("is one at a time, within 180 days, by an owner or developer of that account alone", async () => {
    const { owner, viewer, actionId } = await suspended("Bounds");
    const stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    await expect(submitAppeal(stranger, { actionId, ...answers })).rejects.toMatchObject({ code: "not_found" });
    await expect(submitAppeal(viewer, { actionId, ...answers })).rejects.toMatchObject({ code: "forbidden" });
    const late = submitAppeal(later(owner, 180 * 24 * hour + 1), { actionId, ...answers });
    await expect(late).rejects.toMatchObject({ code: "gone" });
    const { appealId } = await submitAppeal(owner, { actionId, ...answers });
    await expect(submitAppeal(owner, { actionId, ...answers })).rejects.toMatchObject({ code: "conflict" });
    for (const act of [
      () => withdrawAppeal(stranger, { appealId }),
      () => writeAppealMessage(stranger, { appealId, text: "x" }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    expect(await listAppeals(stranger, {})).toEqual([]);
    await withdrawAppeal(owner, { appealId });
    await submitAppeal(later(owner, 180 * 24 * hour), { actionId, ...answers });
  });
});

describe("an owner's word", () => {
  it("that it is fixed counts once a day and is in the case", async () => {
    const { accountId, owner } = await suspended("Fixed");
    await reportFix(owner, { text: "We wait for Retry-After now." });
    await expect(reportFix(later(owner, hour), { text: "And now really." })).rejects.toMatchObject({
      code: "conflict",
    });
    await reportFix(later(owner, 25 * hour), { text: "And now really." });
    expect(accountId).toBeTruthy();
  });

  it("about a load to come is bounded, and can be taken back by that account alone", async () => {
    const { memberCtx } = await accountWith(test.db, "Loads");
    const owner = await memberCtx("owner");
    const startsAt = new Date(testNow.getTime() + hour);
    const load = (ms: number) => ({ startsAt, endsAt: new Date(startsAt.getTime() + ms), reason: "Import" });
    await expect(announceLoad(owner, load(73 * hour))).rejects.toMatchObject({
      fields: { endsAt: expect.any(String) },
    });
    await expect(announceLoad(owner, load(0))).rejects.toMatchObject({ fields: { endsAt: expect.any(String) } });
    const { loadId } = await announceLoad(owner, load(4 * hour));
    const stranger = await (await accountWith(test.db, "Other Loads")).memberCtx("owner");
    await expect(cancelLoad(stranger, { loadId })).rejects.toMatchObject({ code: "not_found" });
    expect(await listLoads(owner, {})).toHaveLength(1);
    await cancelLoad(owner, { loadId });
    expect(await listLoads(owner, {})).toEqual([]);
    for (let i = 0; i < 5; i += 1) await announceLoad(owner, load(hour));
    await expect(announceLoad(owner, load(hour))).rejects.toMatchObject({ code: "conflict" });
  });
});

it("keeps the flags of a case that was decided", async () => {
  const { accountId } = await suspended("Confirmed");
  const [found] = await test.db
    .select({ state: flag.state })
    .from(flag)
    .where(and(eq(flag.accountId, accountId)));
  expect(found?.state).toBe("confirmed");
});
