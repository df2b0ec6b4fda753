import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { recoveryCode, session, staffMember, user } from "#db/schema/auth.ts";
import { identityProvider, personIdentity } from "#db/schema/identity.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { closeAccount, reopenAccount } from "../accounts/close-account.ts";
import { findMembership } from "../accounts/find-membership.ts";
import { endSession } from "../auth/end-session.ts";
import { findSession } from "../auth/find-session.ts";
import { listSessions } from "../auth/list-sessions.ts";
import { hashPassword } from "../auth/password.ts";
import { updateProfile } from "../auth/profile.ts";
import { signIn } from "../auth/sign-in.ts";
import { signOutEverywhere } from "../auth/sign-out.ts";
import { hashRecoveryCode } from "../auth/totp.ts";
import { whyOneHand } from "../enforcement/second-person.ts";
import type { Ctx } from "../frame/context.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteMember, inviteOwner, inviteStaff } from "../invitations/invite.ts";
import { changeMemberRole } from "../members/change-role.ts";
import { enterByPortal } from "../portal/enter-by-portal.ts";
import { makePortalLink } from "../portal/make-portal-link.ts";
import { blockPerson } from "../staff/block-person.ts";
import { changeStaffRole, removeStaff } from "../staff/change-staff.ts";
import { accountWith, ctxOf, staffCtx, withKey } from "../testing.ts";
import { beginProof, beginSignIn } from "./begin.ts";
import { setBreakGlass } from "./break-glass.ts";
import { checkProvider } from "./check-provider.ts";
import { addProvider, changeProvider, removeProvider } from "./configure.ts";
import { finishProof, finishSignIn } from "./finish.ts";
import { callbackUrl, logoutUrl } from "./flow.ts";
import { endByIssuer } from "./logout.ts";
import { browse, type IssuersPerson, startOidcProvider, testClient } from "./testing-oidc-provider.ts";

/** Against a real OpenID provider. What a hostile one tries is in hostile-issuer.db.test.ts. */

let test: TestDatabase;
let admin: Ctx;
let issuer: Awaited<ReturnType<typeof startOidcProvider>>;
/** Issuers look at the real clock. */
const now = () => new Date();
const visitor = () => ctxOf(test.db, { kind: "visitor" }, now());

beforeAll(async () => {
  vi.stubEnv("SSO_ALLOWED_NETWORKS", "127.0.0.0/8");
  vi.stubEnv("STAFF_SECOND_STEP", "required");
  vi.stubEnv("AUTH_SECRET", "only-for-tests-and-at-least-32-long");
  test = await testDatabase();
  issuer = await startOidcProvider();
  issuer.registerClient({ callbackUrl: "http://localhost/none", logoutUrl: "http://localhost/none" });
  admin = await staffCtx(test.db, "admin", "Ada", now());
});
afterAll(async () => {
  await issuer.close();
  await test.close();
});
beforeEach(async () => {
  await test.db.delete(identityProvider);
  await test.db.delete(personIdentity);
});

type Settings = Partial<Parameters<typeof addProvider>[1]>;

async function provide(settings: Settings = {}): Promise<string> {
  const { providerId } = await addProvider(admin, {
    ...{ name: "Test ID", issuer: issuer.issuer, audience: "staff", ...testClient },
    ...settings,
  });
  issuer.registerClient({ callbackUrl: callbackUrl(providerId), logoutUrl: logoutUrl(providerId) });
  return providerId;
}

async function change(providerId: string, settings: Settings): Promise<void> {
  const [row] = await test.db.select().from(identityProvider).where(eq(identityProvider.id, providerId));
  if (!row) throw new Error("no issuer");
  const { name, clientId, audience, accountId, isOnlyWay, checksSecondStep, roleRules, version } = row;
  const kept = { name, issuer: row.issuer, clientId, audience, accountId, isOnlyWay, checksSecondStep, roleRules };
  await changeProvider(admin, {
    ...kept,
    defaultRole: row.defaultRole as never,
    ...(settings as object),
    providerId,
    version,
  } as never);
}

let people = 0;
function somebody(more: Partial<IssuersPerson> = {}): IssuersPerson & { email: string } {
  people += 1;
  const email = `person-${people}@example.com`;
  return { sub: `sub-${people}`, email, email_verified: true, name: `Person ${people}`, ...more } as never;
}

