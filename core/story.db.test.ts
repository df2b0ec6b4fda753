import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "#db/client.ts";
import { abuseCase } from "#db/schema/abuse.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import { refusal, usageDay, usageHour, usageMinute, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import * as format from "#words/format.ts";
import { listAccounts } from "./accounts/list-accounts.ts";
import { listAudit } from "./audit/list-audit.ts";
import { verifyAudit } from "./audit/verify-audit.ts";
import { claimCase } from "./cases/claim-case.ts";
import { closeCase } from "./cases/close-case.ts";
import { getCase } from "./cases/get-case.ts";
import { listCases } from "./cases/list-cases.ts";
import { detect } from "./detection/detect.ts";
import { getStanding } from "./enforcement/get-standing.ts";
import { imposeAction } from "./enforcement/impose-action.ts";
import { liftAction } from "./enforcement/lift-action.ts";
import { listActions } from "./enforcement/list-actions.ts";
import { previewImpact } from "./enforcement/preview-impact.ts";
import { settleActions } from "./enforcement/settle-actions.ts";
import { type Ctx, jobCtx } from "./frame/context.ts";
import { thinSeconds, tidy } from "./jobs/tidy.ts";
import { listNotices } from "./notices/list-notices.ts";
import { logger } from "./runtime/log.ts";
import { accountWith, onTestDay, staffCtx, testNow } from "./testing.ts";
import { createToken } from "./tokens/create-token.ts";
import { listTokens } from "./tokens/list-tokens.ts";
import { getLive } from "./usage/get-live.ts";
import { getTokenShares } from "./usage/get-token-shares.ts";
import { getUsageSeries } from "./usage/get-usage-series.ts";
import { listRefusals } from "./usage/list-refusals.ts";

