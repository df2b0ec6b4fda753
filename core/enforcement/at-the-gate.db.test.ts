import { eq, sql } from "drizzle-orm";
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
import { type Ctx, jobCtx } from "../context.ts";
import { eventually, type TestGate, testGate } from "../gate/testing-gate.ts";
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
  await gate.stop();
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

  it("suspend, extend, lift, suspend, terminate, appeal granted: standing, gate, owner's page, audit and mail agree", async () => {
    const { accountId, owner, one } = await client("All Steps");
    const lead = now(await staffCtx(test.db, "lead"));
    const admin = now(await staffCtx(test.db, "admin"));
    const agree = async (standing: string, code: string) => {
      await codeIs(code, one.secret);
      expect((await getStanding(now(owner), {})).standing).toBe(standing);
    };
    const suspension = { accountId, type: "suspension" as const, ...facts };
    const first = await imposeAction(now(lead), { ...suspension, durationHours: 24 });
    await agree("suspended", "account_suspended");
    const extended = await imposeAction(now(lead), {
      ...suspension,
      durationHours: 72,
      replacesActionId: first.actionId,
    });
    await agree("suspended", "account_suspended");
    await liftAction(now(lead), { actionId: extended.actionId, reason: "They fixed it." });
    await agree("good", "allowed");
    const again = await imposeAction(now(lead), { ...suspension, durationHours: 24 });
    const termination = await imposeAction(now(lead), { accountId, type: "termination", ...facts });
    await agree("suspended", "account_suspended");
    await approveAction(now(admin), { actionId: termination.actionId });
    await agree("terminated", "account_terminated");
    const { appealId } = await submitAppeal(now(owner), {
      actionId: termination.actionId,
      cause: "It was our test system.",
      changed: "It is switched off.",
      prevention: "It has no token any more.",
    });
    const other = now(await staffCtx(test.db, "lead", "Dee Cider"));
    await decideAppeal(other, { appealId, version: 1, decision: "granted", text: "It was too hard a measure." });
    await agree("suspended", "account_suspended");
    await liftAction(now(other), { actionId: again.actionId, reason: "Nothing is left of it." });
    await agree("good", "allowed");

    const notices = await test.db
      .select({ id: notice.id, kind: notice.kind })
      .from(notice)
      .where(eq(notice.accountId, accountId));
    expect(notices.map((row) => row.kind).sort()).toEqual(
      ["applied", "applied", "applied", "applied", "lifted", "lifted", "overturned"].map((kind) => `action.${kind}`),
    );
    for (const { id } of notices)
      await mailNotice(jobCtx(test.db, "Gatehouse", new Date()), {
        noticeId: id,
        publicUrl: "https://desk.example.com",
      });
    const mails = await test.db.select({ id: mail.id }).from(mail).where(eq(mail.accountId, accountId));
    expect(mails).toHaveLength(notices.length);
    const { events } = await listAudit(lead, { accountId });
    expect(
      events
        .map((event) => event.action)
        .filter((name) => /^(action|appeal)\./.test(name))
        .reverse(),
    ).toEqual([
      "action.apply",
      "action.apply",
      "action.lift",
      "action.apply",
      "action.propose",
      "action.approve",
      "appeal.submit",
      "appeal.decide",
      "action.lift",
    ]);
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
  });
});

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