/** Signs in at the issuer as this person and comes back. */
async function comeIn(providerId: string, person: IssuersPerson, ctx = visitor()) {
  issuer.seat(person);
  const begun = await beginSignIn(ctx, { providerId, next: null });
  if (!begun.ok) throw new Error(begun.reason);
  const back = await browse(begun.address, callbackUrl(providerId));
  return {
    flow: begun.flow,
    search: back.search,
    result: await finishSignIn(ctx, { flow: begun.flow, search: back.search }),
  };
}

const foundBy = (sessionId: string) => findSession(test.db, sessionId, now());
async function userOf(email: string) {
  const [found] = await test.db.select().from(user).where(eq(user.email, email));
  return found;
}
const accept = (secret: string | null) =>
  acceptInvitation(visitor(), { secret: secret ?? "", name: "Second", password: "four unrelated words of mine" });

async function letIn(providerId: string, person: IssuersPerson) {
  const { result } = await comeIn(providerId, person);
  if (!result.ok) throw new Error(`refused: ${result.reason}`);
  return result;
}

describe("staff who sign in through an issuer", () => {
  it("are made when a claim gives them a role, and follow the claim at each sign-in", async () => {
    const providerId = await provide({
      roleRules: [
        { claim: "groups", value: "desk-leads", role: "lead" },
        { claim: "groups", value: "desk", role: "support" },
      ],
    });
    const nina = somebody({ groups: ["desk", "desk-leads"] });
    const first = await letIn(providerId, nina);
    expect(await foundBy(first.sessionId)).toMatchObject({ name: nina.name, email: nina.email, lacksSecondStep: true });
    expect(await userOf(nina.email)).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) });
    const roleOf = async () =>
      (
        await test.db
          .select()
          .from(staffMember)
          .where(and(eq(staffMember.userId, first.userId), isNull(staffMember.endedAt)))
      )[0]?.role;
    expect(await roleOf()).toBe("lead");
    expect((await letIn(providerId, { ...nina, groups: ["desk"] })).userId).toBe(first.userId);
    expect(await roleOf()).toBe("support");
    expect((await comeIn(providerId, { ...nina, groups: [] })).result).toMatchObject({ ok: false, reason: "no_role" });
  });

  it("count for a day as one person with whoever set the issuer up", async () => {
    const providerId = await provide({ defaultRole: "lead" });
    const { userId } = await letIn(providerId, somebody());
    const adminId = admin.actor.kind === "staff" ? admin.actor.userId : "";
    expect(await whyOneHand(visitor(), adminId, userId)).toMatchObject({ code: "one_hand" });
    // The same holds for somebody who was on the staff before, and is linked now.
    const known = await staffCtx(test.db, "lead", "Known Lead", now());
    const email =
      (
        await test.db
          .select()
          .from(user)
          .where(eq(user.id, (known.actor as { userId: string }).userId))
      )[0]?.email ?? "";
    const linked = await letIn(providerId, somebody({ email }));
    expect(await whyOneHand(visitor(), adminId, linked.userId)).toMatchObject({ code: "one_hand" });
    const told = await test.db.select().from(mail).where(eq(mail.toAddress, email));
    expect(told.map((one) => one.textBody ?? "").join()).toContain("sign in through Test ID");
  });

  it("reach the desk with the second step that the issuer checks, by its tokens or by its settings, and with none of ours instead", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const plain = somebody();
    const { sessionId, userId } = await letIn(providerId, plain);
    await test.db.update(user).set({ totpSince: now() }).where(eq(user.id, userId));
    expect(await foundBy(sessionId)).toMatchObject({ staffRole: null, lacksSecondStep: true });
    const strong = await letIn(providerId, somebody({ amr: ["pwd", "mfa"] }));
    expect(await foundBy(strong.sessionId)).toMatchObject({ staffRole: "support", lacksSecondStep: false });
    await change(providerId, { checksSecondStep: true });
    expect(await foundBy((await letIn(providerId, plain)).sessionId)).toMatchObject({ staffRole: "support" });
  });

  it("take no invitation along that they gave out, when a claim gives them another role", async () => {
    const account = await accountWith(test.db, "Mapped");
    await account.memberCtx("owner");
    const staffProvider = await provide({
      roleRules: [
        { claim: "groups", value: "admins", role: "admin" },
        { claim: "groups", value: "desk", role: "support" },
      ],
    });
    const nina = somebody({ groups: ["admins"] });
    const asStaff = await letIn(staffProvider, nina);
    const actor = { kind: "staff" as const, userId: asStaff.userId, sessionId: asStaff.sessionId, name: "Nina" };
    const second = await inviteStaff(ctxOf(test.db, { ...actor, role: "admin" }, now()), {
      ...{ email: "nina.second@example.com", role: "admin" },
    });
    await letIn(staffProvider, { ...nina, groups: ["desk"] });
    await expect(accept(second.secret)).rejects.toMatchObject({ code: "gone" });

    const rule = { claim: "groups", accountId: account.accountId };
    const memberProvider = await provide({
      audience: "members",
      roleRules: [
        { ...rule, value: "own", role: "owner" },
        { ...rule, value: "see", role: "viewer" },
      ],
    });
    const olaf = somebody({ groups: ["own"] });
    const asOwner = await letIn(memberProvider, olaf);
    const olafs = { kind: "member" as const, userId: asOwner.userId, sessionId: asOwner.sessionId, name: "Olaf" };
    const owner = ctxOf(test.db, { ...olafs, accountId: account.accountId, role: "owner" }, now());
    const third = await inviteMember(owner, { email: "olaf.second@example.com", role: "owner" });
    await letIn(memberProvider, { ...olaf, groups: ["see"] });
    await expect(accept(third.secret)).rejects.toMatchObject({ code: "gone" });
  });

  it("do not come back by the role for everyone else once they were taken off the staff", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const nina = somebody({ groups: [] });
    const { userId } = await letIn(providerId, nina);
    await removeStaff(admin, { userId });
    expect((await comeIn(providerId, nina)).result).toMatchObject({ ok: false, reason: "no_role" });
    await change(providerId, { roleRules: [{ claim: "groups", value: "desk", role: "support" }] });
    expect((await comeIn(providerId, nina)).result).toMatchObject({ ok: false, reason: "no_role" });
    expect(await letIn(providerId, { ...nina, groups: ["desk"] })).toMatchObject({ userId });
  });

  it("are refused when they are blocked, also before they were linked", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const [linked, unlinked] = [somebody(), somebody()];
    const { userId } = await letIn(providerId, linked);
    await test.db.update(user).set({ disabledAt: now() }).where(eq(user.id, userId));
    await test.db
      .insert(user)
      .values({ email: unlinked.email, name: "Out", emailVerifiedAt: now(), disabledAt: now() });
    for (const one of [linked, unlinked])
      expect((await comeIn(providerId, one)).result).toMatchObject({ ok: false, reason: "unknown" });
  });

  it("prove again that it is them at the issuer, and somebody else there proves nothing", async () => {
    const providerId = await provide({ defaultRole: "admin", checksSecondStep: true });
    const pia = somebody();
    const { sessionId, userId, name } = await letIn(providerId, pia);
    await test.db
      .update(session)
      .set({ provenAt: new Date(0) })
      .where(eq(session.id, sessionId));
    const ctx = ctxOf(test.db, { kind: "staff", userId, sessionId, name, role: "admin" }, now());
    const acting = () => removeProvider(ctx, { providerId: crypto.randomUUID() });
    await expect(acting()).rejects.toMatchObject({ name: "ProofNeeded" });
    const prove = async (who: IssuersPerson) => {
      issuer.seat(who);
      const begun = await beginProof(ctx, { next: null });
      if (!begun.ok) throw new Error(begun.reason);
      expect(new URL(begun.address).searchParams.get("prompt")).toBe("login");
      const { search } = await browse(begun.address, callbackUrl(providerId));
      return { search, flow: begun.flow, result: await finishProof(ctx, { flow: begun.flow, search }) };
    };
    const other = await prove(somebody());
    expect(other.result).toMatchObject({ ok: false, reason: "declined" });
    await expect(acting()).rejects.toMatchObject({ name: "ProofNeeded" });
    const { flow, search, result } = await prove(pia);
    expect(result).toMatchObject({ ok: true });
    expect(await finishSignIn(visitor(), { flow, search })).toMatchObject({ ok: false });
    await expect(acting()).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the link to a person who was there before", () => {
  it("asks for an address that the issuer has verified, and after that only for the subject", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const mia = somebody();
    await test.db.insert(user).values({ email: mia.email, name: "Mia", emailVerifiedAt: now() });
    expect((await comeIn(providerId, { ...mia, email_verified: false })).result).toMatchObject({
      reason: "unverified",
    });
    const { userId } = await letIn(providerId, mia);
    expect(userId).toBe((await userOf(mia.email))?.id);
    // The issuer gives the person another address, and the old one to somebody else.
    expect((await letIn(providerId, { ...mia, email: "new@example.com", email_verified: false })).userId).toBe(userId);
    const other = await letIn(providerId, somebody());
    expect((await letIn(providerId, { sub: `sub-${people}`, email: mia.email, email_verified: true })).userId).toBe(
      other.userId,
    );
  });

  it("takes over somebody unproven without what was set up in their name", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const eve = somebody();
    const passwordHash = await hashPassword("a squatter's own password");
    const [made] = await test.db
      .insert(user)
      .values({ email: eve.email, name: "Squatter", passwordHash, totpSealed: "sealed", totpSince: now() })
      .returning({ id: user.id });
    await test.db.insert(session).values({ userId: made?.id ?? "", expiresAt: new Date("2100-01-01") });
    const { userId } = await letIn(providerId, eve);
    expect(userId).toBe(made?.id);
    expect(await userOf(eve.email)).toMatchObject({
      name: eve.name,
      passwordHash: null,
      totpSealed: null,
      totpSince: null,
      emailVerifiedAt: expect.any(Date),
    });
    const live = await test.db
      .select()
      .from(session)
      .where(and(eq(session.userId, userId), isNull(session.revokedAt)));
    expect(live.map((one) => one.way)).toEqual(["single_sign_on"]);
  });

  it("is made once by two sign-ins at the same moment", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const twin = somebody();
    issuer.seat(twin);
    const both = await Promise.all(
      [1, 2].map(async () => {
        const begun = await beginSignIn(visitor(), { providerId, next: null });
        if (!begun.ok) throw new Error(begun.reason);
        const { search } = await browse(begun.address, callbackUrl(providerId));
        return { flow: begun.flow, search };
      }),
    );
    await Promise.allSettled(both.map((one) => finishSignIn(visitor(), one)));
    expect(await test.db.select().from(personIdentity).where(eq(personIdentity.subject, twin.sub))).toHaveLength(1);
    expect(await test.db.select().from(user).where(eq(user.email, twin.email))).toHaveLength(1);
  });
});

