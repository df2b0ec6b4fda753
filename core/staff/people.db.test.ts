import { and, eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { recoveryCode, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { authenticate } from "../api/authenticate.ts";
import { findSession } from "../auth/find-session.ts";
import { hashPassword } from "../auth/password.ts";
import { createResetLink } from "../auth/request-reset.ts";
import { resetPassword } from "../auth/reset-password.ts";
import { confirmTotp, startTotp } from "../auth/set-up-totp.ts";
import { signIn } from "../auth/sign-in.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { grantableKeyScopes } from "../frame/permissions.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteMember } from "../invitations/invite.ts";
import { dayMs } from "../rules/time.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, ctxOf, staffCtx, testNow, withKey } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { blockPerson, signOutPerson, unblockPerson } from "./block-person.ts";
import { changeStaffRole } from "./change-staff.ts";
import { findPerson, getPerson } from "./get-person.ts";
import { approveSecondStepRemoval, proposeSecondStepRemoval, withdrawSecondStepRemoval } from "./remove-second-step.ts";

/** Staff keep a person out, sign them out, and help them in again: seen, told and by two people where it opens a door. */

const password = "correct horse battery";
const reason = "Reported as taken over.";
let test: TestDatabase;
let serial = 0;
beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef");
  test = await testDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

const idOf = ({ actor }: Ctx) => ("userId" in actor ? actor.userId : "");
const sessionOf = ({ actor }: Ctx) => ("sessionId" in actor ? (actor.sessionId ?? "") : "");
const isIn = async (who: Ctx) => (await findSession(test.db, sessionOf(who), testNow)) !== null;
const bearer = (secret: string) => authenticate(test.db, `Bearer ${secret}`, null, testNow);
const visitor = (): Ctx => ({ ...ctxOf(test.db, { kind: "visitor" }), ip: `198.51.100.${++serial}` });
const mailsTo = (userId: string) =>
  test.db.select({ kind: mail.kind, text: mail.textBody }).from(mail).where(eq(mail.userId, userId));
const audited = (action: string, subjectId: string) =>
  test.db
    .select({ by: auditEvent.actorUserId, data: auditEvent.data, accountId: auditEvent.accountId })
    .from(auditEvent)
    .where(and(eq(auditEvent.action, action), eq(auditEvent.subjectId, subjectId)));

async function emailOf(userId: string): Promise<string> {
  const [found] = await test.db.select({ email: user.email }).from(user).where(eq(user.id, userId));
  return found?.email ?? "";
}

/** An owner who can sign in. */
async function anOwner() {
  const owner = await (await accountWith(test.db, `Taken ${++serial}`)).memberCtx("owner");
  await test.db
    .update(user)
    .set({ passwordHash: await hashPassword(password) })
    .where(eq(user.id, idOf(owner)));
  return { owner, userId: idOf(owner), email: await emailOf(idOf(owner)) };
}

describe("a blocked person", () => {
  it("is out of every door on the next request, is told why, and comes back when unblocked", async () => {
    const admin = await staffCtx(test.db, "admin");
    const { owner, userId, email } = await anOwner();
    const { secret } = await createToken(owner, { name: "sync", scopes: ["members:read", "email:send"] });
    expect(await isIn(owner)).toBe(true);
    expect(await blockPerson(admin, { userId, reason })).toEqual({ sessions: 1 });

    expect(await isIn(owner)).toBe(false);
    expect(await signIn(visitor(), { email, password })).toEqual({ ok: false, reason: "wrong" });
    expect((await bearer(secret)).actor).toMatchObject({ maker: { userId, role: null } });
    expect(await createResetLink(jobCtx(test.db, "j", testNow), { email })).toBeNull();
    expect((await mailsTo(userId)).at(-1)).toMatchObject({ text: expect.stringContaining(`Reason: ${reason}`) });
    expect(await audited("person.block", userId)).toMatchObject([{ by: idOf(admin), data: { reason, sessions: 1 } }]);
    expect(await getPerson(admin, { userId })).toMatchObject({
      blockedAt: testNow,
      blockedReason: reason,
      sessions: [],
    });
    await expect(blockPerson(admin, { userId, reason })).rejects.toMatchObject({ code: "conflict" });

    await unblockPerson(admin, { userId, reason: "It was a mistake." });
    expect(await isIn(owner)).toBe(false);
    expect(await signIn(visitor(), { email, password })).toMatchObject({ ok: true });
    expect((await bearer(secret)).actor).toMatchObject({ maker: { role: "owner" } });
    expect((await mailsTo(userId)).at(-1)?.text).toContain("unblocked");
  });

  it("has no use of an open reset link or of an invitation, nor those whom they had invited", async () => {
    const admin = await staffCtx(test.db, "admin");
    const { owner, userId, email } = await anOwner();
    const reset = await createResetLink(jobCtx(test.db, "j", testNow), { email });
    const given = await inviteMember(owner, { email: `puppet.${serial}@example.com`, role: "owner" });
    await blockPerson(admin, { userId, reason });
    const newPassword = "a phrase to remember";
    await expect(resetPassword(visitor(), { secret: reset?.secret ?? "", newPassword })).rejects.toMatchObject({
      code: "gone",
    });
    const take = (secret: string | null) =>
      acceptInvitation(visitor(), { secret: secret ?? "", name: "Puppet", password });
    await expect(take(given.secret)).rejects.toMatchObject({ code: "gone" });
    const other = await anOwner();
    const { secret } = await inviteMember(other.owner, { email, role: "viewer" });
    expect(await take(secret)).toMatchObject({ ok: false });
  });

  it("of the staff loses personal keys, and automation keys until unblocked", async () => {
    const now = new Date();
    const admin = await staffCtx(test.db, "admin");
    const lead = await staffCtx(test.db, "lead", "Leaving Lead", now);
    const make = (kind: "personal" | "automation") =>
      createKey(lead, { name: kind, kind, scopes: grantableKeyScopes(lead.actor, kind) });
    const [personal, automation] = [await make("personal"), await make("automation")];
    const use = ({ secret }: { secret: string }) => authenticate(test.db, `Bearer ${secret}`, null, now);
    await use(personal);
    await use(automation);
    const userId = idOf(lead);
    await blockPerson(admin, { userId, reason });
    for (const key of [personal, automation]) await expect(use(key)).rejects.toMatchObject({ code: "unauthenticated" });
    await unblockPerson(admin, { userId, reason });
    await expect(use(personal)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await use(automation)).actor).toMatchObject({ kind: "staff", userId });
  });

  it("is never oneself or the last admin, and a program blocks nobody of the staff and unblocks nobody", async () => {
    const other = await testDatabase();
    const only = await staffCtx(other.db, "admin");
    const second = await staffCtx(other.db, "admin");
    await expect(blockPerson(only, { userId: idOf(only), reason })).rejects.toMatchObject({ code: "conflict" });
    await blockPerson(only, { userId: idOf(second), reason });
    await expect(blockPerson(second, { userId: idOf(only), reason })).rejects.toMatchObject({ code: "conflict" });
    await unblockPerson(only, { userId: idOf(second), reason });
    const duel = [
      blockPerson(only, { userId: idOf(second), reason }),
      blockPerson(second, { userId: idOf(only), reason }),
    ];
    const blows = await Promise.allSettled(duel);
    expect(blows.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    await other.close();

    const admin = await staffCtx(test.db, "admin");
    const program = await withKey(admin, "automation");
    const lead = await staffCtx(test.db, "lead");
    const { userId } = await anOwner();
    const forbidden = { code: "forbidden" };
    await expect(blockPerson(program, { userId: idOf(lead), reason })).rejects.toMatchObject(forbidden);
    await expect(signOutPerson(program, { userId: idOf(lead), reason })).rejects.toMatchObject(forbidden);
    await blockPerson(program, { userId, reason });
    await expect(unblockPerson(program, { userId, reason })).rejects.toMatchObject(forbidden);
  });
});

describe("the sessions of a person", () => {
  it("are seen with their networks only, and end all at once", async () => {
    const admin = await staffCtx(test.db, "admin");
    const { owner, userId, email } = await anOwner();
    await signIn({ ...visitor(), ip: "198.51.100.77", userAgent: "Mozilla/5.0" }, { email, password });
    const { sessions, ...seen } = await getPerson(admin, { userId });
    expect(sessions).toHaveLength(2);
    expect(sessions.map((one) => one.network)).toContain("198.51.100.0/24");
    expect(JSON.stringify([sessions, seen])).not.toContain("198.51.100.77");
    const unused = { ...admin, now: new Date(testNow.getTime() + 29 * dayMs) };
    expect((await getPerson(unused, { userId })).sessions).toEqual([]);
    expect(seen.email).not.toBe(email);
    expect(await findPerson(admin, { email: email.toUpperCase() })).toEqual({ userId });
    await expect(findPerson(admin, { email: "nobody@example.com" })).rejects.toMatchObject({ code: "not_found" });

    expect(await signOutPerson(admin, { userId, reason })).toEqual({ sessions: 2 });
    expect(await isIn(owner)).toBe(false);
    expect(await audited("person.sign_out", userId)).toMatchObject([{ data: { reason, sessions: 2 } }]);
    expect((await mailsTo(userId)).at(-1)?.text).toContain("signed you out everywhere");
    expect(await signIn(visitor(), { email, password })).toMatchObject({ ok: true });
  });
});

describe("the second step of a person", () => {
  async function withSecondStep() {
    const made = await anOwner();
    await test.db
      .update(user)
      .set({ totpSealed: "sealed", totpSince: testNow, totpLastStep: 1 })
      .where(eq(user.id, made.userId));
    await test.db.insert(recoveryCode).values({ userId: made.userId, codeHash: "hash", createdAt: testNow });
    return made;
  }
  const stepOf = async (userId: string) =>
    (await test.db.select({ since: user.totpSince, sealed: user.totpSealed }).from(user).where(eq(user.id, userId)))[0];

  it("is taken off by two people, told at both steps, and ends every session", async () => {
    const { owner, userId, email } = await withSecondStep();
    const [one, other] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const proposals = await Promise.allSettled(
      [one, one, one].map((who) => proposeSecondStepRemoval(who, { userId, reason })),
    );
    const [made, ...more] = proposals.flatMap((it) => (it.status === "fulfilled" ? [it.value] : []));
    expect(more).toEqual([]);
    const refusals = proposals.flatMap((it) => (it.status === "rejected" ? [it.reason] : []));
    expect(refusals).toMatchObject([{ code: "conflict" }, { code: "conflict" }]);
    const removalId = made?.removalId ?? "";
    expect(await stepOf(userId)).toMatchObject({ since: testNow });
    expect((await mailsTo(userId)).at(-1)?.text).toContain("asked to remove your second step");
    expect((await getPerson(other, { userId })).removal).toMatchObject({ removalId, reason });
    await expect(proposeSecondStepRemoval(other, { userId, reason })).rejects.toMatchObject({ code: "conflict" });
    await expect(approveSecondStepRemoval(one, { removalId })).rejects.toMatchObject({ code: "forbidden" });
    const tries = await Promise.allSettled([1, 2, 3].map(() => approveSecondStepRemoval(other, { removalId })));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await stepOf(userId)).toEqual({ since: null, sealed: null });
    expect(await test.db.select().from(recoveryCode).where(eq(recoveryCode.userId, userId))).toEqual([]);
    expect(await isIn(owner)).toBe(false);
    expect((await mailsTo(userId)).at(-1)?.text).toContain("removed your second step");
    expect(await signIn(visitor(), { email, password })).toMatchObject({ ok: true });
    expect(await audited("totp.approve_removal", userId)).toMatchObject([
      { by: idOf(other), data: { removalId, proposedByUserId: idOf(one) } },
    ]);
    await expect(approveSecondStepRemoval(other, { removalId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("is not taken off by one human being, by the person themselves, or by a proposal that is withdrawn or old", async () => {
    const { userId } = await withSecondStep();
    const [one, other] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const { removalId } = await proposeSecondStepRemoval(one, { userId, reason });
    const tied = await staffCtx(test.db, "support");
    await changeStaffRole(one, { userId: idOf(tied), role: "admin" });
    const promoted = { ...tied, actor: { ...tied.actor, role: "admin" } } as Ctx;
    await expect(approveSecondStepRemoval(promoted, { removalId })).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("within the last 24 hours"),
    });
    const late = { ...other, now: new Date(testNow.getTime() + 7 * dayMs) };
    await expect(approveSecondStepRemoval(late, { removalId })).rejects.toMatchObject({ code: "conflict" });
    await withdrawSecondStepRemoval(other, { removalId });
    await expect(approveSecondStepRemoval(other, { removalId })).rejects.toMatchObject({ code: "conflict" });

    await test.db
      .update(user)
      .set({ totpSince: testNow })
      .where(eq(user.id, idOf(other)));
    const ofAdmin = await proposeSecondStepRemoval(one, { userId: idOf(other), reason });
    await expect(approveSecondStepRemoval(other, ofAdmin)).rejects.toMatchObject({ code: "forbidden" });
    expect(await stepOf(userId)).toMatchObject({ since: testNow });
  });

  it("is not taken off by a proposal that was made for the app before it", async () => {
    const { owner, userId } = await withSecondStep();
    const [one, other] = [await staffCtx(test.db, "admin"), await staffCtx(test.db, "admin")];
    const stale = await proposeSecondStepRemoval(one, { userId, reason });
    const none = { totpSealed: null, totpSince: null, totpLastStep: null };
    await test.db.update(user).set(none).where(eq(user.id, userId));
    const setUp = async () => {
      const started = await startTotp(owner, { password });
      if (!started.ok) throw new Error("refused");
      const app = new TOTP({ secret: Secret.fromBase32(started.secret) });
      const code = app.generate({ timestamp: owner.now.getTime() });
      await expect(confirmTotp(owner, { code: "000000" })).rejects.toMatchObject({ code: "invalid" });
      expect((await getPerson(other, { userId })).removal).toMatchObject(stale);
      return confirmTotp(owner, { code });
    };
    expect((await setUp()).codes).toHaveLength(10);
    await expect(approveSecondStepRemoval(other, stale)).rejects.toMatchObject({ code: "conflict" });
    expect(await stepOf(userId)).toMatchObject({ since: testNow });
    expect((await getPerson(other, { userId })).removal).toBeNull();
    const fresh = await proposeSecondStepRemoval(one, { userId, reason });
    await approveSecondStepRemoval(other, fresh);
    expect(await stepOf(userId)).toEqual({ since: null, sealed: null });
  });

  it("has to be there, and a proposal that has lapsed makes room for another", async () => {
    const admin = await staffCtx(test.db, "admin");
    const without = await anOwner();
    await expect(proposeSecondStepRemoval(admin, { userId: without.userId, reason })).rejects.toMatchObject({
      code: "conflict",
    });
    const { userId } = await withSecondStep();
    await proposeSecondStepRemoval(admin, { userId, reason });
    const late = { ...admin, now: new Date(testNow.getTime() + 8 * dayMs) };
    await proposeSecondStepRemoval(late, { userId, reason });
  });
});
