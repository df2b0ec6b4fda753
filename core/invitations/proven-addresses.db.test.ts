import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { member } from "#db/schema/accounts.ts";
import { staffKey } from "#db/schema/api.ts";
import { recoveryCode, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { authenticate } from "../api/authenticate.ts";
import { findSession } from "../auth/find-session.ts";
import { createResetLink, requestReset } from "../auth/request-reset.ts";
import { resetPassword } from "../auth/reset-password.ts";
import { confirmTotp, startTotp } from "../auth/set-up-totp.ts";
import { signIn } from "../auth/sign-in.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { can } from "../frame/permissions.ts";
import { listUndeliveredMail } from "../mail/list-undelivered-mail.ts";
import { listMembers } from "../members/list-members.ts";
import { dayMs } from "../rules/time.ts";
import { listStaff } from "../staff/list-staff.ts";
import { accountWith, ctxOf, staffCtx, testNow, withKey, workResets } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { acceptInvitation } from "./accept-invitation.ts";
import { findInvitation } from "./find-invitation.ts";
import { inviteMember, inviteStaff } from "./invite.ts";
import { inviteAdmin } from "./invite-admin.ts";
import { resendInvitation } from "./resend-invitation.ts";
import { revokeInvitation } from "./revoke-invitation.ts";

/** Whoever is in the product under an address has it, or loses everything to the first who proves to have it. */

const theirs = "the password of a squatter";
const own = "seven green bottles standing";
let test: TestDatabase;
let serial = 0;
beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef");
  test = await testDatabase();
});
afterEach(() => vi.stubEnv("SMTP_URL", ""));
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

const withMailServer = () => vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
const newEmail = () => `cfo.${++serial}@victim.example`;
/** Each from an address of its own, so that no test waits for another's failures. */
const visitor = (minutes = 0): Ctx => ({
  ...ctxOf(test.db, { kind: "visitor" }, new Date(testNow.getTime() + minutes * 60_000)),
  ip: `198.51.100.${serial}`,
});
const anOwner = async (name: string, minutes = 0) =>
  (await accountWith(test.db, name)).memberCtx("owner", new Date(testNow.getTime() + minutes * 60_000));
const accept = (secret: string | null, given: { name?: string; password: string }, minutes = 0) =>
  acceptInvitation(visitor(minutes), { secret: secret ?? "", ...given });

async function personOf(email: string) {
  const [found] = await test.db.select().from(user).where(eq(user.email, email));
  if (!found) throw new Error(`Nobody has ${email}.`);
  return found;
}

/** The secret of the link in the latest message to an address. */
async function mailedSecret(address: string): Promise<string> {
  const [message] = await test.db
    .select({ text: mail.textBody })
    .from(mail)
    .where(and(eq(mail.toAddress, address), isNotNull(mail.secretUntil)))
    .orderBy(desc(mail.createdAt))
    .limit(1);
  return /\/(?:invite|reset)\/([\w-]+)/.exec(message?.text ?? "")?.[1] ?? "";
}

/** A stranger invites an address, takes the link themselves, and locks the person in with an app of theirs. */
async function squat(email: string) {
  const owner = await anOwner("Lumen Post");
  const { secret } = await inviteMember(owner, { email, role: "viewer" });
  expect(await accept(secret, { name: "CTO of Victim", password: theirs })).toMatchObject({ ok: true });
  const signedIn = await signIn(visitor(1), { email, password: theirs });
  if (!signedIn.ok) throw new Error("not signed in");
  const { userId, sessionId } = signedIn;
  const at = { ...visitor(2), actor: { kind: "user" as const, userId, sessionId, name: "CTO of Victim", email } };
  const begun = await startTotp(at, { password: theirs });
  if (!begun.ok) throw new Error("refused");
  const timestamp = at.now.getTime();
  await confirmTotp(at, { code: new TOTP({ secret: Secret.fromBase32(begun.secret) }).generate({ timestamp }) });
  return { userId, sessionId };
}

async function expectNothingLeft({ userId, sessionId }: { userId: string; sessionId: string }, email: string) {
  expect(await personOf(email)).toMatchObject({ id: userId, name: "Real Person", totpSince: null, totpSealed: null });
  expect(await test.db.select().from(recoveryCode).where(eq(recoveryCode.userId, userId))).toEqual([]);
  expect(await findSession(test.db, sessionId, testNow)).toBeNull();
  expect(await signIn(visitor(5), { email, password: theirs })).toEqual({ ok: false, reason: "wrong" });
  expect(await signIn(visitor(9), { email, password: own })).toMatchObject({ ok: true, name: "Real Person" });
}