describe("members who sign in through an issuer", () => {
  it("get the roles that their claims give in each account, and staff are kept out of it", async () => {
    const [north, south] = [await accountWith(test.db, "North"), await accountWith(test.db, "South")];
    await north.memberCtx("owner");
    const providerId = await provide({
      audience: "members",
      roleRules: [
        { claim: "groups", value: "north", role: "developer", accountId: north.accountId },
        { claim: "groups", value: "south", role: "viewer", accountId: south.accountId },
      ],
    });
    const { userId } = await letIn(providerId, somebody({ groups: ["south", "north"] }));
    const roles = await test.db.select({ role: member.role }).from(member).where(eq(member.userId, userId));
    expect(roles.map((one) => one.role).sort()).toEqual(["developer", "viewer"]);
    expect((await comeIn(providerId, somebody({ groups: ["west"] }))).result).toMatchObject({ reason: "unknown" });
    const lead = await staffCtx(test.db, "lead", "Lee Lead", now());
    const [row] = await test.db
      .select()
      .from(user)
      .where(eq(user.id, (lead.actor as { userId: string }).userId));
    expect((await comeIn(providerId, somebody({ email: row?.email ?? "" }))).result).toMatchObject({
      reason: "other_way",
    });
    // Nor does a session through it become one of the staff.
    const opened = await letIn(providerId, somebody({ groups: ["south"] }));
    await test.db.insert(staffMember).values({ userId: opened.userId, role: "admin" });
    expect(await foundBy(opened.sessionId)).toBeNull();
  });

  it("reach through an account's own issuer that account only, which proves no address to anybody else", async () => {
    const [own, other] = [await accountWith(test.db, "Own"), await accountWith(test.db, "Other")];
    const providerId = await provide({ audience: "account", accountId: own.accountId, defaultRole: "viewer" });
    const ben = somebody();
    const opened = await letIn(providerId, ben);
    expect((await userOf(ben.email))?.emailVerifiedAt).toBeNull();
    await test.db.insert(member).values({ accountId: other.accountId, userId: opened.userId, role: "owner" });
    const found = await foundBy(opened.sessionId);
    if (!found) throw new Error("no session");
    expect(await findMembership(test.db, found, own.slug)).toMatchObject({ role: "viewer", onlyThrough: null });
    expect(await findMembership(test.db, found, other.slug)).toBeNull();
    await expect(
      updateProfile(
        ctxOf(
          test.db,
          { kind: "user", userId: opened.userId, sessionId: opened.sessionId, name: "Ben", email: ben.email },
          now(),
        ),
        { name: "Renamed", timeZone: null },
      ),
    ).rejects.toMatchObject({ code: "forbidden" });
    // Nor does it learn where else they are, or end it.
    const bens = { kind: "user" as const, userId: opened.userId, sessionId: opened.sessionId, name: "Ben" };
    const through = ctxOf(test.db, { ...bens, email: ben.email }, now());
    const soon = { userId: opened.userId, expiresAt: new Date(Date.now() + 60_000), ip: "203.0.113.77" };
    const [elsewhere] = await test.db.insert(session).values(soon).returning();
    expect((await listSessions(through, {})).map(({ id }) => id)).toEqual([opened.sessionId]);
    await expect(endSession(through, { sessionId: elsewhere?.id ?? "" })).rejects.toMatchObject({ code: "not_found" });
    await signOutEverywhere(through, {});
    expect(await foundBy(elsewhere?.id ?? "")).not.toBeNull();
    expect(await foundBy(opened.sessionId)).toBeNull();
    // Its word links nobody who has a place elsewhere.
    const carl = await other.memberCtx("owner", now());
    const [row] = await test.db
      .select()
      .from(user)
      .where(eq(user.id, (carl.actor as { userId: string }).userId));
    expect((await comeIn(providerId, somebody({ email: row?.email ?? "" }))).result).toMatchObject({
      reason: "other_way",
    });
  });
});

