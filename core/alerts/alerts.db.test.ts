import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { account, member } from "#db/schema/accounts.ts";
import { alert, alertRule } from "#db/schema/alerts.ts";
import { mail } from "#db/schema/mail.ts";
import { secretUse } from "#db/schema/tokens.ts";
import { usageDay, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createAccount } from "../accounts/create-account.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { alerts, watchTokens } from "../jobs/alerts.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, onTestDay, testDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { editToken } from "../tokens/edit-token.ts";
import { getToken } from "../tokens/get-token.ts";
import { retireSecret } from "../tokens/move-retirement.ts";
import { rotateToken } from "../tokens/rotate-token.ts";
import { changeAlertRule, deleteAlertRule } from "./change-alert-rule.ts";
import { createAlertRule } from "./create-alert-rule.ts";
import { evaluateAlerts } from "./evaluate-alerts.ts";
import { listAlertRules } from "./list-alert-rules.ts";
import { listAlerts } from "./list-alerts.ts";
import { seeAlerts } from "./see-alerts.ts";
import { testAlert } from "./test-alert.ts";

const log = logger("test");
const dayMs = 86_400_000;
let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${new Date(testNow.getTime() + 2 * dayMs)})`);
});
afterAll(() => test.close());

const at = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
const job = (minutes: number) => jobCtx(test.db, "Alerts", at(minutes));

/** An account on Hobby (1,000 a day) with an owner and a viewer. */
async function client(name: string) {
  const made = await accountWith(test.db, name, "Hobby");
  const owner = await made.memberCtx("owner");
  const viewer = await made.memberCtx("viewer");
  const use = async (spent: number, minutes = 0, outcome = "allowed", day = testDay()) => {
    const row = { accountId: made.accountId, tokenId: crypto.randomUUID(), endpointId: 1, surface: "http", outcome };
    const counts = { requests: spent, spent: outcome === "allowed" ? spent : 0 };
    await test.db.insert(usageDay).values({ ...row, at: new Date(`${day}T00:00:00Z`), ...counts });
    const minute = new Date(Math.floor(at(minutes).getTime() / 60_000) * 60_000);
    await test.db.insert(usageMinute).values({ ...row, at: minute, ...counts });
  };
  const kinds = async () => (await listAlerts(owner, {})).map((one) => one.subject);
  return { ...made, owner, viewer, use, kinds };
}

const ruleOf = (owner: Ctx, kind: "quota" | "pace" | "refused_share" | "rate_pressure", thresholdPercent: number) =>
  createAlertRule(owner, { kind, thresholdPercent, isMailed: true });

describe("alerts", () => {
  it("come with every new account: quota at 80 % and 100 %, and pace", async () => {
    await accountWith(test.db, "Any");
    const { id } = await createAccount(jobCtx(test.db, "test", testNow), { name: "New", plan: "Hobby" });
    const rules = await test.db
      .select({ kind: alertRule.kind, percent: alertRule.thresholdPercent, isMailed: alertRule.isMailed })
      .from(alertRule)
      .where(eq(alertRule.accountId, id));
    expect(rules).toEqual([
      { kind: "quota", percent: 80, isMailed: true },
      { kind: "quota", percent: 100, isMailed: true },
      { kind: "pace", percent: 100, isMailed: true },
    ]);
  });

  it("go beyond 100 % only where a share can: of the pace", async () => {
    const { owner } = await client("Beyond");
    for (const kind of ["quota", "refused_share", "rate_pressure"] as const) {
      await expect(ruleOf(owner, kind, 101)).rejects.toMatchObject({
        fields: { thresholdPercent: "Use at most 100%." },
      });
      expect(await ruleOf(owner, kind, 100)).toMatchObject({ id: expect.any(String) });
    }
    expect(await ruleOf(owner, "pace", 150)).toMatchObject({ id: expect.any(String) });
    await expect(ruleOf(owner, "pace", 501)).rejects.toMatchObject({
      fields: { thresholdPercent: "Use at most 500%." },
    });
  });

  it("tell of each crossing once, on screen and by mail to those who want it, and again the next day", async () => {
    const { accountId, owner, use, kinds } = await client("Crossing");
    await ruleOf(owner, "quota", 80);
    await ruleOf(owner, "quota", 100);
    await test.db
      .update(member)
      .set({ mailsAlerts: false })
      .where(and(eq(member.accountId, accountId), eq(member.role, "viewer")));
    await use(790);
    expect((await evaluateAlerts(job(1), { accountId })).fired).toEqual([]);
    await use(50, 1);
    for (const minute of [2, 3, 4]) await evaluateAlerts(job(minute), { accountId });
    expect(await kinds()).toEqual(["80% of the daily quota is used"]);
    await use(160, 5);
    expect((await evaluateAlerts(job(6), { accountId })).fired).toEqual(["quota"]);
    expect(await kinds()).toEqual(["The daily quota is used up", "80% of the daily quota is used"]);
    const mails = await test.db
      .select({ subject: mail.subject, text: mail.textBody, userId: mail.userId })
      .from(mail)
      .where(eq(mail.accountId, accountId));
    expect(mails.map((one) => one.userId)).toEqual(Array(2).fill(owner.actor.kind === "member" && owner.actor.userId));
    expect(mails[0]).toMatchObject({ subject: "Crossing: 80% of the daily quota is used" });
    expect(mails[0]?.text).toContain("840 of 1,000 requests are used.");

    const tomorrow = jobCtx(test.db, "Alerts", onTestDay("09:00:00", 1));
    await use(850, 0, "allowed", testDay(1));
    expect((await evaluateAlerts(tomorrow, { accountId })).fired).toEqual(["quota"]);
  });

  it("are looked at by the worker for every account in use, and two workers tell of a crossing once", async () => {
    const { accountId, owner, use, kinds } = await client("Working");
    await ruleOf(owner, "quota", 50);
    await use(600);
    await Promise.all([alerts(test.db, at(1), log), alerts(test.db, at(1), log)]);
    expect(await kinds()).toEqual(["50% of the daily quota is used"]);
    const [rule] = await listAlertRules(owner, { accountId });
    expect(rule).toMatchObject({ seenShare: expect.closeTo(0.6), firedAt: at(1) });
  });

  it("tell of a refused share, keep still within the cooldown, and are armed again when the account went quiet", async () => {
    const { accountId, owner, use, kinds } = await client("Refused");
    const { id } = await ruleOf(owner, "refused_share", 25);
    await use(60, 0);
    await use(40, 0, "rate_limited");
    await evaluateAlerts(job(1), { accountId });
    expect(await kinds()).toEqual(["40% of requests were refused"]);
    await alerts(test.db, at(70), log);
    const rule = async () => (await listAlertRules(owner, {})).find((one) => one.id === id);
    expect((await rule())?.seenShare).toBe(0);
    await use(60, 75);
    await use(40, 75, "rate_limited");
    await evaluateAlerts(job(76), { accountId });
    expect(await kinds()).toHaveLength(2);
  });

  it("say when what they told of is over, so that no page goes on warning of it", async () => {
    const { accountId, owner, use } = await client("Over again");
    await ruleOf(owner, "refused_share", 50);
    await use(90, 0, "rate_limited");
    await use(10);
    await evaluateAlerts(job(1), { accountId });
    const told = async () => (await listAlerts(owner, {})).find((one) => one.kind === "refused_share")?.isOver;
    expect(await told()).toBe(null);
    await evaluateAlerts(job(2), { accountId });
    expect(await told()).toBe(false);
    await use(400, 3);
    await evaluateAlerts(job(4), { accountId });
    expect(await told()).toBe(true);
  });

  it("say nothing while their rule is off or gone, and rules are the account's own", async () => {
    const { accountId, owner, use, viewer, kinds } = await client("Silent");
    const { id } = await ruleOf(owner, "quota", 10);
    await changeAlertRule(owner, { ruleId: id, isOn: false });
    await use(900);
    expect((await evaluateAlerts(job(1), { accountId })).fired).toEqual([]);
    await expect(ruleOf(owner, "quota", 10)).rejects.toMatchObject({ code: "invalid" });
    await expect(ruleOf(viewer, "quota", 20)).rejects.toMatchObject({ code: "forbidden" });
    const { owner: stranger } = await client("Stranger");
    await expect(deleteAlertRule(stranger, { ruleId: id })).rejects.toMatchObject({ code: "not_found" });
    await deleteAlertRule(owner, { ruleId: id });
    expect(await listAlertRules(owner, {})).toEqual([]);
    expect(await kinds()).toEqual([]);
  });

  it("can be tested, a few times an hour, and are seen by one for all", async () => {
    const { owner, viewer } = await client("Tested");
    for (let i = 0; i < 5; i += 1) expect(await testAlert(owner, {})).toMatchObject({ mailed: 2 });
    await expect(testAlert(owner, {})).rejects.toMatchObject({ code: "throttled" });
    expect(await listAlerts(viewer, { isUnseen: true })).toHaveLength(5);
    expect(await seeAlerts(viewer, {})).toEqual({ seen: 5 });
    expect(await listAlerts(owner, { isUnseen: true })).toEqual([]);
    expect((await listAlerts(owner, {}))[0]).toMatchObject({ seenBy: "Tested viewer", mailsWaiting: 2 });
  });
});

describe("the watch over tokens", () => {
  it("reminds of an end 7 days and 1 day before, once each, and anew when the end was moved", async () => {
    const { owner, kinds } = await client("Ending");
    const values = { name: "nightly", scopes: ["email:send"] };
    const { tokenId } = await createToken(owner, { ...values, expiresAt: at(6 * 1440) });
    for (const minute of [0, 1, 60]) await watchTokens(test.db, at(minute), log);
    expect(await kinds()).toEqual(["The token “nightly” expires within 7 days"]);
    await watchTokens(test.db, at(5 * 1440 + 1), log);
    await watchTokens(test.db, at(6 * 1440 + 1), log);
    expect(await kinds()).toEqual([
      "The token “nightly” expires within 1 day",
      "The token “nightly” expires within 7 days",
    ]);
    await editToken({ ...owner, now: at(6 * 1440 - 60) }, { ...values, tokenId, expiresAt: at(12 * 1440) });
    await watchTokens(test.db, at(6 * 1440), log);
    expect(await kinds()).toHaveLength(3);
  });

  it("raises a flag for a retired secret that is still used, and tells the members once a day", async () => {
    const { accountId, owner, kinds } = await client("Retired");
    const { tokenId } = await createToken(owner, { name: "rolled", scopes: ["email:send"] });
    await rotateToken(owner, { tokenId, overlapHours: 24 });
    await retireSecret({ ...owner, now: at(1) }, { tokenId });
    const old = (await getToken({ ...owner, now: at(2) }, { tokenId })).secrets.find((one) => one.state === "retired");
    if (!old) throw new Error("no retired secret");
    const use = { secretId: old.id, at: onTestDay("12:00:00"), network: "203.0.113.0/24", client: "cron/1" };
    await test.db.insert(secretUse).values({ ...use, requests: 3, lastAt: testNow });
    await watchTokens(test.db, at(3), log);
    expect(await kinds()).toEqual([]);
    await test.db
      .update(secretUse)
      .set({ lastAt: at(4) })
      .where(eq(secretUse.secretId, old.id));
    for (const minute of [5, 6, 7]) await watchTokens(test.db, at(minute), log);
    expect(await kinds()).toEqual(["A retired secret of “rolled” is still in use"]);
    const flags = await test.db
      .select({ detector: flag.detector, scopeId: flag.scopeId, state: flag.state })
      .from(flag)
      .where(eq(flag.accountId, accountId));
    expect(flags).toEqual([{ detector: "retired_secret", scopeId: tokenId, state: "in_case" }]);
    const [row] = await test.db
      .select({ n: sql<number>`count(*)::int` })
      .from(alert)
      .where(eq(alert.accountId, accountId));
    expect(row?.n).toBe(1);
    expect(await test.db.select({ id: account.id }).from(account).where(eq(account.id, accountId))).toHaveLength(1);
  });
});
