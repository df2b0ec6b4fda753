import { randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag, viewEvent } from "#db/schema/abuse.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { session } from "#db/schema/auth.ts";
import { refusal } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getAccount } from "../accounts/get-account.ts";
import { exportAudit } from "../audit/export-audit.ts";
import { transparency } from "../audit/transparency.ts";
import { findSession } from "../auth/find-session.ts";
import { claimCase } from "../cases/claim-case.ts";
import { getCase } from "../cases/get-case.ts";
import { listCases } from "../cases/list-cases.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import type { Ctx } from "../frame/context.ts";
import { listViews } from "../personal-data/list-views.ts";
import { unmask } from "../personal-data/unmask.ts";
import { closeReport } from "../reports/close-report.ts";
import { joinReport } from "../reports/join-report.ts";
import { listReports } from "../reports/list-reports.ts";
import { submitReport } from "../reports/submit-report.ts";
import { takeReport } from "../reports/take-report.ts";
import { newReceipt } from "../rules/limits/receipt.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { changeStaffRole, removeStaff } from "./change-staff.ts";
import { teamFigures } from "./team-figures.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.sql`select ensure_usage_partitions(${testNow}::timestamptz, ${testNow}::timestamptz)`;
});
afterAll(() => test.close());

const userIdOf = (ctx: Ctx) => (ctx.actor.kind === "staff" ? ctx.actor.userId : "");
let host = 0;
/** Each from an address of their own, so that one test does not use up another's share. */
const visitor = (): Ctx => {
  host += 1;
  return { ...ctxOf(test.db, { kind: "visitor" }), ip: `192.0.2.${host}` };
};
const report = {
  kind: "abuse" as const,
  about: "mail from x@example.com",
  body: "They send spam to our whole office.",
};