describe("where single sign-on is the only way", () => {
  const password = "four unrelated words of mine";
  async function staffWithPassword(role: "admin" | "lead", more = {}) {
    const ctx = await staffCtx(test.db, role, `Old ${role}`, now());
    const userId = (ctx.actor as { userId: string }).userId;
    const passwordHash = await hashPassword(password);
    const [row] = await test.db
      .update(user)
      .set({ passwordHash, ...more })
      .where(eq(user.id, userId))
      .returning();
    return { ctx, userId, email: row?.email ?? "", sessionId: (ctx.actor as { sessionId: string }).sessionId };
  }

  it("no password opens the desk, also in a session from before; the break-glass admin's does, and every admin is told", async () => {
    vi.stubEnv("STAFF_SECOND_STEP", "offered");
    const providerId = await provide({ defaultRole: "admin" });
    const [lead, spare] = [await staffWithPassword("lead"), await staffWithPassword("admin", { totpSince: now() })];
    const close = () => change(providerId, { isOnlyWay: true });
    await expect(close()).rejects.toMatchObject({ message: expect.stringContaining("No admin has signed in") });
    await letIn(providerId, somebody());
    await expect(close()).rejects.toMatchObject({ message: expect.stringContaining("break-glass admin") });
    await expect(setBreakGlass(admin, { userId: lead.userId })).rejects.toMatchObject({ code: "invalid" });
    await setBreakGlass(admin, { userId: spare.userId });
    expect(await foundBy(lead.sessionId)).toMatchObject({ staffRole: "lead" });
    await close();
    expect(await foundBy(lead.sessionId)).toMatchObject({ staffRole: null, lacksIssuer: true });
    expect(await signIn(visitor(), { email: lead.email, password })).toEqual({
      ok: false,
      reason: "issuer_only",
      ways: [{ id: providerId, name: "Test ID" }],
    });
    await expect(setBreakGlass(admin, { userId: null })).rejects.toMatchObject({ code: "conflict" });
    // Without their second step they are like anybody.
    await test.db.update(user).set({ totpSince: null }).where(eq(user.id, spare.userId));
    expect(await signIn(visitor(), { email: spare.email, password })).toMatchObject({ reason: "issuer_only" });
    await test.db.update(user).set({ totpSince: now() }).where(eq(user.id, spare.userId));
    await test.db.insert(recoveryCode).values({ userId: spare.userId, codeHash: hashRecoveryCode("abcde-fghjk") });
    const opened = await signIn(visitor(), { email: spare.email, password, code: "abcde-fghjk" });
    expect(opened).toMatchObject({ ok: true });
    expect(opened.ok && (await foundBy(opened.sessionId))).toMatchObject({ staffRole: "admin" });
    const used = await test.db.select().from(auditEvent).where(eq(auditEvent.action, "break_glass.use"));
    expect(used).toHaveLength(1);
    const told = await test.db.select().from(mail).where(eq(mail.kind, "single_sign_on"));
    const uses = told.filter((one) => one.subject.includes("signed in around single sign-on"));
    const admins = await test.db
      .select()
      .from(staffMember)
      .where(and(eq(staffMember.role, "admin"), isNull(staffMember.endedAt)));
    expect(uses).toHaveLength(admins.length);
    vi.stubEnv("STAFF_SECOND_STEP", "required");
  });

  it("an account is entered through its issuer, and the person's other accounts as before", async () => {
    const [own, free] = [await accountWith(test.db, "Closed"), await accountWith(test.db, "Free")];
    const providerId = await provide({
      audience: "account",
      accountId: own.accountId,
      defaultRole: "viewer",
      isOnlyWay: true,
    });
    const passwordHash = await hashPassword(password);
    const ida = somebody();
    const [made] = await test.db
      .insert(user)
      .values({ email: ida.email, name: "Ida", passwordHash, emailVerifiedAt: now() })
      .returning();
    const userId = made?.id ?? "";
    await test.db.insert(member).values({ accountId: own.accountId, userId, role: "owner" });
    expect(await signIn(visitor(), { email: ida.email, password })).toMatchObject({ ok: false, reason: "issuer_only" });
    const through = await foundBy((await letIn(providerId, ida)).sessionId);
    if (!through) throw new Error("no session");
    expect(await findMembership(test.db, through, own.slug)).toMatchObject({ role: "owner", onlyThrough: null });
    await test.db.insert(member).values({ accountId: free.accountId, userId, role: "owner" });
    const opened = await signIn(visitor(), { email: ida.email, password });
    const by = opened.ok ? await foundBy(opened.sessionId) : null;
    if (!by) throw new Error("no session");
    expect(await findMembership(test.db, by, free.slug)).toMatchObject({ onlyThrough: null });
    expect(await findMembership(test.db, by, own.slug)).toMatchObject({
      onlyThrough: [{ id: providerId, name: "Test ID" }],
    });
  });
});

