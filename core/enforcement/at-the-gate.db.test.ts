import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { notice } from "#db/schema/enforcement.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { mail } from "#db/schema/mail.ts";
import { endpoint, plan } from "#db/schema/provider.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { changeAccountPlan } from "../accounts/change-terms.ts";
import { addOverride, endOverride } from "../accounts/override-limit.ts";
import { decideAppeal } from "../appeals/decide-appeal.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { listAudit } from "../audit/list-audit.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { eventually, type TestGate, testGate } from "../gate/testing/testing-gate.ts";
import { mailNotice } from "../notices/mail-notice.ts";
import { changeEndpoint } from "../provider/change-endpoint.ts";
import { changePlan, setPlanLimit } from "../provider/change-plan.ts";
import { installSampleProvider } from "../provider/install-sample-provider.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { approveAction } from "./approve-action.ts";
import { getStanding } from "./get-standing.ts";
import { imposeAction } from "./impose-action.ts";
import { liftAction } from "./lift-action.ts";

/** What the desk does, seen at a running gate: each change holds on the next request, without a restart. */
let test: TestDatabase;
let gate: TestGate;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
  await installSampleProvider(jobCtx(test.db, "test", new Date(Date.now() - 60_000)), {});
  gate = await testGate(test.url);
});
afterAll(async () => {
  await gate.remove();
  await test.close();
});

const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client ignores its limit.",
  internalNote: "chart",
};
const now = (ctx: Ctx): Ctx => ({ ...ctx, now: new Date() });
const send = { method: "POST", path: "/v1/email" };
const smtp = { surface: "smtp", endpoint: "smtp.send" };
const codeIs = (code: string, token: string, call: Record<string, unknown> = send) =>
  eventually(code, async () => (await gate.verify({ token, ...call, dry_run: true })).code === code);
const limitIs = (limit: number, token: string, name = "endpoint-rate") =>
  eventually(`${name} ${limit}`, async () => {
    const { limits } = await gate.verify({ token, ...send, dry_run: true });
    return limits.find((one) => one.name === name)?.limit === limit;
  });

async function client(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = now(await memberCtx("owner"));
  const one = await createToken(owner, { name: "one", scopes: ["email:send"] });
  const two = await createToken(owner, { name: "two", scopes: ["email:send"] });
  return { accountId, owner, one, two };
}

describe("the ladder at the gate", () => {
  it("throttles, pauses a token and closes a surface, and each lift restores exactly that", async () => {
    const { accountId, one, two } = await client("Ladder");
    const lead = now(await staffCtx(test.db, "lead"));
    await limitIs(120, one.secret);
    const base = { accountId, durationHours: 24, ...facts };
    const throttle = await imposeAction(lead, { ...base, type: "throttle", factor: 0.2 });
    await limitIs(24, one.secret);
    const pause = await imposeAction(lead, { ...base, type: "token_pause", tokenId: one.tokenId });
    const surface = await imposeAction(lead, { ...base, type: "suspension", surface: "smtp" });
    await codeIs("token_paused", one.secret);
    await codeIs("surface_suspended", two.secret, smtp);
    await codeIs("allowed", two.secret);
    await liftAction(now(lead), { actionId: pause.actionId, reason: "The token was replaced." });
    await codeIs("allowed", one.secret);
    await limitIs(24, one.secret);
    await codeIs("surface_suspended", two.secret, smtp);
    await liftAction(now(lead), { actionId: throttle.actionId, reason: "Calm again." });
    await limitIs(120, one.secret);
    await codeIs("surface_suspended", two.secret, smtp);
    await liftAction(now(lead), { actionId: surface.actionId, reason: "Calm again." });
    await codeIs("allowed", two.secret, smtp);
  });

  it("suspend, extend, lift, suspend, terminate, appeal granted: standing, gate, owner's page, audit and mail agree after each", async () => {
    const { accountId, owner, one } = await client("All Steps");
    const lead = now(await staffCtx(test.db, "lead"));
    const admin = now(await staffCtx(test.db, "admin"));
    /** What the gate answers, the owner's page shows, the audit log has last, and the owner was last written, all of this step. */
    const agree = async (standing: string, code: string, audited: string, told: string | null) => {
      await codeIs(code, one.secret);
      const page = await getStanding(now(owner), {});
      expect(page.standing).toBe(standing);
      expect(page.actions.filter((row) => row.isInForce).length > 0).toBe(standing !== "good");
      const { events } = await listAudit(lead, { accountId });
      expect(events.find((event) => /^(action|appeal)\./.test(event.action))?.action).toBe(audited);
      expect(await mailed(accountId)).toBe(told);
    };
    const suspension = { accountId, type: "suspension" as const, ...facts };
    const first = await imposeAction(now(lead), { ...suspension, durationHours: 24 });
    await agree("suspended", "account_suspended", "action.apply", "action.applied");
    const extended = await imposeAction(now(lead), {
      ...suspension,
      durationHours: 72,
      replacesActionId: first.actionId,
    });
    await agree("suspended", "account_suspended", "action.apply", "action.applied");
    await liftAction(now(lead), { actionId: extended.actionId, reason: "They fixed it." });
    await agree("good", "allowed", "action.lift", "action.lifted");
    const again = await imposeAction(now(lead), { ...suspension, durationHours: 24 });
    await agree("suspended", "account_suspended", "action.apply", "action.applied");
    const termination = await imposeAction(now(lead), { accountId, type: "termination", ...facts });
    await agree("suspended", "account_suspended", "action.propose", null);
    await approveAction(now(admin), { actionId: termination.actionId });
    await agree("terminated", "account_terminated", "action.apply", "action.applied");
    const acts = (await listAudit(lead, { accountId })).events.map((event) => event.action);
    expect(acts).toEqual(expect.arrayContaining(["action.approve"]));
    const { appealId } = await submitAppeal(now(owner), {
      actionId: termination.actionId,
      cause: "It was our test system.",
      changed: "It is switched off.",
      prevention: "It has no token any more.",
    });
    await agree("terminated", "account_terminated", "appeal.submit", null);
    const other = now(await staffCtx(test.db, "lead", "Dee Cider"));
    await decideAppeal(other, { appealId, version: 1, decision: "granted", text: "It was too hard a measure." });
    await agree("suspended", "account_suspended", "appeal.decide", "action.overturned");
    await liftAction(now(other), { actionId: again.actionId, reason: "Nothing is left of it." });
    await agree("good", "allowed", "action.lift", "action.lifted");
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
  });

  it("lifting one of three leaves two, at the gate too", async () => {
    const { accountId, owner, one } = await client("Three At Once");
    const lead = now(await staffCtx(test.db, "lead"));
    const common = { accountId, durationHours: 24, ...facts };
    const whole = await imposeAction(now(lead), { ...common, type: "suspension" });
    const surface = await imposeAction(now(lead), { ...common, type: "suspension", surface: "http" });
    const pause = await imposeAction(now(lead), { ...common, type: "token_pause", tokenId: one.tokenId });
    await codeIs("token_paused", one.secret);
    const left: [string, string, string[]][] = [
      [pause.actionId, "account_suspended", [whole.actionId, surface.actionId]],
      [whole.actionId, "surface_suspended", [surface.actionId]],
      [surface.actionId, "allowed", []],
    ];
    for (const [actionId, code, others] of left) {
      const { remaining } = await liftAction(now(lead), { actionId, reason: "Narrower is enough." });
      expect(remaining.map((row) => row.id).sort()).toEqual([...others].sort());
      await codeIs(code, one.secret);
    }
    expect((await getStanding(now(owner), {})).standing).toBe("good");
  });
});