/** The main job from end to end, at the use cases. The same story runs through the browser and the gate in e2e. */
describe("from token to suspension", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
    await test.db.execute(sql`select ensure_usage_partitions(${new Date(testNow.getTime() - 86_400_000)}, ${testNow})`);
  });
  afterAll(() => test.close());

  const at = (ctx: Ctx, seconds: number): Ctx => ({ ...ctx, now: new Date(testNow.getTime() + seconds * 1000) });

  it("flags excess, suspends with confirmation, tells the owner, lifts, and audits every step", async () => {
    const { db } = test;
    const { accountId, memberCtx } = await accountWith(db, "Northwind Mail");
    const owner = await memberCtx("owner");
    const made = await createToken(owner, { name: "billing-cron", scopes: ["email:send"] });
    expect(made.secret).toMatch(/^gth_/);

    await recordTraffic(db, accountId, made.tokenId);
    const tokens = await listTokens(owner, {});
    expect(tokens[0]).toMatchObject({ name: "billing-cron", state: "active", today: { requests: 500, refused: 380 } });
    const live = await getLive(owner, {});
    expect(live.quota).toMatchObject({ limit: 100_000, used: 120 });
    const series = await getUsageSeries(owner, { range: "1h", groupBy: "token" });
    expect(series.keys).toMatchObject([{ key: made.tokenId, label: "billing-cron", requests: 500 }]);
    expect((await getTokenShares(owner, {}))[0]).toMatchObject({ requests: 500, share: 1 });
    expect((await listRefusals(owner, { limit: 2 })).refusals).toHaveLength(1);

    const found = await detect(db, testNow, logger("test"));
    expect(found.opened).toBe(1);
    const agent = await staffCtx(db, "reviewer", "Mia Ortiz");
    const {
      cases: [queued],
    } = await listCases(agent, {});
    expect(queued).toMatchObject({ accountName: "Northwind Mail", state: "new" });
    const caseId = queued?.id ?? "";
    const detail = await getCase(agent, { caseId });
    expect(detail.flags[0]).toMatchObject({ detector: "rate_excess", scopeName: "billing-cron", severity: 2 });
    await claimCase(agent, { caseId, version: detail.version });
    await expect(claimCase(agent, { caseId, version: detail.version })).rejects.toMatchObject({ code: "conflict" });

    await db.insert(gate).values({ id: "gate-1", pid: 1, startedAt: new Date(0), lastSeenAt: testNow });
    const impact = await previewImpact(agent, { accountId });
    expect(impact.tokens).toHaveLength(1);
    expect(impact.reaches.find((one) => one.key === "account")).toMatchObject({ requests: 500 });
    const endsAt = new Date(testNow.getTime() + 72 * 3_600_000);
    const reason = {
      reasonCode: "rate_excess" as const,
      publicText: "Your client ignores its limit.",
      internalNote: "clear",
    };
    const suspended = await imposeAction(agent, { type: "suspension", accountId, caseId, endsAt, ...reason });
    expect(suspended.state).toBe("applying");

    const [waiting] = await listActions(agent, { caseId });
    expect(waiting?.effect).toEqual([{ gateId: "gate-1", milliseconds: null, sinceStart: false }]);
    await settleActions(jobCtx(db, "Gatehouse", testNow), {});
    expect((await listActions(agent, { caseId }))[0]?.state).toBe("applying");
    await db
      .insert(standingConfirmation)
      .values({ accountId, gateId: "gate-1", standingVersion: waiting?.standingVersion ?? 0, confirmedAt: new Date() });
    await settleActions(jobCtx(db, "Gatehouse", testNow), {});
    expect((await listActions(agent, { caseId }))[0]?.state).toBe("active");

    const standing = await getStanding(owner, {});
    expect(standing.standing).toBe("suspended");
    expect(standing.actions[0]).toMatchObject({
      isInForce: true,
      statement: { publicText: "Your client ignores its limit." },
    });
    expect(standing.actions[0]?.statement?.evidence?.totals).toEqual({ allowed: 120, refused: 380 });
    expect((await listNotices(owner, {}))[0]?.subject).toContain(
      `in force until ${format.utc(onTestDay("12:12:30", 3), "long")}`,
    );
    await expect(createToken(owner, { name: "another" })).rejects.toMatchObject({ code: "conflict" });

    await liftAction(at(agent, 60), { actionId: suspended.actionId, reason: "client fixed" });
    expect((await getStanding(at(owner, 61), {})).standing).toBe("good");
    expect((await detect(db, new Date(testNow.getTime() + 90_000), logger("test"))).opened).toBe(0);
    const again = await getCase(agent, { caseId });
    await closeCase(agent, { caseId, version: again.version, outcome: "suspended" });
    const [row] = await db.select({ state: abuseCase.state }).from(abuseCase).where(eq(abuseCase.id, caseId));
    expect(row?.state).toBe("closed");

    const lead = await staffCtx(db, "lead");
    const audit = await listAudit(lead, { accountId });
    expect(audit.events.map((event) => event.action)).toEqual([
      "case.close",
      "action.lift",
      "action.apply",
      "case.claim",
      "flag.open",
      "token.create",
    ]);
    // The owner reads what happened to the account, not the work of staff.
    const ownAudit = await listAudit(owner, {});
    expect(ownAudit.events.map((event) => event.action)).toEqual(["action.lift", "action.apply", "token.create"]);
    expect(JSON.stringify(audit)).not.toContain(made.secret);
    expect((await listAccounts(agent, { search: "northwind" })).accounts[0]).toMatchObject({ requestsToday: 500 });
    expect(await verifyAudit(db)).toMatchObject({ brokenAt: null });
  });

  it("finds an audit row that was altered by hand, and the database refuses to alter it", async () => {
    await expect(test.db.update(auditEvent).set({ actorName: "Nobody" }).where(eq(auditEvent.id, 2))).rejects.toThrow();
    await test.sql`alter table audit_event disable trigger all`;
    await test.sql`update audit_event set actor_name = 'Nobody' where id = 2`;
    await test.sql`alter table audit_event enable trigger all`;
    expect(await verifyAudit(test.db)).toMatchObject({ events: 1, brokenAt: 2, why: "Event 2 was altered." });
  });

  it("tidies without touching what is still needed", async () => {
    await thinSeconds(test.db, testNow);
    expect((await tidy(test.db, testNow)).dropped).toEqual([]);
  });
});

async function recordTraffic(db: Database, accountId: string, tokenId: string): Promise<void> {
  const minute = onTestDay("12:11:00");
  const key = { accountId, tokenId, endpointId: 1, surface: "http" };
  const counts = [
    { ...key, outcome: "allowed", requests: 120, spent: 120 },
    { ...key, outcome: "rate_limited", requests: 380, spent: 0 },
  ];
  await db.insert(usageMinute).values(counts.map((row) => ({ ...row, at: minute })));
  await db.insert(usageHour).values(counts.map((row) => ({ ...row, at: onTestDay("12:00:00") })));
  await db.insert(usageDay).values(counts.map((row) => ({ ...row, at: onTestDay("00:00:00") })));
  await db
    .insert(usageSecond)
    .values({ accountId, tokenId, endpointId: 1, at: onTestDay("12:12:01"), allowed: 120, refused: 380 });
  await db.insert(refusal).values({
    receipt: "rcp_1",
    accountId,
    tokenId,
    endpointId: 1,
    surface: "http",
    at: onTestDay("12:11:30"),
    code: "rate_limited",
    gateId: "gate-1",
    limiter: { name: "email.send", kind: "rate", limit: 120, used: 120, windowSeconds: 60 },
    retryAfterSeconds: 12,
  });
}