describe("a membership that a claim made", () => {
  const rolesOf = async (userId: string) => {
    const rows = await test.db.select().from(member).where(eq(member.userId, userId));
    return rows.map(({ accountId, role }) => `${accountId} ${role}`).sort();
  };

  it("ends at the next sign-in without the claim, and one that somebody gave stays", async () => {
    const [north, south, west] = [
      await accountWith(test.db, "North"),
      await accountWith(test.db, "South"),
      await accountWith(test.db, "West"),
    ];
    const owner = await south.memberCtx("owner", now());
    const rule = (value: string, { accountId }: typeof north) => ({
      claim: "groups",
      value,
      role: "viewer" as const,
      accountId,
    });
    const providerId = await provide({
      audience: "members",
      roleRules: [rule("north", north), rule("south", south), rule("west", west)],
    });
    const ida = somebody({ groups: ["north", "south"] });
    const first = await letIn(providerId, ida);
    await test.db.insert(member).values({ accountId: west.accountId, userId: first.userId, role: "developer" });
    await changeMemberRole(owner, { userId: first.userId, role: "developer" });
    const second = await letIn(providerId, { ...ida, groups: ["west"] });
    expect(await rolesOf(second.userId)).toEqual([`${south.accountId} developer`, `${west.accountId} viewer`].sort());
    const found = await foundBy(first.sessionId);
    expect(found && (await findMembership(test.db, found, north.slug))).toBeNull();
    const [told] = await test.db
      .select({ action: auditEvent.action, data: auditEvent.data })
      .from(auditEvent)
      .where(and(eq(auditEvent.accountId, north.accountId), eq(auditEvent.action, "member.remove")));
    expect(told?.data).toEqual({ role: "viewer", through: "Test ID" });
  });

  it("ends also for who is refused by that, and is kept by an account's last owner", async () => {
    const [north, south] = [await accountWith(test.db, "North"), await accountWith(test.db, "South")];
    const rule = (value: string, role: "owner" | "viewer", { accountId }: typeof north) => ({
      ...{ claim: "groups", value, role, accountId },
    });
    const providerId = await provide({
      audience: "members",
      roleRules: [rule("north", "viewer", north), rule("south", "owner", south)],
    });
    const ida = somebody({ groups: ["north"] });
    const { userId } = await letIn(providerId, ida);
    expect((await comeIn(providerId, { ...ida, groups: [] })).result).toMatchObject({ ok: false, reason: "no_role" });
    expect(await rolesOf(userId)).toEqual([]);
    const olga = somebody({ groups: ["south"] });
    const last = await letIn(providerId, olga);
    await letIn(providerId, { ...olga, groups: ["none"] });
    expect(await rolesOf(last.userId)).toEqual([`${south.accountId} owner`]);
  });
});

