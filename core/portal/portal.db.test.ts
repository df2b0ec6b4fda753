import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { account, member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { session, user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { findMembership } from "../accounts/find-membership.ts";
import { listAudit } from "../audit/list-audit.ts";
import { findSession } from "../auth/find-session.ts";
import { hashPassword } from "../auth/password.ts";
import { getProfile } from "../auth/profile.ts";
import { signIn } from "../auth/sign-in.ts";
import { signOut } from "../auth/sign-out.ts";
import type { Ctx } from "../frame/context.ts";
import { grantableKeyScopes, staffKeyScopes } from "../frame/permissions.ts";
import { inviteMember } from "../invitations/invite.ts";
import { hourMs, minuteMs, secondMs } from "../rules/time.ts";
import type { MemberRole } from "../rules/vocabulary.ts";
import { accountWith, ctxOf, staffCtx, testNow, withKey } from "../testing.ts";
import { enterByPortal } from "./enter-by-portal.ts";
import { findPortalLink } from "./find-portal-link.ts";
import { makePortalLink } from "./make-portal-link.ts";
import { pathInAccount } from "./portal-path.ts";

/** The way in from the provider's own product. */

let test: TestDatabase;
let key: Ctx;
let own: Awaited<ReturnType<typeof accountWith>>;
beforeAll(async () => {
  vi.stubEnv("PORTAL_RETURN_ORIGINS", "https://app.acme.test, http://localhost:4000");
  test = await testDatabase();
  key = await withKey(await staffCtx(test.db, "admin"), "automation");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});
beforeEach(async () => {
  own = await accountWith(test.db, "Portal Mail");
});

const visitor = (laterMs = 0) => ctxOf(test.db, { kind: "visitor" }, new Date(testNow.getTime() + laterMs));
let people = 0;
const someEmail = () => {
  people += 1;
  return `mara.${people}@example.com`;
};
const secretIn = (url: string) => new URL(url).pathname.replace("/portal/", "");

async function link(email: string, role: MemberRole = "developer", more: { path?: string; returnUrl?: string } = {}) {
  const { url } = await makePortalLink(key, { accountId: own.accountId, email, name: "Mara Vance", role, ...more });
  return secretIn(url);
}

async function enter(email: string, role: MemberRole = "developer") {
  return enterByPortal(visitor(), { secret: await link(email, role) });
}

const personOf = async (email: string) => {
  const [found] = await test.db
    .select({
      id: user.id,
      passwordHash: user.passwordHash,
      verifiedAt: user.emailVerifiedAt,
      totpSince: user.totpSince,
    })
    .from(user)
    .where(eq(user.email, email));
  return found;
};
const roleOf = async (userId: string, accountId = own.accountId) => {
  const [found] = await test.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.userId, userId), eq(member.accountId, accountId)));
  return found?.role ?? null;
};
const sessionOf = (sessionId: string, laterMs = 0) =>
  findSession(test.db, sessionId, new Date(testNow.getTime() + laterMs));

