import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { setAllowedNetworks } from "../accounts/allowed-networks.ts";
import { changeAccountPlan } from "../accounts/change-terms.ts";
import { setExternalId } from "../accounts/external-id.ts";
import { renameAccount } from "../accounts/rename-account.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { settleActions } from "../enforcement/settle-actions.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { inviteMember } from "../invitations/invite.ts";
import { changeEndpoint, createEndpoint } from "../provider/change-endpoint.ts";
import { changePlan, createPlan, setPlanLimit } from "../provider/change-plan.ts";
import { getLimits } from "../provider/get-limits.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { capToken } from "../tokens/cap-token.ts";
import { createToken } from "../tokens/create-token.ts";
import { renameToken } from "../tokens/rename-token.ts";
import { listAudit } from "./list-audit.ts";

let test: TestDatabase;
let admin: Ctx;
let owner: Ctx;
let accountId: string;
let otherId: string;
let tokenId: string;
beforeAll(async () => {
  test = await testDatabase();
  admin = await staffCtx(test.db, "admin", "Ada Admin");
  const shop = await accountWith(test.db, "Web Shop");
  const other = await accountWith(test.db, "Other Ltd");
  accountId = shop.accountId;
  otherId = other.accountId;
  owner = { ...(await shop.memberCtx("owner")), ip: "203.0.113.7" };
  tokenId = (await createToken(owner, { name: "billing-cron" })).tokenId;
  await createToken(await other.memberCtx("owner"), { name: "elsewhere" });
});
afterAll(() => test.close());

const acts = async (filter: Parameters<typeof listAudit>[1], ctx = admin) =>
  (await listAudit(ctx, filter)).events.map((one) => one.action);
const lastChanges = async () => (await listAudit(admin, { limit: 1 })).events[0]?.data.changes;
const facts = {
  reasonCode: "other",
  publicText: "Too many requests for paths that do not exist.",
  internalNote: "Seen in the log.",
} as const;

describe("the audit of the desk", () => {
  it("finds what happened to an account by part of its name, its address, its external id and its id", async () => {
    await setExternalId(admin, { accountId, externalId: "crm-17" });
    const [{ slug } = { slug: "" }] = await test.sql<
      { slug: string }[]
    >`select slug from account where id = ${accountId}`;
    for (const account of ["web sh", slug, "crm-17", accountId.toUpperCase()])
      expect(await acts({ account }), account).toEqual(["account.set_external_id", "token.create"]);
    expect(await acts({ account: "100%" })).toEqual([]);
  });

  it("finds who, what it is about, and what it says", async () => {
    expect(await acts({ actor: "ada", account: "web" })).toEqual(["account.set_external_id"]);
    expect(await acts({ subjectKind: "token", subjectId: tokenId })).toEqual(["token.create"]);
    expect(await acts({ search: "billing-cron" })).toEqual(["token.create"]);
    expect(await acts({ search: "crm-17" })).toEqual(["account.set_external_id"]);
  });

  it("tells nobody by a search whether an address that they may not read is in it", async () => {
    await inviteMember(owner, { email: "secret.person@example.com", role: "viewer" });
    expect(await acts({ search: "secret.person" })).toEqual([]);
    expect(await acts({ search: "viewer", account: "web" })).toContain("member.invite");
  });

  it("names subject and account, and says where the account's people called from", async () => {
    const [event] = (await listAudit(admin, { subjectId: tokenId })).events;
    expect(event).toMatchObject({
      accountName: "Web Shop",
      subjectName: "billing-cron",
      actorName: "Web Shop owner",
      ip: "203.0.113.7",
    });
    const [own] = (await listAudit(owner, { subjectId: tokenId })).events;
    expect(own).toMatchObject({ subjectName: "billing-cron", ip: "203.0.113.7" });
  });

  it("leaves out the worker's rounds where asked, and never what came of one", async () => {
    const signals = [probingSignal(otherId)];
    await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId: otherId, signals });
    await imposeAction(admin, { accountId: otherId, type: "throttle", factor: 0.5, durationHours: 1, ...facts });
    await settleActions(jobCtx(test.db, "Actions", new Date(testNow.getTime() + 2 * 3_600_000)), {});
    const all = await acts({});
    const shown = await acts({ withoutRoutine: true });
    expect(all).toContain("action.settle");
    expect(all.filter((one) => one !== "action.settle")).toEqual(shown);
    expect(shown).toEqual(expect.arrayContaining(["action.expire", "flag.open"]));
  });
});

describe("what changed", () => {
  it("of an account: its name, plan, external id and networks", async () => {
    const { planId } = await createPlan(admin, { name: "Larger", quotaPerDay: 5_000_000 });
    await renameAccount(owner, { name: "Web Shop 2" });
    expect(await lastChanges()).toEqual({ name: { before: "Web Shop", after: "Web Shop 2" } });
    await changeAccountPlan(admin, { accountId, planId });
    expect(await lastChanges()).toEqual({ plan: { before: expect.any(String), after: "Larger" } });
    await setExternalId(admin, { accountId, externalId: null });
    expect(await lastChanges()).toEqual({ externalId: { before: "crm-17", after: null } });
    await setAllowedNetworks(owner, { allowedNetworks: ["203.0.113.0/24"] });
    expect(await lastChanges()).toEqual({ allowedNetworks: { before: [], after: ["203.0.113.0/24"] } });
  });

  it("of a token: its name and caps, and nothing that stayed", async () => {
    await capToken(owner, { tokenId, capPerDay: 500 });
    expect(await lastChanges()).toEqual({ capPerDay: { before: null, after: 500 } });
    await renameToken(owner, { tokenId, name: "billing" });
    expect(await lastChanges()).toEqual({ name: { before: "billing-cron", after: "billing" } });
  });

  it("of an endpoint and of a plan's limit on it", async () => {
    const { endpointId } = await createEndpoint(admin, {
      name: "mail",
      surface: "http",
      method: "POST",
      path: "/v1/mail",
      rateLimit: 60,
      windowSeconds: 60,
      cost: 1,
    });
    await changeEndpoint(admin, { endpointId, version: 1, rateLimit: 120, windowSeconds: 60, cost: 2, isDenied: true });
    expect(await lastChanges()).toEqual({
      rateLimit: { before: 60, after: 120 },
      cost: { before: 1, after: 2 },
      isDenied: { before: false, after: true },
    });
    const plan = (await getLimits(admin, {})).plans.find((one) => one.name === "Larger");
    if (!plan) throw new Error("The plan is missing.");
    await setPlanLimit(admin, { planId: plan.id, version: plan.version, endpointId, rateLimit: 10 });
    expect(await lastChanges()).toEqual({ rateLimit: { before: null, after: 10 } });
    await changePlan(admin, { planId: plan.id, version: plan.version + 1, name: "Larger", quotaPerDay: 6_000_000 });
    expect(await lastChanges()).toEqual({ quotaPerDay: { before: 5_000_000, after: 6_000_000 } });
  });
});