describe("a closed account", () => {
  it("takes in nobody new, through no way in, and keeps who is there", async () => {
    const shut = await accountWith(test.db, "Shut");
    const owner = await shut.memberCtx("owner", now());
    const providerId = await provide({ audience: "account", accountId: shut.accountId, defaultRole: "viewer" });
    const known = somebody();
    await letIn(providerId, known);
    const invited = await inviteMember(owner, { email: "late@example.com", role: "viewer" });
    await closeAccount(admin, { accountId: shut.accountId, reason: "Contract ended." });
    expect(await letIn(providerId, known)).toMatchObject({ ok: true });
    expect((await comeIn(providerId, somebody())).result).toMatchObject({ ok: false, reason: "unknown" });
    await expect(accept(invited.secret)).rejects.toThrow("takes nobody new in");
    await expect(inviteOwner(admin, { accountId: shut.accountId, email: "o@example.com" })).rejects.toMatchObject({
      code: "conflict",
    });
    const product = await withKey(admin, "automation");
    const person = { email: "new@example.com", name: "New", role: "viewer" as const };
    const { url } = await makePortalLink({ ...product, now: now() }, { accountId: shut.accountId, ...person });
    const secret = new URL(url).pathname.split("/").pop() ?? "";
    await expect(enterByPortal(visitor(), { secret })).rejects.toThrow("takes nobody new in");
    expect(await test.db.$count(member, eq(member.accountId, shut.accountId))).toBe(2);
    await reopenAccount(admin, { accountId: shut.accountId, reason: "Renewed." });
    expect(await enterByPortal(visitor(), { secret })).toMatchObject({ isNewMember: true });
  });
});