describe("reports of people", () => {
  async function submitted(): Promise<{ agent: Ctx; reportId: string; accountId: string }> {
    const { accountId } = await accountWith(test.db, "Reported Ltd");
    const agent = await staffCtx(test.db, "support");
    const before = new Set((await listReports(agent, {})).map((one) => one.id));
    await submitReport(visitor(), report);
    const made = (await listReports(agent, {})).find((one) => !before.has(one.id));
    return { agent, reportId: made?.id ?? "", accountId };
  }

  it("come from anybody, and name their account by a receipt", async () => {
    const { accountId } = await accountWith(test.db, "Receipted Ltd");
    const receipt = newReceipt(testNow.getTime(), randomBytes);
    await test.db.insert(refusal).values({
      receipt,
      accountId,
      at: testNow,
      tokenId: crypto.randomUUID(),
      endpointId: 1,
      surface: "http",
      code: "rate_limited",
      gateId: "g",
    });
    const about = `receipt ${receipt}`;
    await submitReport(visitor(), { ...report, about, reporterEmail: "rita@example.com" });
    const agent = await staffCtx(test.db, "support");
    const found = (await listReports(agent, {})).find((one) => one.accountId === accountId);
    expect(found).toMatchObject({ accountId, state: "new", maskedEmail: "r…@example.com" });
    expect(JSON.stringify(found)).not.toContain("rita@");
  });

  it("are taken once", async () => {
    const { agent, reportId } = await submitted();
    await takeReport(agent, { reportId, version: 1 });
    await expect(takeReport(agent, { reportId, version: 1 })).rejects.toMatchObject({ code: "conflict" });
  });

  it("join the case of their account, each as a flag of its own", async () => {
    const { agent, reportId, accountId } = await submitted();
    const joined = await joinReport(agent, { reportId, version: 1, accountId, severity: 3 });
    const { flags, timeline } = await getCase(agent, { caseId: joined.caseId ?? "" });
    expect(flags).toMatchObject([{ detector: "report", severity: 3, state: "in_case" }]);
    expect(timeline.map((event) => event.type)).toContain("report.joined");
    const second = await submitted();
    await joinReport(agent, { reportId: second.reportId, version: 1, accountId, severity: 1 });
    const own = await test.db.select({ id: flag.id }).from(flag).where(eq(flag.accountId, accountId));
    expect(own).toHaveLength(2);
  });

  it("are closed once", async () => {
    const { agent, reportId, accountId } = await submitted();
    await joinReport(agent, { reportId, version: 1, accountId, severity: 3 });
    await closeReport(agent, { reportId, version: 2, outcome: "Suspended for a week." });
    await expect(closeReport(agent, { reportId, version: 3, outcome: "again" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("are limited per address, and act on nobody by themselves", async () => {
    const loud = visitor();
    for (let i = 0; i < 20; i += 1) await submitReport(loud, report);
    await expect(submitReport(loud, report)).rejects.toMatchObject({ code: "throttled" });
    await submitReport(visitor(), report);
    const bad = submitReport(visitor(), { ...report, body: "short" });
    await expect(bad).rejects.toMatchObject({ fields: { body: expect.any(String) } });
  });
});

describe("looks at personal data", () => {
  it("are written down once in ten minutes, and always with a reason when something is unmasked", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Looked At");
    const owner = await memberCtx("owner");
    const agent = await staffCtx(test.db, "support", "Lou Looker");
    await getAccount(agent, { accountId });
    await getAccount(agent, { accountId });
    await getAccount({ ...agent, now: new Date(testNow.getTime() + 11 * 60_000) }, { accountId });
    await getAccount(owner, {});
    const subjectId = owner.actor.kind === "member" ? owner.actor.userId : "";
    const ask = { what: "member_email" as const, subjectId, accountId };
    await expect(unmask(agent, { ...ask, reason: "" })).rejects.toMatchObject({
      fields: { reason: expect.any(String) },
    });
    const shown = await unmask(agent, { ...ask, reason: "They asked for a call back." });
    expect(shown.value).toMatch(/@example\.com$/);
    const elsewhere = unmask(agent, { ...ask, accountId: crypto.randomUUID(), reason: "Somebody else's member." });
    await expect(elsewhere).rejects.toMatchObject({ code: "not_found" });
    const lead = await staffCtx(test.db, "lead");
    const { views } = await listViews(lead, { accountId });
    expect(views.map((view) => [view.userName, view.what, view.reason])).toEqual([
      ["Lou Looker", "member_email", "They asked for a call back."],
      ["Lou Looker", "account", null],
      ["Lou Looker", "account", null],
    ]);
    const [audited] = await test.db
      .select({ data: auditEvent.data })
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "personal.unmask"), eq(auditEvent.accountId, accountId)));
    expect(JSON.stringify(audited)).not.toContain(shown.value);
    await expect(test.db.update(viewEvent).set({ reason: "forged" })).rejects.toThrow();
    await expect(listViews(agent, {})).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the staff", () => {
  it("keeps its last admin, and who is removed is out at once, with their cases free", async () => {
    const admin = await staffCtx(test.db, "admin", "Ada");
    const other = await staffCtx(test.db, "admin", "Abe");
    const agent = await staffCtx(test.db, "support", "Sue");
    const { accountId } = await accountWith(test.db, "Held");
    await submitReport(visitor(), report);
    const [fresh] = (await listReports(agent, {})).filter((one) => one.state === "new");
    await joinReport(agent, { reportId: fresh?.id ?? "", version: 1, accountId, severity: 1 });
    const {
      cases: [held],
    } = await listCases(agent, { search: "Held" });
    await claimCase(agent, {
      caseId: held?.id ?? "",
      version: held ? (await getCase(agent, { caseId: held.id })).version : 0,
    });
    await removeStaff(admin, { userId: userIdOf(agent) });
    const sessionId = agent.actor.kind === "staff" ? (agent.actor.sessionId ?? "") : "";
    expect(await findSession(test.db, sessionId, testNow)).toBeNull();
    expect((await getCase(admin, { caseId: held?.id ?? "" })).assigneeUserId).toBeNull();
    const open = await test.db
      .select({ id: session.id })
      .from(session)
      .where(and(eq(session.userId, userIdOf(agent)), isNull(session.revokedAt)));
    expect(open).toEqual([]);
    await changeStaffRole(admin, { userId: userIdOf(other), role: "reviewer" });
    const everyOther = await test.sql<{ user_id: string }[]>`
      select user_id from staff_member where role = 'admin' and ended_at is null and user_id <> ${userIdOf(admin)}`;
    for (const row of everyOther) await removeStaff(admin, { userId: row.user_id });
    const last = { userId: userIdOf(admin) };
    await expect(removeStaff(admin, last)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeStaffRole(admin, { ...last, role: "lead" })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("figures", () => {
  it("count the month's decisions without naming an account, and the team's work", async () => {
    const { accountId } = await accountWith(test.db, "Counted");
    const lead = await staffCtx(test.db, "lead", "Lea", new Date());
    const facts = { reasonCode: "spam" as const, publicText: "Your account sends spam.", internalNote: "many" };
    await imposeAction(lead, { accountId, type: "suspension", durationHours: 24, ...facts });
    const month = new Date().toISOString().slice(0, 7);
    const admin = await staffCtx(test.db, "admin");
    const rows = await transparency(admin, { month });
    expect(rows.find((row) => row.reason === "spam")).toMatchObject({ type: "suspension", decisions: 1, accounts: 1 });
    expect(JSON.stringify(rows)).not.toContain(accountId);
    await expect(transparency(lead, { month })).rejects.toMatchObject({ code: "forbidden" });
    expect((await exportAudit(admin, { month: testNow.toISOString().slice(0, 7) })).length).toBeGreaterThan(5);
    const figures = await teamFigures(lead, {});
    expect(figures.people.find((one) => one.name === "Lea")).toMatchObject({ imposed: 1 });
  });
});
