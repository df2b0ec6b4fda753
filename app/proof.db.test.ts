import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportAudit } from "#core/audit/export-audit.ts";
import { hashPassword } from "#core/auth/password.ts";
import { readExport } from "#core/exports/read-export.ts";
import type { Ctx } from "#core/frame/context.ts";
import { grantableKeyScopes } from "#core/frame/permissions.ts";
import { accountWith } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { editToken } from "#core/tokens/edit-token.ts";
import { session, user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type AnyAction, browser, everyAction } from "./testing.ts";
import { deskOf, grounds } from "./testing-desk.ts";

/** What a session may not do that was opened a while ago and perhaps left open: posted as the screens do. */

const password = "correct horse battery";
const actions = await everyAction();
let test: TestDatabase;
let desk: ReturnType<typeof deskOf>;
beforeAll(async () => {
  test = await testDatabase();
  desk = deskOf(test.db);
});
afterAll(() => test.close());

function actionOf(name: string): AnyAction {
  const found = actions.get(name);
  if (!found) throw new Error(`No screen has the action ${name}.`);
  return found;
}

const sessionOf = ({ actor }: Ctx) => ("sessionId" in actor ? (actor.sessionId ?? "") : "");
const userOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

/** A person whose last proof was so long ago. */
async function withProof(who: Ctx, minutes: number): Promise<Ctx> {
  await test.db
    .update(user)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(user.id, userOf(who)));
  await test.db
    .update(session)
    .set({ provenAt: minutesAgo(minutes) })
    .where(eq(session.id, sessionOf(who)));
  return who;
}

type Form = Record<string, unknown>;
const id = () => crypto.randomUUID();
const imposing = async (terms: Form) => ({ accountId: (await desk.anAccount()).accountId, ...grounds, ...terms });
const dangerous: [string, string, () => Promise<Form>][] = [
  ["a suspension for good", "_action/imposeActionAction", () => imposing({ type: "suspension", forGood: true })],
  ["a termination", "_action/imposeActionAction", () => imposing({ type: "termination" })],
  ["an approval", "_action/approveActionAction", async () => ({ actionId: id(), version: 1 })],
  ["a key", "keys/createKeyAction", async () => ({ name: "bot", scopes: ["staff:cases:read"] })],
  ["a key that was paused", "keys/unpauseKeyAction", async () => ({ keyId: id() })],
  ["a new colleague", "people/inviteStaffAction", async () => ({ email: "new@example.com", role: "admin" })],
  ["a new link to a colleague", "people/resendStaffInvitationAction", async () => ({ invitationId: id() })],
  ["a gateway's credential", "gates/createCredentialAction", async () => ({ name: "edge-1" })],
  [
    "private networks for an account",
    "accounts/allowPrivateNetworksAction",
    async () => ({ accountId: id(), reachesPrivateNetworks: "true" }),
  ],
  ["an end of protection", "accounts/protectAccountAction", async () => ({ accountId: id(), isProtected: "false" })],
  ["a block", "people/blockPersonAction", async () => ({ userId: id(), reason: "Taken over." })],
  ["an end of a block", "people/unblockPersonAction", async () => ({ userId: id(), reason: "It is them." })],
  [
    "the removal of a second step",
    "people/proposeSecondStepRemovalAction",
    async () => ({ userId: id(), reason: "Lost." }),
  ],
  ["its approval", "people/approveSecondStepRemovalAction", async () => ({ removalId: id() })],
  ["another role", "people/changeStaffRoleAction", async () => ({ userId: id(), role: "admin" })],
  ["an end of somebody's work", "people/removeStaffAction", async () => ({ userId: id() })],
];