describe("the break-glass admin", () => {
  it("does not go while only an issuer leads to the desk, in no way; where other ways do, every admin is told", async () => {
    const providerId = await provide({ roleRules: [{ claim: "groups", value: "all", role: "admin" }] });
    const spare = somebody({ groups: ["all"] });
    const { userId } = await letIn(providerId, spare);
    const hash = await hashPassword("four unrelated words of mine");
    const able = () => test.db.update(user).set({ passwordHash: hash, totpSince: now() }).where(eq(user.id, userId));
    await able();
    const isGlass = async () =>
      (await test.db.select().from(staffMember).where(eq(staffMember.userId, userId)))[0]?.breakGlassSince != null;
    await setBreakGlass(admin, { userId });
    await change(providerId, { isOnlyWay: true });
    const acts = [
      () => removeStaff(admin, { userId }),
      () => changeStaffRole(admin, { userId, role: "lead" }),
      () => blockPerson(admin, { userId, reason: "Left." }),
    ];
    for (const act of acts) await expect(act()).rejects.toThrow("break-glass admin");
    await change(providerId, { roleRules: [{ claim: "groups", value: "all", role: "lead", accountId: null }] });
    await expect(comeIn(providerId, spare)).rejects.toMatchObject({ code: "conflict" });
    expect(await isGlass()).toBe(true);
    await change(providerId, { isOnlyWay: false });
    await removeStaff(admin, { userId });
    expect(await isGlass()).toBe(false);
    const told = await test.db.select().from(mail).where(eq(mail.subject, "There is no break-glass admin now"));
    expect(told.length).toBeGreaterThan(0);
  });
});