describe("a portal link", () => {
  it("lets a person in who was nobody: a member, unproven, without a password", async () => {
    const email = someEmail();
    const secret = await link(email, "viewer", { path: "/tokens?create=1", returnUrl: "https://app.acme.test/x" });
    expect(await findPortalLink(visitor(), { secret })).toEqual({
      name: "Mara Vance",
      email,
      accountName: "Portal Mail",
    });
    const entered = await enterByPortal(visitor(59 * secondMs), { secret });
    expect(entered).toMatchObject({ landing: `/a/${own.slug}/tokens?create=1`, isNewMember: true });
    expect(await personOf(email)).toMatchObject({ passwordHash: null, verifiedAt: null });
    expect(await roleOf(entered.userId)).toBe("viewer");
    const portal = { accountSlug: own.slug, mostRole: "viewer", returnUrl: "https://app.acme.test/x" };
    expect(await sessionOf(entered.sessionId)).toMatchObject({ portal });
  });

  it("works once: of twenty that use it at the same time, one is in", async () => {
    const email = someEmail();
    const secret = await link(email);
    const tries = Array.from({ length: 20 }, () => enterByPortal(visitor(), { secret }));
    const results = await Promise.allSettled(tries);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of results) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "gone" });
    const person = await personOf(email);
    expect(await test.db.$count(session, eq(session.userId, person?.id ?? ""))).toBe(1);
  });

  it("makes one person and one member of twenty links to the same new address", async () => {
    const email = someEmail();
    const secrets: string[] = [];
    for (let n = 0; n < 20; n += 1) secrets.push(await link(email));
    const entered = await Promise.all(secrets.map((secret) => enterByPortal(visitor(), { secret })));
    expect(new Set(entered.map(({ userId }) => userId)).size).toBe(1);
    expect(entered.filter(({ isNewMember }) => isNewMember)).toHaveLength(1);
  });

  it("is over after a minute, when it was used, and when its key is revoked", async () => {
    const late = await link(someEmail());
    await expect(enterByPortal(visitor(60 * secondMs), { secret: late })).rejects.toMatchObject({ code: "gone" });
    expect(await findPortalLink(visitor(60 * secondMs), { secret: late })).toBeNull();
    const used = await link(someEmail());
    await enterByPortal(visitor(), { secret: used });
    expect(await findPortalLink(visitor(), { secret: used })).toBeNull();
    const other = await withKey(await staffCtx(test.db, "admin"), "automation");
    const input = { accountId: own.accountId, email: someEmail(), name: "M", role: "viewer" as const };
    const { url } = await makePortalLink(other, input);
    const keyId = other.actor.kind === "staff" ? (other.actor.key?.keyId ?? "") : "";
    await test.sql`update staff_key set revoked_at = now() where id = ${keyId}`;
    await expect(enterByPortal(visitor(), { secret: secretIn(url) })).rejects.toMatchObject({ code: "gone" });
  });

  it("lets nobody in who is blocked, and stays unused then", async () => {
    const email = someEmail();
    await enter(email);
    await test.db.update(user).set({ disabledAt: testNow }).where(eq(user.email, email));
    const secret = await link(email);
    await expect(enterByPortal(visitor(), { secret })).rejects.toMatchObject({ code: "gone" });
    expect(await findPortalLink(visitor(), { secret })).not.toBeNull();
  });

  it.each([
    ["/../other", false],
    ["/%2e%2e/other/tokens", false],
    ["//evil.example", true],
    ["/tokens/../../x", false],
    ["tokens", false],
    ["\\\\evil.example", false],
    ["https://evil.example/", false],
    ["/", true],
    ["/standing#appeals", true],
  ])("lands only below its account: %s", (path, isInside) => {
    const landing = pathInAccount(path);
    expect(landing !== null).toBe(isInside);
    if (landing !== null) expect(new URL(`https://desk.test/a/x${landing}`).pathname).toMatch(/^\/a\/x(\/|$)/);
  });

  it.each([
    "https://evil.example/",
    "https://app.acme.test.evil.example/",
    "https://u:p@app.acme.test/",
    "http://app.acme.test/",
  ])("leads back to listed origins only: not to %s", async (returnUrl) => {
    await expect(link(someEmail(), "viewer", { returnUrl })).rejects.toMatchObject({ code: "invalid" });
  });

  it("is made by automation keys that were given its scope, and by nobody in person", async () => {
    const input = { accountId: own.accountId, email: someEmail(), name: "M", role: "viewer" as const };
    const admin = await staffCtx(test.db, "admin");
    const personal = await withKey(admin, "personal");
    const without = { ...key, actor: { ...key.actor, key: { keyId: "", name: "k", kind: "automation", scopes: [] } } };
    const lead = await withKey(await staffCtx(test.db, "lead"), "automation");
    for (const ctx of [admin, personal, without as Ctx, lead, await own.memberCtx("owner")])
      await expect(makePortalLink(ctx, input)).rejects.toMatchObject({ code: "forbidden" });
    expect(grantableKeyScopes(admin.actor, "automation")).toContain("staff:portal:open");
    expect(staffKeyScopes("personal")).not.toContain("staff:portal:open");
  });

  it("and its use are in the account's audit log", async () => {
    const email = someEmail();
    await enter(email);
    const owner = await own.memberCtx("owner");
    const { events } = await listAudit(owner, {});
    expect(events.map(({ action }) => action)).toEqual(expect.arrayContaining(["portal.make_link", "portal.enter"]));
  });
});