/** Mails what waits, as the worker does after the time to undo; the kind of what went out, or null. */
async function mailed(accountId: string): Promise<string | null> {
  const waiting = await test.db
    .select({ id: notice.id, kind: notice.kind })
    .from(notice)
    .where(and(eq(notice.accountId, accountId), isNull(notice.mailedAt)));
  for (const { id } of waiting) {
    const publicUrl = "https://desk.example.com";
    await mailNotice(jobCtx(test.db, "Gatehouse", new Date()), { noticeId: id, publicUrl });
    expect(await test.db.select({ id: mail.id }).from(mail).where(eq(mail.subjectId, id))).toHaveLength(1);
  }
  return waiting.map((row) => row.kind).join(" and ") || null;
}

describe("limits at the gate", () => {
  it("change with the plan, the endpoint, the account's plan and its exceptions, and each change is recorded", async () => {
    const { accountId, one } = await client("Limits");
    const lead = now(await staffCtx(test.db, "lead"));
    const [starter] = await test.db.select({ id: plan.id }).from(plan).where(eq(plan.name, "Starter"));
    const [hobby] = await test.db.select({ id: plan.id }).from(plan).where(eq(plan.name, "Hobby"));
    const [email] = await test.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, "email.send"));
    const planId = starter?.id ?? 0;
    const endpointId = email?.id ?? 0;
    await limitIs(100_000, one.secret, "account-quota");
    await changePlan(lead, { planId, version: 1, name: "Starter", quotaPerDay: 90_000 });
    await limitIs(90_000, one.secret, "account-quota");
    const stale = changePlan(lead, { planId, version: 1, name: "Starter", quotaPerDay: 1 });
    await expect(stale).rejects.toMatchObject({ code: "conflict" });
    await setPlanLimit(lead, { planId, version: 2, endpointId, rateLimit: 50 });
    await limitIs(50, one.secret);
    await setPlanLimit(lead, { planId, version: 3, endpointId });
    await changeEndpoint(lead, {
      endpointId,
      version: 1,
      rateLimit: 80,
      cost: 1,
      windowSeconds: 60,
      scope: "email:send",
    });
    await limitIs(80, one.secret);
    const override = await addOverride(now(lead), {
      accountId,
      kind: "rate_limit",
      endpointId,
      value: 500,
      reason: "Launch",
    });
    await limitIs(500, one.secret);
    await endOverride(now(lead), { overrideId: override.overrideId });
    await limitIs(80, one.secret);
    await changeAccountPlan(now(lead), { accountId, planId: hobby?.id ?? 0 });
    await limitIs(1_000, one.secret, "account-quota");
    await changeEndpoint(lead, { endpointId, version: 2, rateLimit: 80, isDenied: true });
    await codeIs("endpoint_denied", one.secret);
    const recorded = await test.db
      .select({ value: limitFact.value })
      .from(limitFact)
      .where(eq(limitFact.endpointId, endpointId));
    expect(recorded.map((row) => row.value)).toEqual(expect.arrayContaining([120, 50, 80]));
  });

  it("can only be changed by a lead or an admin, and with whole sentences of what is wrong", async () => {
    const lead = await staffCtx(test.db, "lead");
    const bad = changePlan(lead, { planId: 1, version: 1, name: "Trial" });
    await expect(bad).rejects.toMatchObject({ fields: { quotaPerDay: expect.any(String) } });
    const reviewer = await staffCtx(test.db, "reviewer");
    const refused = changePlan(reviewer, { planId: 1, version: 1, name: "Trial", quotaPerDay: 1 });
    await expect(refused).rejects.toMatchObject({ code: "forbidden" });
  });
});