describe("an issuer", () => {
  it("ends the sessions of who signs out there, and no token of it works twice or for another", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const leo = somebody();
    const { sessionId } = await letIn(providerId, leo);
    const other = await letIn(providerId, somebody());
    const sid = (await test.db.select().from(session).where(eq(session.id, sessionId)))[0]?.issuerSid ?? "";
    expect(sid).not.toBe("");
    const tokens: string[] = [];
    const realFetch = globalThis.fetch;
    // The issuer posts to the address of its client; here nobody listens there, so the post is handed over.
    globalThis.fetch = (async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
      if (!String(input).startsWith(logoutUrl(providerId))) return realFetch(input, init);
      tokens.push(new URLSearchParams(String(init?.body)).get("logout_token") ?? "");
      return new Response(null, { status: 200 });
    }) as typeof fetch;
    issuer.registerClient({ callbackUrl: callbackUrl(providerId), logoutUrl: logoutUrl(providerId) });
    await issuer.signOut(leo.sub, sid).finally(() => {
      globalThis.fetch = realFetch;
    });
    const [logoutToken = ""] = tokens;
    expect(await endByIssuer(visitor(), { providerId, logoutToken })).toEqual({ isAccepted: true, ended: 1 });
    expect(await foundBy(sessionId)).toBeNull();
    expect(await foundBy(other.sessionId)).not.toBeNull();
    expect(await endByIssuer(visitor(), { providerId, logoutToken })).toEqual({ isAccepted: false, ended: 0 });
    const foreign = await provide({ clientId: "another" });
    expect(await endByIssuer(visitor(), { providerId: foreign, logoutToken })).toEqual({ isAccepted: false, ended: 0 });
  });

  it("takes its sessions along when it is switched off or removed", async () => {
    const providerId = await provide({ defaultRole: "support" });
    const one = await letIn(providerId, somebody());
    await change(providerId, { isEnabled: false });
    expect(await foundBy(one.sessionId)).toBeNull();
    await expect(beginSignIn(visitor(), { providerId, next: null })).rejects.toMatchObject({ code: "not_found" });
    await change(providerId, { isEnabled: true });
    expect(await foundBy(one.sessionId)).not.toBeNull();
    await removeProvider(admin, { providerId });
    expect(await foundBy(one.sessionId)).toBeNull();
  });

  it("keeps its secret out of the audit, and gives it to no other address", async () => {
    const providerId = await provide();
    const [row] = await test.db.select().from(identityProvider).where(eq(identityProvider.id, providerId));
    expect(JSON.stringify(row)).not.toContain(testClient.clientSecret);
    const events = await test.db.select().from(auditEvent).where(eq(auditEvent.subjectId, providerId));
    expect(events).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain(testClient.clientSecret);
    await expect(change(providerId, { issuer: "http://127.0.0.1:9" })).rejects.toMatchObject({
      fields: { clientSecret: expect.any(String) },
    });
  });

  it("is of an account that is there, and gives roles that go with whom it is for", async () => {
    const accountId = crypto.randomUUID();
    await expect(provide({ audience: "account", accountId })).rejects.toMatchObject({ code: "not_found" });
    await expect(provide({ audience: "account" })).rejects.toMatchObject({ fields: { accountId: expect.any(String) } });
    await expect(provide({ defaultRole: "owner" })).rejects.toMatchObject({
      fields: { defaultRole: expect.any(String) },
    });
    const roleRules = [{ claim: "groups", value: "desk", role: "admin" as const }];
    await expect(provide({ audience: "members", roleRules })).rejects.toMatchObject({ code: "invalid" });
  });

  it("is seen to be away or another before somebody signs in, and refused in a network that the operator does not allow", async () => {
    const stateOf = async (address: string) =>
      (await checkProvider(admin, { providerId: await provide({ issuer: address }) })).state;
    expect(await stateOf(issuer.issuer)).toBe("answers");
    expect(await stateOf("http://127.0.0.1:9")).toBe("away");
    expect(await stateOf(`${issuer.issuer}/other`)).toBe("other");
    vi.stubEnv("SSO_ALLOWED_NETWORKS", "");
    await expect(provide()).rejects.toMatchObject({ fields: { issuer: expect.any(String) } });
    vi.stubEnv("SSO_ALLOWED_NETWORKS", "127.0.0.0/8");
  });
});