describe("a portal session", () => {
  it("never does more than its link said, nor more than the member may", async () => {
    const owner = await own.memberCtx("owner");
    const ownerId = owner.actor.kind === "member" ? owner.actor.userId : "";
    const [{ email } = { email: "" }] = await test.db
      .select({ email: user.email })
      .from(user)
      .where(eq(user.id, ownerId));
    const asViewer = await sessionOf((await enter(email, "viewer")).sessionId);
    expect(asViewer && (await findMembership(test.db, asViewer, own.slug))?.role).toBe("viewer");
    expect(await roleOf(ownerId)).toBe("owner");

    const viewer = await enter(someEmail(), "viewer");
    const person = await sessionOf(viewer.sessionId);
    const asOwner = await sessionOf((await enter(person?.email ?? "", "owner")).sessionId);
    expect(asOwner && (await findMembership(test.db, asOwner, own.slug))?.role).toBe("viewer");
    expect(await roleOf(viewer.userId)).toBe("viewer");
  });

  it("reaches its account only, and no desk, whoever the person is", async () => {
    const admin = await staffCtx(test.db, "admin");
    const userId = admin.actor.kind === "staff" ? admin.actor.userId : "";
    const other = await accountWith(test.db, "Other");
    await test.db.insert(member).values({ accountId: other.accountId, userId, role: "owner" });
    const [{ email } = { email: "" }] = await test.db
      .select({ email: user.email })
      .from(user)
      .where(eq(user.id, userId));
    const found = await sessionOf((await enter(email, "owner")).sessionId);
    expect(found).toMatchObject({ staffRole: null, lacksSecondStep: false });
    expect(found && (await findMembership(test.db, found, other.slug))).toBeNull();
    expect(found && (await findMembership(test.db, found, own.slug))).toMatchObject({ role: "owner" });
  });

  it("ends after its hours, when the member is removed, and when the account is gone", async () => {
    const { sessionId, userId } = await enter(someEmail());
    expect(await sessionOf(sessionId, 4 * hourMs - 1)).not.toBeNull();
    expect(await sessionOf(sessionId, 4 * hourMs)).toBeNull();
    await test.db.delete(member).where(eq(member.userId, userId));
    const found = await sessionOf(sessionId);
    expect(found && (await findMembership(test.db, found, own.slug))).toBeNull();
    await test.db.update(session).set({ accountId: crypto.randomUUID() }).where(eq(session.id, sessionId));
    expect(await sessionOf(sessionId)).toBeNull();
  });

  it("shows and changes nothing of the person, but ends by signing out", async () => {
    const { sessionId, userId, name, email } = await enter(someEmail());
    const asUser = ctxOf(test.db, { kind: "user", userId, sessionId, name, email, isPortal: true });
    await expect(getProfile(asUser, {})).rejects.toMatchObject({ code: "forbidden" });
    expect(await signOut(asUser, {})).toMatchObject({ ended: 1, isPortal: true });
    expect(await sessionOf(sessionId)).toBeNull();
  });

  it("does what needs a proof for 15 minutes, then only when it is opened again", async () => {
    const secret = await link(someEmail(), "owner", { returnUrl: "https://app.acme.test/settings" });
    const { sessionId, userId, name } = await enterByPortal(visitor(), { secret });
    const inMinutes = (minutes: number) =>
      ctxOf(
        test.db,
        { kind: "member", userId, sessionId, name, accountId: own.accountId, role: "owner", isPortal: true },
        new Date(testNow.getTime() + minutes * minuteMs),
      );
    await inviteMember(inMinutes(14), { email: someEmail(), role: "owner" });
    await expect(inviteMember(inMinutes(15), { email: someEmail(), role: "owner" })).rejects.toMatchObject({
      code: "forbidden",
      name: "AppError",
      message: expect.stringContaining("open it again from app.acme.test"),
    });
  });
});

describe("a person whom nobody has proven", () => {
  const stranger = "the words of a squatter";
  async function squatted(email: string) {
    const passwordHash = await hashPassword(stranger);
    await test.db.insert(user).values({ email, name: "Squatter", passwordHash });
    return signIn(visitor(), { email, password: stranger });
  }

  it("shares no account with the stranger who set them up", async () => {
    const email = someEmail();
    const theirs = await squatted(email);
    const entered = await enter(email, "owner");
    expect(entered).toMatchObject({ isNewMember: true, isReset: true });
    expect(theirs.ok && (await sessionOf(theirs.sessionId))).toBeNull();
    expect(await signIn(visitor(), { email, password: stranger })).toMatchObject({ ok: false, reason: "wrong" });
    expect(await sessionOf(entered.sessionId)).not.toBeNull();
  });

  it("keeps their password where they were a member before", async () => {
    const email = someEmail();
    await squatted(email);
    const person = await personOf(email);
    await test.db.insert(member).values({ accountId: own.accountId, userId: person?.id ?? "", role: "viewer" });
    expect(await enter(email, "viewer")).toMatchObject({ isNewMember: false, isReset: false });
    expect(await signIn(visitor(), { email, password: stranger })).toMatchObject({ ok: true });
  });

  it("is refused while they are on the staff, who then would lose their password to a customer's word", async () => {
    const lead = await staffCtx(test.db, "lead");
    const userId = lead.actor.kind === "staff" ? lead.actor.userId : "";
    await test.db.update(user).set({ emailVerifiedAt: null, passwordHash: "kept" }).where(eq(user.id, userId));
    const [{ email } = { email: "" }] = await test.db
      .select({ email: user.email })
      .from(user)
      .where(eq(user.id, userId));
    await expect(enter(email)).rejects.toMatchObject({ code: "conflict" });
    expect(await personOf(email)).toMatchObject({ passwordHash: "kept" });
    expect(await roleOf(userId)).toBeNull();
  });
});

it("no secret of a link is in the database or the audit log", async () => {
  const secret = await link(someEmail());
  await enterByPortal(visitor(), { secret });
  const rows = [
    await test.db.select({ data: auditEvent.data }).from(auditEvent),
    await test.sql`select * from portal_link`,
    await test.db.select({ name: account.name }).from(account),
  ];
  expect(JSON.stringify(rows)).not.toContain(secret);
});
