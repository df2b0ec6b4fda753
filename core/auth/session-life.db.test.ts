import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { staffKey } from "#db/schema/api.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { authenticate } from "../api/authenticate.ts";
import type { Ctx } from "../frame/context.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { unpauseKey } from "../staff-keys/unpause-key.ts";
import { ctxOf, staffCtx, testNow } from "../testing.ts";
import { changePassword } from "./change-password.ts";
import { findSession } from "./find-session.ts";
import { listSessions } from "./list-sessions.ts";
import { hashPassword } from "./password.ts";
import { createResetLink } from "./request-reset.ts";
import { resetPassword } from "./reset-password.ts";
import { signIn } from "./sign-in.ts";

/** How long a way in stays open: sessions by their use and age, keys by their age and what happens to the password. */

const password = "correct horse battery";
let test: TestDatabase;
let serial = 0;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const visitor = (seconds = 0): Ctx => ({
  ...ctxOf(test.db, { kind: "visitor" }, new Date(testNow.getTime() + seconds * 1000)),
  ip: `198.51.100.${serial}`,
});

/** A person who can sign in, signed in. */
async function person() {
  serial += 1;
  const email = `mia.${serial}@example.com`;
  await test.db
    .insert(user)
    .values({ email, name: "Mia", passwordHash: await hashPassword(password), emailVerifiedAt: testNow });
  const opened = await signIn(visitor(), { email, password });
  if (!opened.ok) throw new Error("not signed in");
  const { userId, sessionId } = opened;
  const at = (seconds = 0): Ctx => ({
    ...visitor(seconds),
    actor: { kind: "user", userId, sessionId, name: "Mia", email },
  });
  return { userId, sessionId, email, at };
}

const mailsTo = (address: string) =>
  test.db.select({ text: mail.textBody }).from(mail).where(eq(mail.toAddress, address));

describe("a session that nobody uses", () => {
  const inMinutes = (minutes: number) => new Date(testNow.getTime() + minutes * 60_000);
  const isIn = async (sessionId: string, minutes: number, options?: { isUse: boolean }) =>
    (await findSession(test.db, sessionId, inMinutes(minutes), options)) !== null;
  const day = 24 * 60;

  it("of staff ends after an hour, and in twelve hours however much it is used", async () => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "support" });
    const idle = await person();
    await test.db.insert(staffMember).values({ userId: idle.userId, role: "support" });
    expect(await isIn(idle.sessionId, 59, { isUse: false })).toBe(true);
    expect(await isIn(idle.sessionId, 60)).toBe(false);
    for (let minutes = 30; minutes < 720; minutes += 30) expect(await isIn(mia.sessionId, minutes)).toBe(true);
    expect(await isIn(mia.sessionId, 720)).toBe(false);
  });

  it("of a member ends after two weeks, and in thirty days however much it is used", async () => {
    const [mia, idle] = [await person(), await person()];
    expect(await isIn(idle.sessionId, 14 * day - 1, { isUse: false })).toBe(true);
    expect(await isIn(idle.sessionId, 14 * day)).toBe(false);
    for (let days = 1; days < 30; days += 1) expect(await isIn(mia.sessionId, days * day)).toBe(true);
    expect(await isIn(mia.sessionId, 30 * day)).toBe(false);
  });

  it("is not kept alive by what a page asks for by itself, and its use is written once a minute at most", async () => {
    const mia = await person();
    const seen = async () => {
      const [row] = await test.db.select({ at: session.lastSeenAt }).from(session).where(eq(session.id, mia.sessionId));
      return row?.at ?? null;
    };
    await isIn(mia.sessionId, 30, { isUse: false });
    expect(await seen()).toBeNull();
    await isIn(mia.sessionId, 30);
    await isIn(mia.sessionId, 30.5);
    expect(await seen()).toEqual(inMinutes(30));
    await isIn(mia.sessionId, 31);
    expect(await seen()).toEqual(inMinutes(31));
  });

  it("is gone from the person's list when it is over", async () => {
    const mia = await person();
    const listed = async (seconds: number) => (await listSessions(mia.at(seconds), {})).length;
    expect(await listed(13 * day * 60)).toBe(1);
    expect(await listed(14 * day * 60)).toBe(0);
  });
});

describe("a password that was reset by mail", () => {
  it("pauses the keys of the person until they unpause them, and a changed one does not", async () => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "reviewer" });
    const desk = {
      ...mia.at(),
      actor: {
        kind: "staff" as const,
        userId: mia.userId,
        sessionId: mia.sessionId,
        name: "Mia",
        role: "reviewer" as const,
      },
    };
    const { keyId, secret } = await createKey(desk, { name: "export", scopes: ["staff:cases:read"] });
    const call = () => authenticate(test.db, `Bearer ${secret}`, null, testNow);
    await changePassword(mia.at(), { password, newPassword: "a much better phrase" });
    expect(await call()).toMatchObject({ callerId: keyId });
    const link = await createResetLink(ctxOf(test.db, { kind: "job", name: "test" }), { email: mia.email });
    const secretOfLink = link?.secret ?? "";
    await resetPassword(visitor(), { secret: secretOfLink, newPassword: "a phrase to remember", name: "Mia" });
    await expect(call()).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("paused") });
    expect((await mailsTo(mia.email)).map((one) => one.text).join()).toContain("Your automation keys are paused");
    await expect(unpauseKey(await staffCtx(test.db, "admin"), { keyId })).rejects.toMatchObject({ code: "not_found" });
    await unpauseKey(desk, { keyId });
    expect(await call()).toMatchObject({ callerId: keyId });
  });

  it("is no matter of keys that have lived for 366 days: they are over", async () => {
    const mia = await person();
    await test.db.insert(staffMember).values({ userId: mia.userId, role: "reviewer" });
    const actor = {
      kind: "staff",
      userId: mia.userId,
      sessionId: mia.sessionId,
      name: "Mia",
      role: "reviewer",
    } as const;
    const { keyId, secret } = await createKey({ ...mia.at(), actor }, { name: "old", scopes: ["staff:cases:read"] });
    // As those were made before there was a longest life.
    await test.db.update(staffKey).set({ expiresAt: null }).where(eq(staffKey.id, keyId));
    const at = (days: number) => authenticate(test.db, `Bearer ${secret}`, null, visitor(days * 86_400).now);
    expect(await at(365)).toMatchObject({ callerId: keyId });
    await expect(at(366)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
