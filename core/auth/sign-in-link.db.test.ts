import { eq, sql } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { QueueData } from "#db/queues.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { minuteMs } from "../rules/time.ts";
import { ctxOf, testNow } from "../testing.ts";
import { changePassword } from "./change-password.ts";
import { enterByLink, findSignInLink } from "./enter-by-link.ts";
import { findSession } from "./find-session.ts";
import { hashLinkSecret } from "./link-secret.ts";
import { hashPassword } from "./password.ts";
import { mailReset } from "./request-reset.ts";
import { mailSignInLink, requestSignInLink } from "./request-sign-in-link.ts";
import { confirmTotp, startTotp } from "./set-up-totp.ts";
import { signIn } from "./sign-in.ts";

/** Signing in by a one-time link that is mailed. */

const password = "correct horse battery";
const browser = "the-browser-that-asked";
let test: TestDatabase;
let people = 0;

beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "0123456789abcdef0123456789abcdef");
  vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
  vi.stubEnv("EMAIL_LINK_SIGN_IN", "1");
  test = await testDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

const after = (minutes: number) => new Date(testNow.getTime() + minutes * minuteMs);
const visitor = (minutes = 0): Ctx => ({
  ...ctxOf(test.db, { kind: "visitor" }, after(minutes)),
  ip: `198.51.100.${people % 250}`,
});

async function person({ isProven = true } = {}) {
  people += 1;
  const email = `mia.${people}@example.com`;
  const passwordHash = await hashPassword(password);
  const emailVerifiedAt = isProven ? testNow : null;
  const [made] = await test.db
    .insert(user)
    .values({ email, name: "Mia", emailVerifiedAt, passwordHash })
    .returning({ userId: user.id });
  return { email, userId: made?.userId ?? "" };
}

const mailsTo = (address: string) =>
  test.db
    .select({ kind: mail.kind, text: mail.textBody })
    .from(mail)
    .where(eq(mail.toAddress, address))
    .orderBy(mail.createdAt);
const workMail = (email: string, minutes = 0) =>
  mailSignInLink(jobCtx(test.db, "Gatehouse", after(minutes)), { email, browserHash: hashLinkSecret(browser) });

/** The secret in the latest message after asking. */
async function linkTo(email: string, minutes = 0): Promise<string> {
  await workMail(email, minutes);
  // Other messages may have the same time.
  const links = (await mailsTo(email)).flatMap(({ text }) => /\/enter\/([\w-]+)/.exec(text ?? "")?.[1] ?? []);
  return links.at(-1) ?? "";
}
const isIn = async (sessionId: string) => (await findSession(test.db, sessionId, testNow)) !== null;

