import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { action } from "#db/schema/enforcement.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { listNotices } from "../notices/list-notices.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { approveAction } from "./approve-action.ts";
import { cancelAction } from "./cancel-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { liftAction } from "./lift-action.ts";
import { settleActions } from "./settle-actions.ts";

const hour = 3_600_000;
const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "see chart",
};
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + ms) });
const until = (ms: number) => new Date(testNow.getTime() + ms);

describe("an action", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.close());
  const settle = (ms: number) => settleActions(jobCtx(test.db, "Gatehouse", until(ms)), {});
  const stateOf = async (id: string) =>
    (await test.db.select({ state: action.state }).from(action).where(eq(action.id, id)))[0]?.state;

  it("that is silent shows its kind and end but no reason, and tells the owner when its clock runs out", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Silent");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "reviewer");
    await imposeAction(agent, {
      type: "suspension",
      accountId,
      endsAt: until(72 * hour),
      silentHours: 12,
      silenceReason: "An investigation is under way.",
      ...facts,
    });
    const before = await getStanding(owner, {});
    expect(before).toMatchObject({ standing: "suspended", actions: [{ statement: null, isInForce: true }] });
    expect(JSON.stringify(before)).not.toContain("ignores its limit");
    expect(await listNotices(owner, {})).toEqual([]);
    await settle(11 * hour);
    expect(await listNotices(owner, {})).toEqual([]);
    await settle(12 * hour);
    await settle(13 * hour);
    expect(await listNotices(owner, {})).toHaveLength(1);
    expect((await getStanding(later(owner, 13 * hour), {})).actions[0]?.statement?.publicText).toBe(facts.publicText);
  });

  it("ends by the clock without any job, and the job only writes it down and tells the owner, once", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Ends");
    const owner = await memberCtx("owner");
    const made = await imposeAction(await staffCtx(test.db, "support"), {
      type: "suspension",
      accountId,
      endsAt: until(24 * hour),
      ...facts,
    });
    expect((await getStanding(later(owner, 24 * hour - 1), {})).standing).toBe("suspended");
    expect((await getStanding(later(owner, 24 * hour), {})).standing).toBe("good");
    await settle(24 * hour);
    await settle(25 * hour);
    expect(await stateOf(made.actionId)).toBe("expired");
    expect((await listNotices(owner, {})).map((one) => one.kind)).toEqual(["action.expired", "action.applied"]);
  });

  it("for good takes effect only by a second person, whatever the author tries", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "For good");
    const owner = await memberCtx("owner");
    const author = await staffCtx(test.db, "admin");
    const made = await imposeAction(author, { type: "suspension", accountId, forGood: true, ...facts });
    expect(made.state).toBe("pending_approval");
    expect((await getStanding(owner, {})).standing).toBe("good");
    await expect(approveAction(author, { actionId: made.actionId })).rejects.toMatchObject({ code: "forbidden" });
    const twin = imposeAction(author, { type: "suspension", accountId, endsAt: until(hour), ...facts });
    await expect(twin).rejects.toMatchObject({ code: "conflict" });
    await approveAction(await staffCtx(test.db, "lead"), { actionId: made.actionId });
    expect((await getStanding(owner, {})).standing).toBe("suspended");
    await expect(cancelAction(author, { actionId: made.actionId, reason: "too late" })).rejects.toMatchObject({
      code: "conflict",
    });
    const lift = liftAction(await staffCtx(test.db, "reviewer"), {
      actionId: made.actionId,
      reason: "not mine to lift",
    });
    await expect(lift).rejects.toMatchObject({ code: "forbidden" });
  });

  it("lifted leaves the others in force and every token as it was", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Several");
    const owner = await memberCtx("owner");
    await createToken(owner, { name: "one" });
    const tokens = () =>
      test.db
        .select({ id: token.id, version: token.version, pausedAt: token.pausedAt })
        .from(token)
        .where(eq(token.accountId, accountId));
    const before = await tokens();
    const lead = await staffCtx(test.db, "lead");
    const whole = await imposeAction(lead, { type: "suspension", accountId, endsAt: until(48 * hour), ...facts });
    const smtp = await imposeAction(lead, {
      type: "suspension",
      accountId,
      endsAt: until(48 * hour),
      surface: "smtp",
      ...facts,
    });
    const { remaining } = await liftAction(lead, { actionId: whole.actionId, reason: "narrower is enough" });
    expect(remaining.map((one) => one.id)).toEqual([smtp.actionId]);
    expect((await getStanding(owner, {})).standing).toBe("suspended");
    await expect(liftAction(lead, { actionId: whole.actionId, reason: "again" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await tokens()).toEqual(before);
  });

  it("demands a reason, a text, a note and an end on the server, not only on the screen", async () => {
    const { accountId } = await accountWith(test.db, "Demanding");
    const agent = await staffCtx(test.db, "reviewer");
    const bare = await imposeAction
      .fromUnknown(agent, { type: "suspension", accountId })
      .catch((error: unknown) => error);
    expect(bare).toMatchObject({
      code: "invalid",
      fields: { reasonCode: expect.any(String), publicText: expect.any(String), internalNote: expect.any(String) },
    });
    await expect(imposeAction(agent, { type: "suspension", accountId, ...facts })).rejects.toMatchObject({
      fields: { endsAt: expect.any(String) },
    });
    await expect(
      imposeAction(agent, { type: "suspension", accountId, endsAt: until(-hour), ...facts }),
    ).rejects.toMatchObject({
      fields: { endsAt: expect.any(String) },
    });
    await expect(
      imposeAction(agent, { type: "suspension", accountId: crypto.randomUUID(), endsAt: until(hour), ...facts }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});
