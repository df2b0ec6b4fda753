import { eq, gt, gte, max } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account, member } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { endpoint, plan, planLimit } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import type { Ctx } from "../frame/context.ts";
import { changeMemberRole } from "../members/change-role.ts";
import { removeMember } from "../members/remove-member.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { pauseToken } from "../tokens/pause-token.ts";
import { renameToken } from "../tokens/rename-token.ts";
import { revokeToken } from "../tokens/revoke-token.ts";
import { unpauseToken } from "../tokens/unpause-token.ts";
import { changeAccountPlan } from "./change-terms.ts";
import { getAccountAsOf } from "./get-account-as-of.ts";
import { addOverride, endOverride } from "./override-limit.ts";

let test: TestDatabase;
let lead: Ctx;
const hours = (n: number) => new Date(testNow.getTime() + n * 3_600_000);
const at = (ctx: Ctx, n: number): Ctx => ({ ...ctx, now: hours(n) });

/** Makes a change at an hour of this test. The database dates limits and actions by its own clock, so their dates are set after it. */
async function changedAt<T>(n: number, change: (ctx: Ctx) => Promise<T>): Promise<T> {
  const [before] = await test.db.select({ last: max(limitFact.id) }).from(limitFact);
  const startedAt = new Date();
  const made = await change(at(lead, n));
  await test.db
    .update(limitFact)
    .set({ fromAt: hours(n) })
    .where(gt(limitFact.id, before?.last ?? 0));
  await test.db
    .update(action)
    .set({ appliedAt: hours(n) })
    .where(gte(action.appliedAt, startedAt));
  return made;
}
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