describe("a sign-in link", () => {
  it("signs in once, in the browser that asked, within ten minutes", async () => {
    const { email, userId } = await person();
    const secret = await linkTo(email);
    expect(await findSignInLink(visitor(), { secret, browser })).toEqual({ email, isUnproven: false, asksCode: false });
    const entered = await enterByLink(visitor(9), { secret, browser });
    expect(entered).toMatchObject({ ok: true, userId });
    const [row] = await test.db.select({ way: session.way }).from(session).where(eq(session.userId, userId));
    expect(row).toEqual({ way: "email_link" });
    await expect(enterByLink(visitor(9), { secret, browser })).rejects.toMatchObject({ code: "gone" });
    const late = await linkTo(email, 20);
    await expect(enterByLink(visitor(30), { secret: late, browser })).rejects.toMatchObject({ code: "gone" });
    expect(await findSignInLink(visitor(30), { secret: late, browser })).toBeNull();
  });

  it("leads on to the page that was wanted when it was asked for, like that of an account one was invited to", async () => {
    const { email } = await person();
    await requestSignInLink(visitor(), { email, browser, next: "/a/northwind?x=1" });
    const [job] = await test.db.execute<{ data: QueueData["mail-sign-in-link"] }>(
      sql`select data from pgboss.job where name = 'mail-sign-in-link' and data->>'email' = ${email}`,
    );
    const { ip: _, ...asked } = job?.data ?? { email, ip: null, browserHash: "" };
    await mailSignInLink(jobCtx(test.db, "Gatehouse", testNow), asked);
    expect((await mailsTo(email)).at(-1)?.text).toMatch(/\/enter\/[\w-]+\?next=%2Fa%2Fnorthwind%3Fx%3D1\s/);
  });

  it("lets in one of twenty that use it at the same time", async () => {
    const { email, userId } = await person();
    const secret = await linkTo(email);
    const all = await Promise.allSettled(Array.from({ length: 20 }, () => enterByLink(visitor(), { secret, browser })));
    expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "gone" });
    expect(await test.db.$count(session, eq(session.userId, userId))).toBe(1);
  });

  it("tells another browser nothing but where to open it, and stays unused", async () => {
    const { email } = await person();
    const secret = await linkTo(email);
    for (const other of ["", "another-browser-altogether"]) {
      expect(await findSignInLink(visitor(), { secret, browser: other })).toBe("elsewhere");
      await expect(enterByLink(visitor(), { secret, browser: other })).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await enterByLink(visitor(), { secret, browser })).toMatchObject({ ok: true });
  });

  it("is answered alike for members, strangers, staff and the blocked, and mailed to members only", async () => {
    const mia = await person();
    const staff = await person();
    const blocked = await person();
    await test.db.insert(staffMember).values({ userId: staff.userId, role: "support" });
    await test.db.update(user).set({ disabledAt: testNow }).where(eq(user.id, blocked.userId));
    const asked = [mia.email, staff.email, blocked.email, "nobody@example.com"];
    for (const email of asked) {
      expect(await requestSignInLink(visitor(), { email: ` ${email.toUpperCase()}`, browser })).toEqual({ browser });
      const [row] = await test.db.execute<{ jobs: number }>(
        sql`select count(*)::int as jobs from pgboss.job where name = 'mail-sign-in-link' and data->>'email' = ${email}`,
      );
      expect(row?.jobs, email).toBe(1);
      await workMail(email);
    }
    const mails = await Promise.all(asked.map(async (email) => (await mailsTo(email)).length));
    expect(mails).toEqual([1, 0, 0, 0]);
  });

  it("opens nothing for who has joined the staff or was blocked meanwhile, and ends with a new password", async () => {
    const joined = await person();
    const secret = await linkTo(joined.email);
    await test.db.insert(staffMember).values({ userId: joined.userId, role: "support" });
    await expect(enterByLink(visitor(), { secret, browser })).rejects.toMatchObject({ code: "gone" });

    const blocked = await person();
    const other = await linkTo(blocked.email);
    await test.db.update(user).set({ disabledAt: testNow }).where(eq(user.id, blocked.userId));
    await expect(enterByLink(visitor(), { secret: other, browser })).rejects.toMatchObject({ code: "gone" });

    const mia = await person();
    const third = await linkTo(mia.email);
    const opened = await signIn(visitor(), { email: mia.email, password });
    if (!opened.ok) throw new Error("not signed in");
    const own: Ctx = { ...visitor(), actor: { kind: "user", ...opened } };
    await changePassword(own, { password, newPassword: "seven green bottles standing" });
    await expect(enterByLink(visitor(), { secret: third, browser })).rejects.toMatchObject({ code: "gone" });
  });

  it("asks who has a second step for the code, and a wrong one leaves it unused", async () => {
    const { email, userId } = await person();
    const opened = await signIn(visitor(), { email, password });
    if (!opened.ok) throw new Error("not signed in");
    const own: Ctx = { ...visitor(), actor: { kind: "user", ...opened } };
    const started = await startTotp(own, { password });
    if (!started.ok) throw new Error("refused");
    const codeAt = (minutes: number) =>
      new TOTP({ secret: Secret.fromBase32(started.secret) }).generate({ timestamp: after(minutes).getTime() });
    await confirmTotp(own, { code: codeAt(0) });
    const secret = await linkTo(email);
    expect(await findSignInLink(visitor(), { secret, browser })).toMatchObject({ asksCode: true });
    expect(await enterByLink(visitor(), { secret, browser })).toEqual({ ok: false, reason: "code_required" });
    const wrong = await enterByLink(visitor(), { secret, browser, code: "000000" });
    expect(wrong).toEqual({ ok: false, reason: "wrong_code" });
    expect(await enterByLink(visitor(2), { secret, browser, code: codeAt(2) })).toMatchObject({ ok: true, userId });
  });

  it("makes wrong codes wait, however many links are asked for", async () => {
    const { email, userId } = await person();
    await test.db.update(user).set({ totpSince: testNow, totpSealed: "x" }).where(eq(user.id, userId));
    await test.sql`insert into sign_in_failure (email, door, at) select ${email}, 'code', ${testNow} from generate_series(1, 20)`;
    const secret = await linkTo(email);
    const answer = await enterByLink(visitor(), { secret, browser, code: "000000" });
    expect(answer).toMatchObject({ ok: false, reason: "throttled" });
  });

  it("proves the address: what a stranger set up in its name is gone", async () => {
    const { email, userId } = await person({ isProven: false });
    const stranger = await signIn(visitor(), { email, password });
    await test.db.update(user).set({ totpSince: testNow, totpSealed: "theirs" }).where(eq(user.id, userId));
    const secret = await linkTo(email);
    expect(await findSignInLink(visitor(), { secret, browser })).toMatchObject({ isUnproven: true, asksCode: false });
    await expect(enterByLink(visitor(), { secret, browser })).rejects.toMatchObject({ code: "invalid" });
    expect(await enterByLink(visitor(), { secret, browser, name: "Vera Victim" })).toMatchObject({
      name: "Vera Victim",
    });
    expect(stranger.ok && (await isIn(stranger.sessionId))).toBe(false);
    expect(await signIn(visitor(), { email, password })).toMatchObject({ ok: false, reason: "wrong" });
    const [row] = await test.db
      .select({ since: user.totpSince, provenAt: user.emailVerifiedAt })
      .from(user)
      .where(eq(user.id, userId));
    expect(row).toMatchObject({ since: null, provenAt: testNow });
  });

  it("is not there unless the provider allows it and can send mail", async () => {
    const { email } = await person();
    const secret = await linkTo(email);
    for (const [name, value] of [
      ["EMAIL_LINK_SIGN_IN", "0"],
      ["SMTP_URL", ""],
    ] as const) {
      vi.stubEnv(name, value);
      await expect(requestSignInLink(visitor(), { email, browser })).rejects.toMatchObject({ code: "not_found" });
      await expect(enterByLink(visitor(), { secret, browser })).rejects.toMatchObject({ code: "gone" });
      expect(await workMail(email)).toEqual({ userId: null });
      vi.stubEnv("SMTP_URL", "smtp://127.0.0.1:1");
      vi.stubEnv("EMAIL_LINK_SIGN_IN", "1");
    }
  });

  it("is in no audit row", async () => {
    const { email } = await person();
    const secret = await linkTo(email);
    await enterByLink(visitor(), { secret, browser });
    const rows = await test.db.select({ data: auditEvent.data, subject: auditEvent.subjectId }).from(auditEvent);
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("messages to one person", () => {
  it("are three an hour, also when ten are asked for at the same moment: links to sign in, and to reset a password", async () => {
    const mia = await person();
    await Promise.all(Array.from({ length: 10 }, () => workMail(mia.email)));
    expect(await mailsTo(mia.email)).toHaveLength(3);
    const noa = await person();
    const resets = Array.from({ length: 10 }, () =>
      mailReset(jobCtx(test.db, "Gatehouse", testNow), { email: noa.email }),
    );
    await Promise.all(resets);
    expect(await mailsTo(noa.email)).toHaveLength(3);
  });

  it("are asked for twenty times an hour at most from one network, strangers counted too", async () => {
    const from = async (n: number) => {
      const email = `nobody-${n}@example.com`;
      await requestSignInLink({ ...visitor(), ip: `2001:db8:0:40::${n}` }, { email, browser });
      const [row] = await test.db.execute<{ jobs: number }>(
        sql`select count(*)::int as jobs from pgboss.job where name = 'mail-sign-in-link' and data->>'email' = ${email}`,
      );
      return row?.jobs;
    };
    const asked: unknown[] = [];
    for (let n = 0; n < 21; n += 1) asked.push(await from(n));
    expect(asked).toEqual([...Array.from({ length: 20 }, () => 1), 0]);
  });
});