describe("without a proof in the last 15 minutes", () => {
  it.each(dangerous)("%s is held until the password was given, and then goes through", async (_what, name, form) => {
    const admin = await withProof(await desk.staff("admin"), 15);
    const act = actionOf(`staff/${name}`);
    const given = await form();
    const post = () => browser(test.db).post(act, admin.actor, given);
    expect(await post()).toMatchObject({ status: "error", code: "forbidden", needsProof: true });
    const prove = (text: string) =>
      browser(test.db).post(actionOf("owner/me/proveAgainAction"), admin.actor, { password: text });
    expect(await prove("not it")).toMatchObject({ shown: { ok: false, reason: "wrong" } });
    expect(await post()).toMatchObject({ needsProof: true });
    expect(await prove(password)).toMatchObject({ shown: { ok: true } });
    expect(await post()).not.toHaveProperty("needsProof");
  });

  it("an archive of an account is held as well", async () => {
    const { slug, memberCtx } = await accountWith(test.db, "Archive");
    const owner = await withProof(await memberCtx("owner", new Date()), 15);
    const post = () =>
      browser(test.db).post(actionOf("owner/settings/requestExportAction"), owner.actor, {}, { account: slug });
    expect(await post()).toMatchObject({ needsProof: true });
    await withProof(owner, 14);
    expect(await post()).toMatchObject({ status: "ok" });
  });

  it("an archive that is ready is not handed out", async () => {
    const { memberCtx } = await accountWith(test.db, "Ready archive");
    const owner = await withProof(await memberCtx("owner", new Date()), 16);
    const read = (position: number) => readExport(owner, { exportId: id(), position });
    await expect(read(0)).rejects.toMatchObject({ name: "ProofNeeded" });
    await expect(read(1)).rejects.toMatchObject({ code: "not_found" });
  });

  it("a token that makes members is neither made nor widened to it", async () => {
    const { memberCtx } = await accountWith(test.db, "Wide token");
    const owner = await withProof(await memberCtx("owner", new Date()), 16);
    const { tokenId } = await createToken(owner, { name: "narrow", scopes: ["members:read"] });
    const wide = { name: "wide", scopes: ["members:write"] };
    await expect(createToken(owner, wide)).rejects.toMatchObject({ name: "ProofNeeded" });
    await expect(editToken(owner, { ...wide, tokenId })).rejects.toMatchObject({ name: "ProofNeeded" });
    await withProof(owner, 14);
    expect(await createToken(owner, wide)).toMatchObject({ name: "wide" });
  });

  it("a member becomes an owner only then", async () => {
    const { slug, memberCtx } = await accountWith(test.db, "Owners");
    const owner = await withProof(await memberCtx("owner", new Date()), 15);
    const viewer = userOf(await memberCtx("viewer", new Date()));
    const post = (name: string, form: Form) =>
      browser(test.db).post(actionOf(`owner/members/${name}`), owner.actor, form, { account: slug });
    const invite = (role: string) => post("inviteMemberAction", { email: `${id()}@example.com`, role });
    const change = (role: string) => post("changeMemberRoleAction", { userId: viewer, role });
    expect(await invite("owner")).toMatchObject({ needsProof: true });
    expect(await change("owner")).toMatchObject({ needsProof: true });
    expect(await invite("viewer")).toMatchObject({ status: "ok" });
    expect(await change("developer")).toMatchObject({ status: "ok" });
    await withProof(owner, 14);
    expect(await invite("owner")).toMatchObject({ status: "ok" });
    expect(await change("owner")).toMatchObject({ status: "ok" });
  });

  it("what ends by itself is not held, and a proof of one session is none of another", async () => {
    const admin = await withProof(await desk.staff("admin"), 15);
    const post = (terms: Form, who = admin) =>
      imposing(terms).then((form) =>
        browser(test.db).post(actionOf("staff/_action/imposeActionAction"), who.actor, form),
      );
    expect(await post({ type: "throttle", factor: 0.5, durationHours: 24 })).toMatchObject({ status: "ok" });
    const values = { userId: userOf(admin), expiresAt: new Date("2100-01-01T00:00:00Z"), provenAt: new Date() };
    const [other] = await test.db.insert(session).values(values).returning({ id: session.id });
    expect(await post({ type: "termination" })).toMatchObject({ needsProof: true });
    if (admin.actor.kind !== "staff" || !other) throw new Error("no session");
    const there = { ...admin, actor: { ...admin.actor, sessionId: other.id } };
    expect(await post({ type: "termination" }, there)).toMatchObject({ status: "ok" });
  });

  it("keys act as before: they have no session that could be left open", async () => {
    const admin = await withProof(await desk.staff("admin"), 16);
    expect(grantableKeyScopes(admin.actor, "personal")).toContain("staff:actions:approve");
    if (admin.actor.kind !== "staff") throw new Error("no staff");
    const key = { keyId: id(), name: "terminal", kind: "personal" as const, scopes: ["staff:audit:export"] };
    const withKey = { ...admin, actor: { ...admin.actor, sessionId: null, key } };
    expect(await exportAudit(withKey, { month: "2026-01" })).toEqual([]);
    await expect(exportAudit(admin, { month: "2026-01" })).rejects.toMatchObject({ name: "ProofNeeded" });
  });
});