describe("an account as it was", () => {
  it("shows standing, actions, tokens, members and exceptions of that moment, whatever came after", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Then Ltd");
    const owner = await memberCtx("owner");
    const viewer = await memberCtx("viewer");
    await test.db.update(member).set({ createdAt: testNow }).where(eq(member.accountId, accountId));
    const { tokenId } = await createToken(at(owner, 1), { name: "cron", scopes: ["email:send"] });
    await pauseToken(at(owner, 2), { tokenId });
    await unpauseToken(at(owner, 4), { tokenId });
    const terms = { reasonCode: "spam" as const, publicText: "Mail was reported as spam.", internalNote: "see" };
    const { actionId } = await changedAt(2, (ctx) =>
      imposeAction(ctx, { accountId, type: "suspension", durationHours: 48, ...terms }),
    );
    await liftAction(at(lead, 5), { actionId, reason: "It was the wrong account." });
    const quota = { accountId, kind: "quota" as const, value: 777, reason: "Yearly sale." };
    await addOverride(at(lead, 2), { ...quota, endsAt: hours(6).toISOString() });
    const viewerId = viewer.actor.kind === "member" ? viewer.actor.userId : "";
    await changeMemberRole(at(owner, 3), { userId: viewerId, role: "developer" });
    await removeMember(at(owner, 5), { userId: viewerId });
    await renameToken(at(owner, 7), { tokenId, name: "nightly" });
    await revokeToken(at(owner, 8), { tokenId });

    const then = (n: number) => getAccountAsOf(at(lead, 10), { accountId, at: hours(n) });
    const roles = (view: Awaited<ReturnType<typeof then>>) => view.members.map((one) => one.role).sort();
    const early = await then(0.5);
    expect(early).toMatchObject({ standing: "good", actions: [], tokens: [], exceptions: [] });
    const middle = await then(3.5);
    expect(middle).toMatchObject({
      standing: "suspended",
      actions: [{ id: actionId, type: "suspension" }],
      tokens: [{ state: "paused", editedSince: true }],
      exceptions: [{ value: 777 }],
      quotaPerDay: 777,
    });
    expect(roles(middle)).toEqual(["developer", "owner"]);
    const late = await then(7.5);
    expect(late).toMatchObject({ standing: "good", actions: [], tokens: [{ state: "active" }], exceptions: [] });
    expect(roles(late)).toEqual(["owner"]);
    expect((await then(9)).tokens).toMatchObject([{ state: "revoked", editedSince: false }]);
  });

  it("shows the plan of that moment", async () => {
    const { accountId } = await accountWith(test.db, "Grown Ltd", "Starter");
    const [bigger] = await test.db.select({ id: plan.id }).from(plan).where(eq(plan.name, "Professional"));
    await changedAt(2, (ctx) => changeAccountPlan(ctx, { accountId, planId: bigger?.id ?? 0 }));
    const planAt = async (n: number) => (await getAccountAsOf(at(lead, 10), { accountId, at: hours(n) })).planName;
    expect(await planAt(1)).toBe("Starter");
    expect(await planAt(3)).toBe("Professional");
  });

  it("shows the rate limits of that moment with their windows and sources, and today's beside them", async () => {
    const { accountId } = await accountWith(test.db, "Limited Ltd", "Starter");
    const [own] = await test.db
      .insert(endpoint)
      .values({ name: "thing.read", surface: "http", method: "GET", path: "/v1/things", rateLimit: 60 })
      .returning({ id: endpoint.id });
    const endpointId = own?.id ?? 0;
    const [starter] = await test.db.select({ id: plan.id }).from(plan).where(eq(plan.name, "Starter"));
    const view = async (n: number) => {
      const { rates } = await getAccountAsOf(at(lead, 10), { accountId, at: hours(n) });
      return rates.find((one) => one.endpointId === endpointId);
    };
    await changedAt(1, ({ db }) =>
      db.update(endpoint).set({ rateLimit: 90, windowSeconds: 3_600 }).where(eq(endpoint.id, endpointId)),
    );
    await changedAt(2, ({ db }) =>
      db.insert(planLimit).values({ planId: starter?.id ?? 0, endpointId, rateLimit: 200 }),
    );
    const terms = { reasonCode: "rate_excess" as const, publicText: "Too many requests.", internalNote: "see" };
    const overrideId = await changedAt(3, async (ctx) => {
      const sale = { endpointId, value: 500, reason: "Yearly sale." };
      const made = await addOverride(ctx, { accountId, kind: "rate_limit", ...sale });
      await imposeAction(ctx, { accountId, type: "throttle", factor: 0.5, durationHours: 24, ...terms });
      return made.overrideId;
    });
    await changedAt(4, (ctx) => endOverride(ctx, { overrideId }));

    expect(await view(0.5)).toMatchObject({ limit: 60, windowSeconds: 60, source: "endpoint", throttleFactor: 1 });
    expect(await view(1.5)).toMatchObject({ limit: 90, windowSeconds: 3_600, source: "endpoint" });
    expect(await view(2.5)).toMatchObject({ limit: 200, windowSeconds: 3_600, source: "plan", throttleFactor: 1 });
    expect(await view(3.5)).toMatchObject({ limit: 250, source: "exception", throttleFactor: 0.5 });
    expect(await view(4.5)).toMatchObject({ limit: 100, source: "plan", limitNow: 100, windowNow: 3_600 });
  });

  it("says when the account did not exist yet and since when acts are recorded, and knows no future", async () => {
    const { accountId } = await accountWith(test.db, "Young Ltd");
    await test.db
      .update(account)
      .set({ createdAt: hours(1) })
      .where(eq(account.id, accountId));
    const view = await getAccountAsOf(at(lead, 2), { accountId, at: hours(0) });
    expect(view.existed).toBe(false);
    expect(view.recordedFrom).toBeInstanceOf(Date);
    await expect(getAccountAsOf(lead, { accountId, at: hours(1) })).rejects.toMatchObject({ code: "invalid" });
    expect(await test.db.select({ id: token.id }).from(token).where(eq(token.accountId, accountId))).toEqual([]);
  });
});
