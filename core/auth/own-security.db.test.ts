import { and, eq, isNull, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { QueueData } from "#db/queues.ts";
import { staffKey } from "#db/schema/api.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { recoveryCode, session, staffMember, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { authenticate } from "../api/authenticate.ts";
import type { Ctx } from "../frame/context.ts";
import { acceptInvitation } from "../invitations/accept-invitation.ts";
import { inviteMember } from "../invitations/invite.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { accountWith, ctxOf, testNow, withKey, workResets } from "../testing.ts";
import { changePassword } from "./change-password.ts";
import { endSession } from "./end-session.ts";
import { findSession } from "./find-session.ts";
import { listSessions } from "./list-sessions.ts";
import { hashPassword } from "./password.ts";
import { getProfile, updateProfile } from "./profile.ts";
import { proveAgain } from "./prove-again.ts";
import { createResetLink, requestReset } from "./request-reset.ts";
import { findReset, resetPassword } from "./reset-password.ts";
import { confirmTotp, removeTotp, renewRecoveryCodes, startTotp } from "./set-up-totp.ts";
import { signIn } from "./sign-in.ts";

const password = "correct horse battery";
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

const after = (seconds: number) => new Date(testNow.getTime() + seconds * 1000);
/** Each from an address of its own, so that no test waits for another's failures. */
const visitor = (seconds = 0): Ctx => ({
  ...ctxOf(test.db, { kind: "visitor" }, after(seconds)),
  ip: `198.51.100.${serial}`,
});

/** A person who can sign in, signed in. */
async function person() {
  serial += 1;
  const email = `mia.${serial}@example.com`;
  const [made] = await test.db
    .insert(user)
    .values({ email, name: "Mia", emailVerifiedAt: testNow, passwordHash: await hashPassword(password) })
    .returning({ id: user.id });
  const opened = await signIn(visitor(), { email, password });
  if (!opened.ok || !made) throw new Error("not signed in");
  const { userId, sessionId } = opened;
  const at = (seconds = 0): Ctx => ({
    ...visitor(seconds),
    actor: { kind: "user", userId, sessionId, name: "Mia", email },
  });
  return { userId, sessionId, email, at };
}

const mailsTo = (address: string) =>
  test.db.select({ kind: mail.kind, text: mail.textBody }).from(mail).where(eq(mail.toAddress, address));

describe("one's sessions", () => {
  it("are listed with this one marked, and each can be ended, but nobody else's", async () => {
    const mia = await person();
    const other = await signIn(visitor(1), { email: mia.email, password });
    if (!other.ok) throw new Error("refused");
    const rows = await listSessions(mia.at(2), {});
    expect(rows.map((row) => [row.id, row.isThis])).toEqual([
      [other.sessionId, false],
      [mia.sessionId, true],
    ]);
    const tom = await person();
    await expect(endSession(tom.at(), { sessionId: other.sessionId })).rejects.toMatchObject({ code: "not_found" });
    await endSession(mia.at(3), { sessionId: other.sessionId });
    expect(await findSession(test.db, other.sessionId, testNow)).toBeNull();
    expect(await findSession(test.db, mia.sessionId, testNow)).not.toBeNull();
  });
});

describe("changing the password", () => {
  it("needs the old one, ends the other sessions, keeps this one, and tells the person", async () => {
    const mia = await person();
    const other = await signIn(visitor(), { email: mia.email, password });
    const wrong = await changePassword(mia.at(), { password: "nope", newPassword: "a much better phrase" });
    expect(wrong).toEqual({ ok: false, reason: "wrong" });
    expect(await changePassword(mia.at(), { password, newPassword: "a much better phrase" })).toMatchObject({
      ok: true,
      ended: 1,
    });
    expect(other.ok && (await findSession(test.db, other.sessionId, testNow))).toBeNull();
    expect(await findSession(test.db, mia.sessionId, testNow)).not.toBeNull();
    expect((await signIn(visitor(9), { email: mia.email, password: "a much better phrase" })).ok).toBe(true);
    expect(await mailsTo(mia.email)).toMatchObject([{ kind: "sign_in_changed" }]);
  });

  it("ends links that would set another one, and personal keys, and says that those of programs go on", async () => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "reviewer" });
    const staff = { kind: "staff" as const, userId: mia.userId, sessionId: mia.sessionId, name: "Mia" };
    const desk = { ...mia.at(), actor: { ...staff, role: "reviewer" as const } };
    await withKey(desk, "personal");
    await withKey(desk, "automation");
    const link = await createResetLink(ctxOf(test.db, { kind: "job", name: "test" }), { email: mia.email });
    await changePassword(mia.at(), { password, newPassword: "a much better phrase" });
    expect(await findReset(visitor(), { secret: link?.secret ?? "" })).toBeNull();
    const live = await test.db
      .select({ kind: staffKey.kind })
      .from(staffKey)
      .where(and(eq(staffKey.userId, mia.userId), isNull(staffKey.revokedAt)));
    expect(live).toEqual([{ kind: "automation" }]);
    expect((await mailsTo(mia.email))[0]?.text).toContain("Your automation keys keep working");
  });

  it("counts no right password as a wrong one, whatever else is refused", async () => {
    const mia = await person();
    const weak = (given: string) => changePassword(mia.at(), { password: given, newPassword: "passwordpassword" });
    for (let n = 0; n < 7; n += 1) await expect(weak(password)).rejects.toMatchObject({ code: "invalid" });
    await expect(weak("nope")).rejects.toMatchObject({ code: "invalid" });
    await test.db.update(user).set({ totpSealed: "sealed", totpSince: testNow }).where(eq(user.id, mia.userId));
    const started = () => startTotp(mia.at(), { password });
    for (let n = 0; n < 7; n += 1) await expect(started()).rejects.toMatchObject({ code: "conflict" });
    const changed = await changePassword(mia.at(), { password, newPassword: "a much better phrase" });
    expect(changed).toMatchObject({ ok: true });
  });

  it("judges exactly the free guesses of a session, however many come at the same moment", async () => {
    const mia = await person();
    const guess = () => changePassword(mia.at(), { password: "nope", newPassword: "a better phrase" });
    const answers = await Promise.all(Array.from({ length: 30 }, guess));
    expect(answers.filter((one) => !one.ok && one.reason === "wrong")).toHaveLength(5);
  });

  it("judges a bounded number of guesses of all sessions of a person together, and lets the person in a minute later", async () => {
    const mia = await person();
    const rows = Array.from({ length: 20 }, () => ({ userId: mia.userId, expiresAt: after(3_600) }));
    const opened = await test.db.insert(session).values(rows).returning({ id: session.id });
    const of = (sessionId: string, seconds = 0): Ctx => {
      const ctx = mia.at(seconds);
      return { ...ctx, actor: { ...ctx.actor, sessionId } as Ctx["actor"] };
    };
    const guess = (sessionId: string) => proveAgain(of(sessionId), { password: "nope" });
    const answers = await Promise.all(opened.flatMap(({ id }) => [guess(id), guess(id), guess(id)]));
    expect(answers.filter((one) => !one.ok && one.reason === "wrong")).toHaveLength(20);
    expect(await proveAgain(mia.at(), { password })).toMatchObject({ reason: "throttled", retryAfterSeconds: 5 });
    expect(await proveAgain(mia.at(60), { password })).toMatchObject({ ok: true });
  });

  it("makes whoever guesses wait, with the right password too, and apart from who guesses at the sign-in page", async () => {
    const mia = await person();
    for (let i = 0; i < 7; i += 1) await signIn(visitor(), { email: mia.email, password: "nope" });
    for (let i = 0; i < 5; i += 1) {
      const answer = await changePassword(mia.at(), { password: "nope", newPassword: "a better phrase" });
      expect(answer).toEqual({ ok: false, reason: "wrong" });
    }
    const throttled = { ok: false, reason: "throttled", retryAfterSeconds: 4 };
    expect(await changePassword(mia.at(1), { password, newPassword: "a better phrase" })).toEqual(throttled);
    expect(await changePassword(mia.at(6), { password, newPassword: "a better phrase" })).toMatchObject({ ok: true });
  });

  it("refuses a proof that another change has overtaken", async () => {
    const mia = await person();
    const change = (newPassword: string) => changePassword(mia.at(), { password, newPassword });
    const answers = await Promise.all([change("a first new phrase"), change("a second new phrase")]);
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
  });
});