describe("a person set up by a stranger in the name of an address", () => {
  it("is thrown away by a reset of the password that went to the mailbox", async () => {
    const email = newEmail();
    const squatted = await squat(email);
    withMailServer();
    await requestReset(visitor(3), { email });
    await workResets(test.db, visitor(3).now);
    const secret = await mailedSecret(email);
    await expect(resetPassword(visitor(4), { secret, newPassword: own })).rejects.toMatchObject({
      fields: { name: "Enter your name." },
    });
    await resetPassword(visitor(4), { secret, newPassword: own, name: "Real Person" });
    await expectNothingLeft(squatted, email);
  });

  it("leaves no rights to the tokens they made, which still pass the gate", async () => {
    const email = newEmail();
    const { userId } = await squat(email);
    const { accountId } = await accountWith(test.db, "Squatted token");
    await test.db.insert(member).values({ accountId, userId, role: "owner" });
    const actor = {
      kind: "member" as const,
      userId,
      sessionId: "",
      name: "CTO of Victim",
      accountId,
      role: "owner" as const,
    };
    const { secret } = await createToken({ ...visitor(2), actor }, { name: "theirs", scopes: ["members:read"] });
    const rights = async () => (await authenticate(test.db, `Bearer ${secret}`, null, testNow)).actor;
    expect(can(await rights(), "members:read")).toBe(true);
    withMailServer();
    await requestReset(visitor(3), { email });
    await workResets(test.db, visitor(3).now);
    await resetPassword(visitor(4), { secret: await mailedSecret(email), newPassword: own, name: "Real Person" });
    expect(can(await rights(), "members:read")).toBe(false);
    expect((await rights()).kind).toBe("token");
  });

  it("is thrown away by an invitation that went to the mailbox, and the page asks as of somebody new", async () => {
    const email = newEmail();
    const squatted = await squat(email);
    withMailServer();
    await inviteMember(await anOwner("Real Customer"), { email, role: "developer" });
    const secret = await mailedSecret(email);
    expect(await findInvitation(visitor(3), { secret })).toMatchObject({ hasUser: false });
    expect(await accept(secret, { name: "Real Person", password: own }, 3)).toMatchObject({ ok: true });
    await expectNothingLeft(squatted, email);
  });

  it("is taken over once by links that are used at the same time", async () => {
    const email = newEmail();
    const squatted = await squat(email);
    withMailServer();
    const [one, other] = [await anOwner("One", 3), await anOwner("Other", 4)];
    const links = [];
    for (const owner of [one, other]) {
      await inviteMember(owner, { email, role: "viewer" });
      links.push(await mailedSecret(email));
    }
    const tries = await Promise.allSettled(
      [...links, ...links, ...links].map((secret) => accept(secret, { name: "Real Person", password: own }, 5)),
    );
    const taken = tries.filter((one) => one.status === "fulfilled" && one.value.ok);
    expect(taken).toHaveLength(1);
    await expectNothingLeft(squatted, email);
  });

  it("is thrown away by a link of the operator, who hands it over", async () => {
    const email = newEmail();
    const squatted = await squat(email);
    const made = await createResetLink(jobCtx(test.db, "reset-link", testNow), { email });
    await resetPassword(visitor(4), { secret: made?.secret ?? "", newPassword: own, name: "Real Person" });
    await expectNothingLeft(squatted, email);
  });

  it("loses keys and the invitations it gave out, and stays blocked when staff blocked it", async () => {
    const email = newEmail();
    const admin = await staffCtx(test.db, "admin");
    const { secret } = await inviteStaff(admin, { email, role: "admin" });
    await accept(secret, { name: "Second Pair", password: theirs });
    const { id: userId } = await personOf(email);
    const puppet = { ...admin, actor: { ...admin.actor, userId } } as Ctx;
    await withKey(puppet, "automation");
    const given = await inviteStaff(puppet, { email: newEmail(), role: "admin" });
    withMailServer();
    await requestReset(visitor(1), { email });
    await workResets(test.db, visitor(1).now);
    await resetPassword(visitor(2), { secret: await mailedSecret(email), newPassword: own, name: "Real Person" });
    const live = and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt));
    expect(await test.db.select().from(staffKey).where(live)).toEqual([]);
    await expect(accept(given.secret, { name: "Third", password: theirs })).rejects.toMatchObject({ code: "gone" });

    await test.db.update(user).set({ disabledAt: testNow, emailVerifiedAt: null }).where(eq(user.id, userId));
    await inviteMember(await anOwner("Another", 3), { email, role: "viewer" });
    const mailed = await mailedSecret(email);
    expect(await accept(mailed, { name: "Real Person", password: own }, 3)).toMatchObject({ ok: false });
  });
});

describe("a person who has proven their address", () => {
  it("keeps everything through a mailed invitation, which asks for their own password", async () => {
    const email = newEmail();
    withMailServer();
    await inviteMember(await anOwner("First"), { email, role: "viewer" });
    expect(await accept(await mailedSecret(email), { name: "Real Person", password: own })).toMatchObject({ ok: true });
    expect((await personOf(email)).emailVerifiedAt).toEqual(testNow);
    await inviteMember(await anOwner("Second", 1), { email, role: "viewer" });
    const secret = await mailedSecret(email);
    expect(await findInvitation(visitor(), { secret })).toMatchObject({ hasUser: true });
    expect(await accept(secret, { name: "Someone", password: theirs })).toMatchObject({ reason: "wrong" });
    expect(await accept(secret, { password: own }, 20)).toMatchObject({ ok: true });
    expect(await personOf(email)).toMatchObject({ name: "Real Person" });
  });
});

