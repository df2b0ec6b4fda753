import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { protectAccount } from "../accounts/change-terms.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { accountWith, staffCtx, testNow, withKey } from "../testing.ts";
import { approveAction } from "./approve-action.ts";
import { approveBatch } from "./approve-batch.ts";
import { cancelAction } from "./cancel-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { imposeBatch } from "./impose-batch.ts";
import { settleActions } from "./settle-actions.ts";
import { undoAction } from "./undo-action.ts";

/** What one person may not do, they may not do by another way, nor in the moment in which somebody else acts. */

const hour = 3_600_000;
const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "chart",
};
const at = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: at(ms) });

let test: TestDatabase;
let lead: Ctx;
let admin: Ctx;
let reviewer: Ctx;
let support: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  [lead, admin, reviewer, support] = await Promise.all([
    staffCtx(test.db, "lead"),
    staffCtx(test.db, "admin"),
    staffCtx(test.db, "reviewer"),
    staffCtx(test.db, "support"),
  ]);
});
afterAll(() => test.close());

const stateOf = async (id: string) =>
  (await test.db.select({ state: action.state }).from(action).where(eq(action.id, id)))[0]?.state;

async function suspendedForGood(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const { actionId } = await imposeAction(lead, { accountId, type: "suspension", forGood: true, ...facts });
  await approveAction(admin, { actionId });
  const owner = await memberCtx("owner");
  return { accountId, actionId, standing: async () => (await getStanding(owner, {})).standing };
}

describe("putting one measure in the place of another", () => {
  it("is for those who may lift it: nobody ends by a milder one what they may not end", async () => {
    const { accountId, actionId, standing } = await suspendedForGood("Kept");
    const throttle = { accountId, type: "throttle" as const, factor: 0.5, durationHours: 24, ...facts };
    for (const who of [support, reviewer, await withKey(support, "automation")]) {
      const milder = imposeAction(who, { ...throttle, replacesActionId: actionId });
      await expect(milder).rejects.toMatchObject({ code: "forbidden" });
    }
    expect([await stateOf(actionId), await standing()]).toEqual(["applying", "suspended"]);
    await imposeAction(lead, { ...throttle, replacesActionId: actionId });
    expect([await stateOf(actionId), await standing()]).toEqual(["superseded", "throttled"]);
  });

  it("is not what a notice does", async () => {
    const { accountId, actionId } = await suspendedForGood("Noticed");
    for (const who of [support, lead, await withKey(support, "automation")]) {
      const notice = imposeAction(who, { accountId, type: "notice", replacesActionId: actionId, ...facts });
      await expect(notice).rejects.toMatchObject({ fields: { replacesActionId: expect.stringContaining("Lift") } });
    }
    expect(await stateOf(actionId)).toBe("applying");
  });

  it("ends nothing that is final", async () => {
    const { accountId } = await accountWith(test.db, "Final");
    const { actionId } = await imposeAction(lead, { accountId, type: "termination", ...facts });
    await approveAction(admin, { actionId });
    const afterwards = later(lead, 31 * 24 * hour);
    const suspension = { accountId, type: "suspension" as const, durationHours: 24, replacesActionId: actionId };
    await expect(imposeAction(afterwards, { ...suspension, ...facts })).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves in force what was made permanent before the clock starts the milder one", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Meanwhile");
    const emergency = { accountId, type: "suspension" as const, forGood: true, emergency: true, ...facts };
    const { actionId } = await imposeAction(reviewer, emergency);
    const milder = { accountId, type: "throttle" as const, factor: 0.5, durationHours: 24, effectiveAt: at(2 * hour) };
    const { actionId: scheduled } = await imposeAction(reviewer, { ...milder, replacesActionId: actionId, ...facts });
    await approveAction(admin, { actionId });
    await settleActions(jobCtx(test.db, "Gatehouse", at(2 * hour)), {});
    expect([await stateOf(actionId), await stateOf(scheduled)]).toEqual(["applying", "applying"]);
    expect((await getStanding(later(await memberCtx("owner"), 3 * hour), {})).standing).toBe("suspended");
  });

  it("is undone only where it had happened: a withdrawn proposal brings back nothing that somebody else ended", async () => {
    const { accountId } = await accountWith(test.db, "Brought back");
    const first = await imposeAction(reviewer, { accountId, type: "suspension", durationHours: 72, ...facts });
    const longer = {
      accountId,
      type: "suspension" as const,
      forGood: true,
      replacesActionId: first.actionId,
      ...facts,
    };
    const proposed = await imposeAction(reviewer, longer);
    expect(proposed.state).toBe("pending_approval");
    const milder = { accountId, type: "throttle" as const, factor: 0.5, durationHours: 24 };
    await imposeAction(lead, { ...milder, replacesActionId: first.actionId, ...facts });
    await undoAction(later(reviewer, 10_000), { actionId: proposed.actionId });
    expect(await stateOf(first.actionId)).toBe("superseded");
  });
});