describe("a forgotten password", () => {
  const askedFor = (email: string) =>
    test.db.execute<{ data: QueueData["mail-reset"] }>(
      sql`select data from pgboss.job where name = 'mail-reset' and data->>'email' = ${email}`,
    );
  const linkIn = (text: string | null | undefined) => /\/reset\/([\w-]+)/.exec(text ?? "")?.[1] ?? "";

  it("is replaced by a one-time link of an hour, which ends every session and every other link", async () => {
    const mia = await person();
    await requestReset(visitor(), { email: ` ${mia.email.toUpperCase()}` });
    await requestReset(visitor(1), { email: mia.email });
    expect(await mailsTo(mia.email)).toEqual([]);
    await workResets(test.db, visitor().now);
    const [first, second] = (await mailsTo(mia.email)).map((one) => linkIn(one.text));
    expect(await findReset(visitor(), { secret: first ?? "" })).toMatchObject({ email: mia.email });
    expect(await findReset(visitor(3_600), { secret: first ?? "" })).toBeNull();
    await resetPassword(visitor(60), { secret: second ?? "", newPassword: "a phrase to remember" });
    expect(await findSession(test.db, mia.sessionId, testNow)).toBeNull();
    for (const secret of [first, second]) {
      const again = resetPassword(visitor(61), { secret: secret ?? "", newPassword: "another phrase here" });
      await expect(again).rejects.toMatchObject({ code: "gone" });
    }
    expect((await signIn(visitor(62), { email: mia.email, password: "a phrase to remember" })).ok).toBe(true);
  });

  it("does the same for strangers until it has answered, and writes nothing that tells them apart", async () => {
    const mia = await person();
    const written = async (email: string) => {
      const answer = await requestReset(visitor(), { email });
      const jobs = await askedFor(email);
      return { answer, jobs: jobs.length };
    };
    expect(await written(mia.email)).toEqual(await written("nobody@example.com"));
  });

  it("sends three messages an hour at most, none to strangers, and keeps the link out of the audit", async () => {
    const mia = await person();
    for (const n of [1, 2, 3, 4]) await requestReset(visitor(n), { email: mia.email });
    await requestReset(visitor(4), { email: "nobody@example.com" });
    await workResets(test.db, visitor(5).now);
    expect(await mailsTo("nobody@example.com")).toEqual([]);
    expect(await mailsTo(mia.email)).toHaveLength(3);
    const rows = await test.db.select({ data: auditEvent.data }).from(auditEvent);
    for (const { text } of await mailsTo(mia.email)) expect(JSON.stringify(rows)).not.toContain(linkIn(text));
  });

  it("is asked for twenty times an hour at most from one network, strangers counted too", async () => {
    const from = (ip: string, email: string) => requestReset({ ...visitor(), ip }, { email });
    for (let n = 0; n < 20; n += 1) await from(`2001:db8:0:20::${n}`, `nobody-${n}@example.com`);
    await from("2001:db8:0:20:ffff::1", "beyond@example.com");
    await from("2001:db8:0:21::1", "elsewhere@example.com");
    expect(await askedFor("nobody-19@example.com")).toHaveLength(1);
    expect(await askedFor("beyond@example.com")).toEqual([]);
    expect(await askedFor("elsewhere@example.com")).toHaveLength(1);
  });

  it("can be handed over by whoever runs the installation, and by nobody else", async () => {
    const mia = await person();
    const job = ctxOf(test.db, { kind: "job", name: "reset-link" });
    const made = await createResetLink(job, { email: mia.email });
    expect(await findReset(visitor(), { secret: made?.secret ?? "" })).toMatchObject({ email: mia.email });
    expect(await createResetLink(job, { email: "nobody@example.com" })).toBeNull();
    await expect(createResetLink(mia.at(), { email: mia.email })).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("a second step", () => {
  const codeAt = (secret: string, seconds: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: after(seconds).getTime() });

  async function withApp() {
    const mia = await person();
    const started = await startTotp(mia.at(), { password });
    if (!started.ok) throw new Error("refused");
    const { codes } = await confirmTotp(mia.at(), { code: codeAt(started.secret, 0) });
    return { ...mia, secret: started.secret, codes };
  }

  it("is asked for only after it was confirmed by a code", async () => {
    const mia = await person();
    const started = await startTotp(mia.at(), { password });
    if (!started.ok) throw new Error("refused");
    await expect(confirmTotp(mia.at(), { code: "000000" })).rejects.toMatchObject({ code: "invalid" });
    expect((await signIn(visitor(), { email: mia.email, password })).ok).toBe(true);
    await confirmTotp(mia.at(), { code: codeAt(started.secret, 0) });
    expect(await signIn(visitor(), { email: mia.email, password })).toEqual({ ok: false, reason: "code_required" });
    await expect(startTotp(mia.at(), { password })).rejects.toMatchObject({ code: "conflict" });
  });

  it("takes each code once, and counts wrong ones like wrong passwords", async () => {
    const { email, secret } = await withApp();
    const sign = (seconds: number, code: string) => signIn(visitor(seconds), { email, password, code });
    expect(await sign(1, codeAt(secret, 0))).toMatchObject({ reason: "wrong_code" });
    expect((await sign(31, codeAt(secret, 31))).ok).toBe(true);
    expect(await sign(32, codeAt(secret, 31))).toMatchObject({ reason: "wrong_code" });
    for (let i = 0; i < 4; i += 1) await sign(62, "000000");
    expect(await sign(63, codeAt(secret, 63))).toMatchObject({ reason: "throttled" });
    // Not even the right password tells more than that to somebody without the code.
    expect(await signIn(visitor(200), { email, password: "nope", code: "000000" })).toMatchObject({ reason: "wrong" });
  });

  it("tells the person by mail, once a day, that somebody has their password and makes up codes", async () => {
    const { email } = await withApp();
    const warnings = async () =>
      (await mailsTo(email)).filter(({ text }) => text?.includes("signed in with your password")).length;
    const guess = (seconds: number, from: number) =>
      signIn({ ...visitor(seconds), ip: `203.0.113.${from}` }, { email, password, code: "000000" });
    for (let n = 1; n <= 4; n += 1) await guess(n, n);
    expect(await warnings()).toBe(0);
    await guess(5, 5);
    expect(await warnings()).toBe(1);
    for (let n = 1; n <= 10; n += 1) await guess(7_200 * n, 10 + n);
    expect(await warnings()).toBe(1);
  });

  it("opens the door that wrong passwords have shut, and tells nobody else which half was right", async () => {
    const { email, secret, codes } = await withApp();
    const beside = (seconds: number, given: { password: string; code?: string }) =>
      signIn(visitor(seconds), { email, ...given });
    for (let n = 0; n < 7; n += 1) await beside(1, { password: "nope" });
    const shut = { ok: false, reason: "throttled", retryAfterSeconds: 4 };
    expect(await beside(2, { password })).toEqual(shut);
    expect(await beside(2, { password, code: "000000" })).toEqual(shut);
    expect(await beside(2, { password: "nope", code: codeAt(secret, 31) })).toEqual(shut);
    expect(await beside(2, { password, code: codes[0] ?? "" })).toMatchObject({ ok: true });
  });

  it("has ten recovery codes that work once each, and none of them is kept as it is", async () => {
    const { email, codes, userId, at } = await withApp();
    const [first = "", second = "", third = ""] = codes;
    expect((await signIn(visitor(40), { email, password, code: first.toUpperCase() })).ok).toBe(true);
    expect(await signIn(visitor(41), { email, password, code: first })).toMatchObject({ reason: "wrong_code" });
    expect((await getProfile(at(), {})).recoveryCodesLeft).toBe(9);
    expect(await renewRecoveryCodes(at(42), { password })).toEqual({ ok: false, reason: "code_required" });
    expect(await renewRecoveryCodes(at(42), { password, code: third })).toMatchObject({ ok: true });
    expect(await signIn(visitor(43), { email, password, code: second })).toMatchObject({ reason: "wrong_code" });
    const kept = await test.db
      .select({ codeHash: recoveryCode.codeHash })
      .from(recoveryCode)
      .where(and(eq(recoveryCode.userId, userId), isNull(recoveryCode.usedAt)));
    expect(kept).toHaveLength(10);
    expect(JSON.stringify(kept)).not.toContain(first.replace("-", ""));
  });

  it("keeps its secret sealed, survives a reset of the password, and goes only for password and code", async () => {
    const { email, secret, codes, userId, at } = await withApp();
    const [row] = await test.db.select({ sealed: user.totpSealed }).from(user).where(eq(user.id, userId));
    expect(row?.sealed).not.toContain(secret);
    const made = await createResetLink(ctxOf(test.db, { kind: "job", name: "j" }), { email });
    await resetPassword(visitor(), { secret: made?.secret ?? "", newPassword: "a phrase to remember" });
    const again = await signIn(visitor(50), { email, password: "a phrase to remember" });
    expect(again).toMatchObject({ reason: "code_required" });
    expect(await removeTotp(at(), { password: "nope" })).toEqual({ ok: false, reason: "wrong" });
    const remove = (code?: string) => removeTotp(at(), { password: "a phrase to remember", ...(code ? { code } : {}) });
    expect(await remove()).toEqual({ ok: false, reason: "code_required" });
    expect(await remove("000000")).toEqual({ ok: false, reason: "wrong_code" });
    expect(await remove(codes[0])).toMatchObject({ ok: true });
    expect((await signIn(visitor(60), { email, password: "a phrase to remember" })).ok).toBe(true);
  });
});

describe("the other sessions of a person", () => {
  it("end when a second step is set up, and when it is removed", async () => {
    const mia = await person();
    const elsewhere = async (code?: string) => {
      const opened = await signIn(visitor(), { email: mia.email, password, ...(code ? { code } : {}) });
      if (!opened.ok) throw new Error("refused");
      return opened.sessionId;
    };
    const isIn = async (sessionId: string) => (await findSession(test.db, sessionId, testNow)) !== null;
    const before = await elsewhere();
    const started = await startTotp(mia.at(), { password });
    if (!started.ok) throw new Error("refused");
    expect(await isIn(before)).toBe(true);
    const code = new TOTP({ secret: Secret.fromBase32(started.secret) }).generate({ timestamp: testNow.getTime() });
    const { codes } = await confirmTotp(mia.at(), { code });
    expect(await isIn(before)).toBe(false);
    const meanwhile = await elsewhere(codes[0]);
    await removeTotp(mia.at(), { password, code: codes[1] ?? "" });
    expect(await isIn(meanwhile)).toBe(false);
    expect(await isIn(mia.sessionId)).toBe(true);
  });

  it("keep guesses at the code counted with those at the password", async () => {
    const mia = await person();
    const started = await startTotp(mia.at(), { password });
    if (!started.ok) throw new Error("refused");
    const code = new TOTP({ secret: Secret.fromBase32(started.secret) }).generate({ timestamp: testNow.getTime() });
    const { codes } = await confirmTotp(mia.at(), { code });
    const remove = (given: string) => removeTotp(mia.at(), { password, code: given });
    for (let n = 0; n < 5; n += 1) expect(await remove("000000")).toMatchObject({ reason: "wrong_code" });
    expect(await remove(codes[0] ?? "")).toMatchObject({ reason: "throttled" });
  });
});

describe("staff without a second step", () => {
  afterEach(() => vi.stubEnv("STAFF_SECOND_STEP", "offered"));

  it("have no role until they have set one up, unless the provider only offers it", async () => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "admin" });
    const found = () => findSession(test.db, mia.sessionId, testNow);
    expect(await found()).toMatchObject({ staffRole: "admin", lacksSecondStep: false });
    // The default.
    vi.stubEnv("STAFF_SECOND_STEP", "");
    expect(await found()).toMatchObject({ staffRole: null, lacksSecondStep: true });
    await test.db.update(user).set({ totpSince: testNow }).where(eq(user.id, mia.userId));
    expect(await found()).toMatchObject({ staffRole: "admin", lacksSecondStep: false });
  });
});

