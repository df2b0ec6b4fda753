import { and, count, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { session, signInFailure, user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { ctxOf, testNow } from "../testing.ts";
import { findSession } from "./find-session.ts";
import { hashPassword } from "./password.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

describe("signing in", () => {
  let test: TestDatabase;
  const password = "correct horse battery";
  beforeAll(async () => {
    test = await testDatabase();
    const passwordHash = await hashPassword(password);
    await test.db.insert(user).values([
      { email: "mia@example.com", name: "Mia", passwordHash },
      { email: "gone@example.com", name: "Gone", passwordHash, disabledAt: testNow },
    ]);
  });
  afterAll(() => test.close());

  const at = (seconds = 0) => ctxOf(test.db, { kind: "visitor" }, new Date(testNow.getTime() + seconds * 1000));

  it("opens a session for the right password, whatever the case of the e-mail, and ends it at once on signing out", async () => {
    const opened = await signIn(at(), { email: " Mia@Example.com ", password });
    if (!opened.ok) throw new Error("refused");
    const found = await findSession(test.db, opened.sessionId, testNow);
    expect(found).toMatchObject({ name: "Mia", staffRole: null });
    const { userId, sessionId } = opened;
    await signOut(ctxOf(test.db, { kind: "user", userId, sessionId, name: "Mia", email: "mia@example.com" }), {});
    expect(await findSession(test.db, opened.sessionId, testNow)).toBeNull();
  });

  it("ends a session by the clock, and when the person is disabled", async () => {
    const opened = await signIn(at(), { email: "mia@example.com", password });
    if (!opened.ok) throw new Error("refused");
    const [row] = await test.db
      .select({ expiresAt: session.expiresAt })
      .from(session)
      .where(eq(session.id, opened.sessionId));
    expect(await findSession(test.db, opened.sessionId, row?.expiresAt ?? testNow)).toBeNull();
    await test.db.update(user).set({ disabledAt: testNow }).where(eq(user.email, "mia@example.com"));
    expect(await findSession(test.db, opened.sessionId, testNow)).toBeNull();
    await test.db.update(user).set({ disabledAt: null }).where(eq(user.email, "mia@example.com"));
  });

  it("answers alike for a wrong password, an unknown e-mail and a disabled person", async () => {
    const wrong = { ok: false, reason: "wrong" };
    expect(await signIn(at(), { email: "mia@example.com", password: "nope" })).toEqual(wrong);
    expect(await signIn(at(), { email: "nobody@example.com", password })).toEqual(wrong);
    expect(await signIn(at(), { email: "gone@example.com", password })).toEqual(wrong);
  });

  it("makes one wait after five failures, refuses even the right password then, and lets it in afterwards", async () => {
    const email = "mia@example.com";
    for (let i = 0; i < 4; i += 1) await signIn(at(), { email, password: "nope" });
    const throttled = await signIn(at(1), { email, password });
    expect(throttled).toEqual({ ok: false, reason: "throttled", retryAfterSeconds: 4 });
    expect((await signIn(at(6), { email, password })).ok).toBe(true);
  });

  it("counts tries before it judges them: of sixty at the same moment from one address, thirty are judged", async () => {
    const from = { ...at(), ip: "198.51.100.60" };
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => signIn(from, { email: `unknown-${n}@example.com`, password })),
    );
    expect(answers.filter((one) => !one.ok && one.reason === "wrong")).toHaveLength(30);
  });

  it("counts an IPv6 /64 as one address", async () => {
    const answers = [];
    for (let n = 0; n < 36; n += 1) {
      const from = { ...at(), ip: `2001:db8:0:36::${n}` };
      answers.push(await signIn(from, { email: `many-${n}@example.com`, password }));
    }
    expect(answers.filter((one) => !one.ok && one.reason === "wrong")).toHaveLength(30);
    const beside = { ...at(), ip: "2001:db8:0:37::1" };
    expect(await signIn(beside, { email: "many@example.com", password })).toMatchObject({ reason: "wrong" });
  });

  it("keeps nobody out by what is tried elsewhere, nor on a device of theirs by what is tried beside them", async () => {
    const passwordHash = await hashPassword(password);
    const [lee] = await test.db
      .insert(user)
      .values({ email: "lee@example.com", name: "Lee", passwordHash })
      .returning();
    const guess = (ip: string) => signIn({ ...at(), ip }, { email: "lee@example.com", password: "nope" });
    for (let n = 0; n < 60; n += 1) await guess(`198.51.100.${100 + (n % 6)}`);
    expect((await signIn({ ...at(), ip: "192.0.2.77" }, { email: "lee@example.com", password })).ok).toBe(true);
    const beside = { ...at(), ip: "198.51.100.100" };
    expect(await signIn(beside, { email: "lee@example.com", password })).toMatchObject({ reason: "throttled" });
    const devices = { [lee?.id ?? ""]: crypto.randomUUID() };
    expect((await signIn({ ...beside, devices }, { email: "lee@example.com", password })).ok).toBe(true);
  });

  it("counts the tries of a known device for themselves", async () => {
    const [mia] = await test.db.select({ id: user.id }).from(user).where(eq(user.email, "mia@example.com"));
    const onDevice = { ...at(60), devices: { [mia?.id ?? ""]: crypto.randomUUID() } };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signIn(onDevice, { email: "mia@example.com", password: "nope" })),
    );
    // Five of the device, and five as anybody else from this address.
    expect(answers.filter((one) => !one.ok && one.reason === "wrong")).toHaveLength(10);
    const elsewhere = { ...at(60), ip: "192.0.2.78" };
    expect((await signIn(elsewhere, { email: "mia@example.com", password })).ok).toBe(true);
  });

  it("opens nothing to who waits and sends a made-up code, and counts and records each such try", async () => {
    const email = "una@example.com";
    await test.db.insert(user).values({ email, name: "Una", passwordHash: await hashPassword(password) });
    const guesses = Array.from({ length: 310 }, (_, n) => ({
      ...{ email, door: "stranger" as const, at: testNow },
      ...{ ip: `198.18.${n % 62}.1`, network: `198.18.${n % 62}.1/32` },
    }));
    await test.db.insert(signInFailure).values(guesses);
    const from = { ...at(), ip: "192.0.2.90" };
    const shut = { ok: false, reason: "throttled", retryAfterSeconds: 60 };
    expect(await signIn(from, { email, password })).toEqual(shut);
    for (let n = 0; n < 3; n += 1) expect(await signIn(from, { email, password: "nope", code: "1" })).toEqual(shut);
    expect(await signIn(from, { email, password, code: "1" })).toEqual(shut);
    const of = and(eq(auditEvent.action, "session.refuse"), eq(auditEvent.subjectId, email));
    expect(await test.db.select().from(auditEvent).where(of)).toHaveLength(4);
    const [counted] = await test.db
      .select({ silent: count() })
      .from(signInFailure)
      .where(and(eq(signInFailure.email, email), eq(signInFailure.door, "silent")));
    expect(counted).toEqual({ silent: 4 });
  });

  it("makes a person's count of what is tried silently too", async () => {
    const email = "ugo@example.com";
    await test.db.insert(user).values({ email, name: "Ugo", passwordHash: await hashPassword(password) });
    const guesses = Array.from({ length: 110 }, (_, n) => ({
      ...{ email, door: "silent" as const, at: testNow },
      ...{ ip: `198.18.100.${n % 10}`, network: `198.18.100.${n % 10}/32` },
    }));
    await test.db.insert(signInFailure).values(guesses);
    const from = (ip: string) => ({ ...at(), ip });
    expect((await signIn(from("192.0.2.91"), { email, password: "nope" })).ok).toBe(false);
    expect(await signIn(from("192.0.2.91"), { email, password })).toMatchObject({ reason: "throttled" });
    expect((await signIn(from("192.0.2.92"), { email, password })).ok).toBe(true);
  });

  it("records failed attempts and not throttled ones, and never the password", async () => {
    const rows = await test.db
      .select({ data: auditEvent.data })
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "session.refuse"), eq(auditEvent.subjectId, "mia@example.com")));
    expect(rows).toHaveLength(5 + 10);
    expect(JSON.stringify(rows)).not.toContain("nope");
  });
});