describe("four eyes", () => {
  it("are those of a lead or an admin for an act on more than ten accounts", async () => {
    const made = await Promise.all(Array.from({ length: 11 }, (_, i) => accountWith(test.db, `Many ${i}`)));
    const accountIds = made.map((one) => one.accountId);
    const { batchId } = await imposeBatch(reviewer, { accountIds, type: "suspension", durationHours: 24, ...facts });
    const other = await staffCtx(test.db, "reviewer");
    await expect(approveBatch(other, { batchId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await approveBatch(lead, { batchId })).toEqual({ approved: 11 });
  });

  it("are needed for a day by who has taken the protection off, and by nobody else", async () => {
    const { accountId } = await accountWith(test.db, "Protected");
    await protectAccount(admin, { accountId, isProtected: true });
    await protectAccount(lead, { accountId, isProtected: false });
    const throttle = (who: Ctx, factor: number) =>
      imposeAction(who, { accountId, type: "throttle", factor, durationHours: 240, ...facts });
    const proposed = await throttle(later(lead, 23 * hour), 0.5);
    expect(proposed.state).toBe("pending_approval");
    await cancelAction(later(lead, 23 * hour), { actionId: proposed.actionId, reason: "another way" });
    const other = await throttle(later(admin, 23 * hour), 0.5);
    expect(other.state).toBe("applying");
    await undoAction(later(admin, 23 * hour), { actionId: other.actionId });
    expect((await throttle(later(lead, 24 * hour), 0.5)).state).toBe("applying");
  });
});

describe("two acts in one moment", () => {
  const outcomes = async (acts: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(acts)).map((one) =>
      one.status === "fulfilled" ? "done" : one.reason instanceof AppError ? one.reason.code : String(one.reason),
    );

  it("impose the same measure once", async () => {
    const { accountId } = await accountWith(test.db, "Twice");
    const suspend = (who: Ctx) => imposeAction(who, { accountId, type: "suspension", durationHours: 24, ...facts });
    expect((await outcomes([suspend(lead), suspend(admin), suspend(reviewer)])).sort()).toEqual([
      "conflict",
      "conflict",
      "done",
    ]);
  });

  it("approve or cancel, and the gates hear of what remains", async () => {
    for (let i = 0; i < 8; i += 1) {
      const { accountId } = await accountWith(test.db, `Raced ${i}`);
      const ahead = { accountId, type: "suspension" as const, forGood: true, effectiveAt: at(2 * hour), ...facts };
      const { actionId } = await imposeAction(lead, ahead);
      const versionOf = async () =>
        (await test.db.select({ is: account.standingVersion }).from(account).where(eq(account.id, accountId)))[0]?.is ??
        0;
      const before = await versionOf();
      const acts = [approveAction(admin, { actionId }), cancelAction(lead, { actionId, reason: "They called." })];
      const [approved, cancelled] = await outcomes(i % 2 === 0 ? acts : acts.reverse());
      expect(await stateOf(actionId)).toBe("cancelled");
      // Cancelled before it was approved, no gate ever knew of it; after, the gates are told twice.
      const isApproved = (i % 2 === 0 ? approved : cancelled) === "done";
      expect((await versionOf()) - before).toBe(isApproved ? 2 : 0);
    }
  });

  it("wait for each other in one order, on however many accounts", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, (_, i) => accountWith(test.db, `Ordered ${i}`)));
    const ids = made.map((one) => one.accountId);
    const ending = { type: "throttle" as const, factor: 0.5, durationHours: 1, ...facts };
    for (const accountId of ids) await imposeAction(lead, { accountId, ...ending });
    const suspend = (who: Ctx, accountIds: string[]) =>
      imposeBatch(later(who, 2 * hour), { accountIds, type: "suspension", durationHours: 24, ...facts });
    const found = await outcomes([
      suspend(lead, ids),
      settleActions(jobCtx(test.db, "Gatehouse", at(2 * hour)), {}),
      suspend(admin, [...ids].reverse()),
      settleActions(jobCtx(test.db, "Gatehouse", at(2 * hour)), {}),
    ]);
    expect([found[1], found[3]]).toEqual(["done", "done"]);
    expect([found[0], found[2]].sort()).toEqual(["conflict", "done"]);
  });
});