describe("the keys of staff without a second step", () => {
  afterEach(() => vi.stubEnv("STAFF_SECOND_STEP", "offered"));

  it.each(["personal", "automation"] as const)("open nothing until they have set one up: %s", async (kind) => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "admin" });
    const actor = { kind: "staff" as const, userId: mia.userId, sessionId: mia.sessionId, name: "Mia" };
    const desk: Ctx = { ...mia.at(), actor: { ...actor, role: "admin" } };
    const { secret } = await createKey(desk, { name: kind, kind, scopes: ["staff:gates:read"] });
    const asked = () => authenticate(test.db, `Bearer ${secret}`, null, testNow);
    expect((await asked()).actor).toMatchObject({ userId: mia.userId });
    vi.stubEnv("STAFF_SECOND_STEP", "");
    await expect(asked()).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringContaining("second step"),
    });
    await test.db.update(user).set({ totpSince: testNow }).where(eq(user.id, mia.userId));
    expect((await asked()).actor).toMatchObject({ userId: mia.userId });
  });
});

describe("an invitation of somebody who has a user", () => {
  it("asks for the code of a second step, like signing in", async () => {
    const mia = await person();
    const started = await startTotp(mia.at(), { password });
    if (!started.ok) throw new Error("refused");
    const code = new TOTP({ secret: Secret.fromBase32(started.secret) }).generate({ timestamp: testNow.getTime() });
    const { codes } = await confirmTotp(mia.at(), { code });
    const owner = await (await accountWith(test.db, "Second step")).memberCtx("owner");
    const { secret } = await inviteMember(owner, { email: mia.email, role: "viewer" });
    const given = { secret: secret ?? "", name: "Mia", password };
    expect(await acceptInvitation(visitor(), given)).toMatchObject({ ok: false, reason: "code_required" });
    expect(await acceptInvitation(visitor(), { ...given, code: "000000" })).toMatchObject({ reason: "wrong_code" });
    expect(await acceptInvitation(visitor(), { ...given, code: codes[0] ?? "" })).toMatchObject({ ok: true });
  });

  it("is no way around the throttle of passwords", async () => {
    const mia = await person();
    const owner = await (await accountWith(test.db, "Inviting")).memberCtx("owner");
    const { secret } = await inviteMember(owner, { email: mia.email, role: "viewer" });
    const accept = (seconds: number, given: string) =>
      acceptInvitation(visitor(seconds), { secret: secret ?? "", name: "Mia", password: given });
    for (let i = 0; i < 5; i += 1) {
      expect(await accept(0, "not her password")).toMatchObject({ reason: "wrong" });
    }
    expect(await accept(1, password)).toMatchObject({ reason: "throttled" });
    const withCode = { secret: secret ?? "", name: "Mia", password, code: "1" };
    expect(await acceptInvitation(visitor(1), withCode)).toMatchObject({ reason: "throttled", retryAfterSeconds: 4 });
    expect(await accept(30, password)).toMatchObject({ ok: true, role: "viewer" });
    await expect(accept(31, password)).rejects.toMatchObject({ code: "gone" });
  });
});

describe("one's profile", () => {
  it("keeps a name and a zone that exists", async () => {
    const mia = await person();
    await updateProfile(mia.at(), { name: "Mia Ortiz", timeZone: "Asia/Kathmandu" });
    expect(await findSession(test.db, mia.sessionId, testNow)).toMatchObject({
      name: "Mia Ortiz",
      timeZone: "Asia/Kathmandu",
    });
    await expect(updateProfile(mia.at(), { name: "Mia", timeZone: "Mars/Base" })).rejects.toMatchObject({
      fields: { timeZone: expect.stringContaining("Choose a time zone") },
    });
    const [row] = await test.db.select({ id: session.id }).from(session).where(eq(session.id, mia.sessionId));
    expect(row).toBeDefined();
  });
});