describe("an invitation", () => {
  it("goes to the address only where there is a mail server, of members and of staff", async () => {
    const owner = await anOwner("Northwind");
    const admin = await staffCtx(test.db, "admin");
    const job = jobCtx(test.db, "create-admin", testNow);
    const [first, second, third, fourth] = [newEmail(), newEmail(), newEmail(), newEmail()];
    withMailServer();
    expect(await inviteMember(owner, { email: first, role: "viewer" })).toMatchObject({ secret: null, sentTo: first });
    expect(await inviteStaff(admin, { email: second, role: "lead" })).toMatchObject({ secret: null, sentTo: second });
    expect(await inviteAdmin(job, { email: third })).toMatchObject({ secret: null, sentTo: third });
    const printed = await inviteAdmin(job, { email: fourth, isPrinted: true });
    expect(printed).toMatchObject({ secret: expect.any(String), sentTo: null });
    for (const email of [first, second, third]) {
      const secret = await mailedSecret(email);
      expect(await accept(secret, { name: "Real Person", password: own })).toMatchObject({ ok: true, email });
    }
  });

  it("without a mail server gives the link, and leaves the person unproven", async () => {
    const email = newEmail();
    const { secret, sentTo } = await inviteMember(await anOwner("By Hand"), { email, role: "viewer" });
    expect(sentTo).toBeNull();
    await accept(secret, { name: "Mia", password: own });
    expect((await personOf(email)).emailVerifiedAt).toBeNull();
  });

  it("that was handed over shows and asks the same of a known and an unknown address", async () => {
    const owner = await anOwner("Curious");
    const known = newEmail();
    withMailServer();
    await inviteMember(owner, { email: known, role: "viewer" });
    await accept(await mailedSecret(known), { name: "Real Person", password: own });
    vi.stubEnv("SMTP_URL", "");
    const stranger = await anOwner("Curious Too");
    const pages = [];
    for (const email of [known, newEmail()]) {
      const { secret } = await inviteMember(stranger, { email, role: "viewer" });
      const page = await findInvitation(visitor(), { secret: secret ?? "" });
      pages.push({ ...page, email: "" });
      await expect(accept(secret, { name: "Mia", password: "short" })).rejects.toMatchObject({
        code: "invalid",
        fields: { password: expect.stringContaining("12 characters") },
      });
      await expect(accept(secret, { password: own })).rejects.toMatchObject({ fields: { name: "Enter your name." } });
    }
    expect(pages[0]).toEqual(pages[1]);
    expect(pages[0]).toMatchObject({ hasUser: null });
  });

  it("is sent again with a new link, also after its end, but not without bound and not when revoked", async () => {
    const owner = await anOwner("Patient");
    const email = newEmail();
    withMailServer();
    const { id: invitationId } = await inviteMember(owner, { email, role: "viewer" });
    const old = await mailedSecret(email);
    const late = { ...owner, now: new Date(testNow.getTime() + 8 * dayMs) };
    expect(await resendInvitation(late, { invitationId })).toMatchObject({ secret: null, sentTo: email });
    await expect(accept(old, { name: "Mia", password: own })).rejects.toMatchObject({ code: "gone" });
    for (let i = 0; i < 4; i += 1) await resendInvitation(late, { invitationId });
    await expect(resendInvitation(late, { invitationId })).rejects.toMatchObject({ code: "throttled" });
    await revokeInvitation(late, { invitationId });
    await expect(resendInvitation(late, { invitationId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("shows who invited, and staff, what became of its mail", async () => {
    const owner = await anOwner("Bouncing");
    const admin = await staffCtx(test.db, "admin");
    const [email, colleague] = [newEmail(), newEmail()];
    const handedOver = await inviteMember(owner, { email: newEmail(), role: "viewer" });
    withMailServer();
    await inviteMember(owner, { email, role: "viewer" });
    await inviteStaff(admin, { email: colleague, role: "support" });
    const stateOf = async () => (await listMembers(owner, {})).invitations.find((one) => one.email === email)?.delivery;
    expect(await stateOf()).toEqual({ state: "waiting", sentAt: null });
    await test.db
      .update(mail)
      .set({ state: "failed", lastError: "550 No such mailbox" })
      .where(eq(mail.kind, "invitation"));
    expect(await stateOf()).toEqual({ state: "failed", sentAt: null });
    const { invitations } = await listStaff(admin, {});
    expect(invitations.find((one) => one.email === colleague)?.delivery).toEqual({ state: "failed", sentAt: null });
    const members = await listMembers(owner, {});
    expect(members.invitations.find((one) => one.id === handedOver.id)?.delivery).toBeNull();
    const undelivered = await listUndeliveredMail(admin, {});
    expect(undelivered.filter((one) => one.kind === "invitation").length).toBeGreaterThan(1);
    expect(JSON.stringify(undelivered)).not.toContain("/invite/");
  });
});
