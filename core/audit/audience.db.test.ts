import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { settleActions } from "../enforcement/settle-actions.ts";
import { exportFiles } from "../exports/export-files.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { inviteMember, inviteOwner } from "../invitations/invite.ts";
import { unmask } from "../personal-data/unmask.ts";
import { accountWith, probingSignal, staffCtx, testNow, withKey } from "../testing.ts";
import { listAudit } from "./list-audit.ts";

let test: TestDatabase;
let agent: Ctx;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  agent = await staffCtx(test.db, "support", "Agnes Agent");
  lead = await staffCtx(test.db, "lead", "Lea Lead");
});
afterAll(() => test.close());

const hour = 3_600_000;
const subjectOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");

describe("an account's audit as its owner reads it", () => {
  it("leaves out flags, cases, looks and what was only proposed, which staff read", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Quiet Ltd");
    const owner = await memberCtx("owner");
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
    const subjectId = subjectOf(owner);
    await unmask(agent, { what: "member_email", subjectId, accountId, reason: "To call them about the queue." });
    await imposeAction(lead, { accountId, type: "suspension", forGood: true, ...facts });
    const staffRead = (await listAudit(lead, { accountId })).events.map((row) => row.action);
    expect(staffRead).toEqual(expect.arrayContaining(["flag.open", "personal.unmask", "action.propose"]));
    expect((await listAudit(owner, {})).events).toEqual([]);
    expect(await exportedAudit(accountId)).toEqual([]);
  });

  it("tells of a measure without notice when notice is given, not before", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Silent Ltd");
    const owner = await memberCtx("owner");
    const silence = { silentHours: 12, silenceReason: "They must not remove the traces." };
    await imposeAction(lead, { accountId, type: "throttle", factor: 0.5, durationHours: 48, ...facts, ...silence });
    expect((await listAudit(owner, {})).events).toEqual([]);
    expect(await exportedAudit(accountId)).toEqual([]);
    await settleActions(jobCtx(test.db, "Actions", new Date(testNow.getTime() + 13 * hour)), {});
    expect((await listAudit(owner, {})).events.map((row) => row.action)).toEqual(["action.apply"]);
    await imposeAction(lead, { accountId, type: "suspension", durationHours: 24, ...facts });
    const { events } = await listAudit(owner, {});
    expect(events).toHaveLength(2);
    const exported = await exportedAudit(accountId);
    expect(exported.map((row) => Number(row.id))).toEqual(events.map((row) => row.id).reverse());
  });

  it("names neither people of the provider nor their keys, and not where they called from", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Nameless Ltd");
    const owner = await memberCtx("owner");
    const admin = await staffCtx(test.db, "admin", "Ada Admin");
    await inviteOwner(admin, { accountId, email: "first@example.com" });
    const byKey = await withKey(lead, "automation");
    await imposeAction(byKey, { accountId, type: "notice", ...facts });
    await inviteMember(owner, { email: "second@example.com", role: "viewer" });
    const named = (await listAudit(lead, { accountId })).events.map((row) => row.actorName);
    expect(named).toEqual(["Nameless Ltd owner", "Lea Lead (key automation)", "Ada Admin"]);

    const { events } = await listAudit(owner, {});
    expect(events.map((row) => [row.actorKind, row.actorName])).toEqual([
      ["member", "Nameless Ltd owner"],
      ["staff", "The provider"],
      ["staff", "The provider"],
    ]);
    expect((await listAudit(owner, { actor: "the provider" })).events).toHaveLength(2);
    expect((await listAudit(owner, { actor: "Lea" })).events, "a name cannot be guessed at").toEqual([]);
    expect((await exported("audit.jsonl", accountId)).map((row) => [row.actor_kind, row.actor_name, row.ip])).toEqual([
      ["staff", "The provider", null],
      ["staff", "The provider", null],
      ["member", "Nameless Ltd owner", "203.0.113.7"],
    ]);
    expect((await exported("invitations.jsonl", accountId)).map((row) => row.invited_by)).toEqual([
      "The provider",
      "Nameless Ltd owner",
    ]);
  });
});

/** What the archive of an account holds of its audit. */
const exportedAudit = (accountId: string) => exported("audit.jsonl", accountId);

async function exported(fileName: string, accountId: string): Promise<Record<string, unknown>[]> {
  const file = exportFiles.find(({ name }) => name === fileName);
  return file ? [...(await test.db.execute(file.rows(accountId)))] : [];
}

const facts = {
  reasonCode: "rate_excess" as const,
  publicText: "Your client kept calling after 429.",
  internalNote: "Third time this month.",
};
