import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { action, notice } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { approveBatch } from "./approve-batch.ts";
import { getBatch } from "./get-batch.ts";
import { getStanding } from "./get-standing.ts";
import { imposeBatch } from "./impose-batch.ts";
import { liftAction } from "./lift-action.ts";
import { previewBatch } from "./preview-batch.ts";
import { undoBatch } from "./undo-batch.ts";

const terms = {
  type: "suspension" as const,
  durationHours: 24,
  reasonCode: "spam" as const,
  publicText: "Mail from this account was reported as spam.",
  internalNote: "one campaign, many accounts",
};
const unknown = "00000000-0000-4000-8000-000000000009";
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + ms) });

let test: TestDatabase;
let lead: Ctx;
let admin: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead");
  admin = await staffCtx(test.db, "admin");
});
afterAll(() => test.close());

const some = async (count: number) => {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) ids.push((await accountWith(test.db, `Batch ${n}`)).accountId);
  return ids;
};
const standings = (ids: string[]) =>
  Promise.all(ids.map(async (accountId) => (await getStanding(lead, { accountId })).standing));

describe("one act on many accounts", () => {
  it("previews and does the same: reaches the free ones, names the protected, the covered and the unknown", async () => {
    const [free = "", shielded = "", covered = ""] = await some(3);
    await test.db.update(account).set({ isProtected: true }).where(eq(account.id, shielded));
    await imposeBatch(lead, { ...terms, accountIds: [covered] });
    const accountIds = [free, shielded, covered, unknown, free];
    const { type, durationHours } = terms;
    const preview = await previewBatch(lead, { type, durationHours, accountIds });
    const made = await imposeBatch(lead, { ...terms, accountIds });
    expect(preview.reached.map((one) => one.accountId)).toEqual([free]);
    expect(made.done.map((one) => one.accountId)).toEqual([free]);
    expect(made.leftOut).toEqual(preview.leftOut);
    const whys = new Map(made.leftOut.map((one) => [one.accountId, one.why]));
    expect(whys.get(shielded)).toContain("protected");
    expect(whys.get(covered)).toContain("same action");
    expect(whys.get(unknown)).toContain("no such account");
    const read = await getBatch(admin, { batchId: made.batchId });
    expect(read.members).toMatchObject([{ accountId: free, state: "applying" }]);
    expect(read.leftOut).toHaveLength(3);
    expect(await standings([free, shielded])).toEqual(["suspended", "good"]);
  });

  it("leaves an audit row on every account it reached, and one for the whole", async () => {
    const ids = await some(3);
    const { batchId } = await imposeBatch(lead, { ...terms, accountIds: ids });
    for (const accountId of ids) {
      const rows = await test.db
        .select({ action: auditEvent.action })
        .from(auditEvent)
        .where(eq(auditEvent.accountId, accountId));
      expect(rows.map((row) => row.action)).toContain("action.apply");
    }
    const [whole] = await test.db
      .select({ data: auditEvent.data })
      .from(auditEvent)
      .where(eq(auditEvent.subjectId, batchId));
    expect(whole?.data).toMatchObject({ accounts: 3, leftOut: 0 });
  });

  it("waits for a second person over ten accounts, who is never its author", async () => {
    const ids = await some(11);
    const made = await imposeBatch(lead, { ...terms, accountIds: ids });
    expect(new Set(made.done.map((one) => one.state))).toEqual(new Set(["pending_approval"]));
    expect(new Set(await standings(ids))).toEqual(new Set(["good"]));
    await expect(approveBatch(lead, { batchId: made.batchId })).rejects.toMatchObject({ code: "forbidden" });
    expect(new Set(await standings(ids))).toEqual(new Set(["good"]));
    expect(await approveBatch(admin, { batchId: made.batchId })).toEqual({ approved: 11 });
    expect(new Set(await standings(ids))).toEqual(new Set(["suspended"]));
    await expect(approveBatch(admin, { batchId: made.batchId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("refuses more than fifty accounts, and does nothing to any of them", async () => {
    const ids = await some(51);
    await expect(imposeBatch(lead, { ...terms, accountIds: ids })).rejects.toMatchObject({ code: "invalid" });
    expect(new Set(await standings(ids.slice(0, 3)))).toEqual(new Set(["good"]));
  });

  it("does not pause tokens, which are of one account each", async () => {
    const ids = await some(2);
    await expect(imposeBatch(lead, { ...terms, type: "token_pause", accountIds: ids })).rejects.toMatchObject({
      fields: { type: expect.stringContaining("one token") },
    });
  });

  it("is undone as a whole within thirty seconds, and no mail leaves", async () => {
    const ids = await some(3);
    const { batchId, done } = await imposeBatch(lead, { ...terms, accountIds: ids });
    expect(await undoBatch(later(lead, 20_000), { batchId })).toEqual({ takenBack: 3, mailed: false });
    expect(await standings(ids)).toEqual(["good", "good", "good"]);
    for (const { actionId } of done) {
      const [mailed] = await test.db
        .select({ withdrawnAt: notice.withdrawnAt })
        .from(notice)
        .where(eq(notice.actionId, actionId));
      expect(mailed?.withdrawnAt).not.toBeNull();
    }
    expect((await getBatch(lead, { batchId })).undoneAt).not.toBeNull();
    await expect(undoBatch(lead, { batchId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is lifted as a whole later, without touching what was lifted before", async () => {
    const ids = await some(3);
    const { batchId, done } = await imposeBatch(lead, { ...terms, accountIds: ids });
    const first = done[0]?.actionId ?? "";
    await liftAction(lead, { actionId: first, reason: "It was a customer's mistake." });
    const taken = await undoBatch(later(admin, 3_600_000), { batchId, reason: "The campaign was not theirs." });
    expect(taken).toEqual({ takenBack: 2, mailed: true });
    expect(await standings(ids)).toEqual(["good", "good", "good"]);
    const [kept] = await test.db.select({ endReason: action.endReason }).from(action).where(eq(action.id, first));
    expect(kept?.endReason).toBe("It was a customer's mistake.");
  });

  it("leaves all in force when one of them may not be lifted by this person", async () => {
    const ids = await some(2);
    const reviewer = await staffCtx(test.db, "reviewer");
    const forGood = { ...terms, durationHours: undefined, forGood: true, accountIds: ids };
    const { batchId } = await imposeBatch(lead, forGood);
    await approveBatch(admin, { batchId });
    await expect(undoBatch(later(reviewer, 3_600_000), { batchId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await standings(ids)).toEqual(["suspended", "suspended"]);
  });
});
