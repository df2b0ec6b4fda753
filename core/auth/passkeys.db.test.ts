import { and, eq, isNull } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { passwordReset, recoveryCode, session, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { getPerson } from "../staff/get-person.ts";
import { approveSecondStepRemoval, proposeSecondStepRemoval } from "../staff/remove-second-step.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { findSession } from "./find-session.ts";
import { hashLinkSecret } from "./link-secret.ts";
import type { Challenge } from "./passkey-challenge.ts";
import { hashPassword } from "./password.ts";
import { beginPasskeyProof, provePasskey } from "./prove-passkey.ts";
import { findReset, resetPassword } from "./reset-password.ts";
import {
  addPasskey,
  beginPasskey,
  beginPasskeyRemoval,
  listPasskeys,
  removePasskey,
  renamePasskey,
} from "./set-up-passkey.ts";
import { signIn } from "./sign-in.ts";
import { beginPasskeySignIn, signInWithPasskey } from "./sign-in-with-passkey.ts";
import { newAuthenticator, unverified } from "./testing-authenticator.ts";

let test: TestDatabase;
const password = "four unrelated words of mine";
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const visitor = (now = testNow) => ctxOf(test.db, { kind: "visitor" }, now);
const idOf = (ctx: Ctx) => (ctx.actor as { userId: string }).userId;
const sessionOf = (ctx: Ctx) => (ctx.actor as { sessionId: string }).sessionId;
const foundBy = (sessionId: string) => findSession(test.db, sessionId, testNow);
const emailOf = async (ctx: Ctx) =>
  (
    await test.db
      .select()
      .from(user)
      .where(eq(user.id, idOf(ctx)))
  )[0]?.email ?? "";

async function register(ctx: Ctx, authenticator = newAuthenticator(), more = {}) {
  const begun = await beginPasskey(ctx, {});
  if (!begun.ok) throw new Error(begun.reason);
  const response = authenticator.register({ challenge: begun.options.challenge, ...more });
  return {
    authenticator,
    begun,
    response,
    added: await addPasskey(ctx, { name: "Laptop", response, challenge: begun.challenge }),
  };
}

/** Somebody with a passkey. */
async function owner(name: string) {
  const ctx = await staffCtx(test.db, "lead", name);
  const { authenticator, added } = await register(ctx);
  if (!added.ok) throw new Error(added.reason);
  return { ctx, authenticator, ...added };
}

type Answer = Parameters<ReturnType<typeof newAuthenticator>["use"]>[0];
async function comeIn(authenticator: ReturnType<typeof newAuthenticator>, more: Partial<Answer> = {}, ctx = visitor()) {
  const { challenge, options } = await beginPasskeySignIn(ctx, {});
  const response = authenticator.use({ challenge: options.challenge, ...more });
  return { challenge, response, result: await signInWithPasskey(ctx, { response, challenge }) };
}

describe("a passkey", () => {
  it("signs in by itself, as both factors, and ends the other sessions when it is added", async () => {
    vi.stubEnv("STAFF_SECOND_STEP", "required");
    const ctx = await staffCtx(test.db, "lead", "Pia");
    const [other] = await test.db
      .insert(session)
      .values({ userId: idOf(ctx), expiresAt: new Date("2100-01-01") })
      .returning({ id: session.id });
    expect(await foundBy(sessionOf(ctx))).toMatchObject({ staffRole: null, lacksSecondStep: true });
    const { authenticator, added } = await register(ctx);
    expect(added).toMatchObject({ ok: true, codes: expect.any(Array) });
    expect(await foundBy(sessionOf(ctx))).toMatchObject({ staffRole: "lead", lacksSecondStep: false });
    expect(await foundBy(other?.id ?? "")).toBeNull();
    const { result } = await comeIn(authenticator);
    if (!result.ok) throw new Error(result.reason);
    expect(result.userId).toBe(idOf(ctx));
    expect(await foundBy(result.sessionId)).toMatchObject({ staffRole: "lead" });
    const told = await test.db
      .select()
      .from(mail)
      .where(eq(mail.userId, idOf(ctx)));
    expect(told.map((one) => one.textBody).join()).toContain("“Laptop” was added");
    vi.stubEnv("STAFF_SECOND_STEP", "offered");
  });

  it("opens nothing once more, late, elsewhere, or for another purpose", async () => {
    const { authenticator, ctx } = await owner("Once");
    const first = await comeIn(authenticator);
    expect(first.result.ok).toBe(true);
    const again = () => signInWithPasskey(visitor(), { response: first.response, challenge: first.challenge });
    expect(await again()).toMatchObject({ ok: false, reason: "over" });
    const { challenge, options } = await beginPasskeySignIn(visitor(), {});
    const response = authenticator.use({ challenge: options.challenge });
    const late = new Date(testNow.getTime() + 301_000);
    expect(await signInWithPasskey(visitor(late), { response, challenge })).toMatchObject({ reason: "over" });
    expect(await signInWithPasskey(visitor(), { response, challenge: null })).toMatchObject({ reason: "over" });
    const other = await beginPasskeySignIn(visitor(), {});
    expect(await signInWithPasskey(visitor(), { response, challenge: other.challenge })).toMatchObject({
      reason: "wrong",
    });
    const proof = await beginPasskeyProof(ctx, {});
    const proven = authenticator.use({ challenge: proof.options.challenge });
    expect(await signInWithPasskey(visitor(), { response: proven, challenge: proof.challenge })).toMatchObject({
      reason: "over",
    });
    // Of many at the same moment one is in.
    const race = await beginPasskeySignIn(visitor(), {});
    const same = { response: authenticator.use({ challenge: race.options.challenge }), challenge: race.challenge };
    const answers = await Promise.all(Array.from({ length: 6 }, () => signInWithPasskey(visitor(), same)));
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
  });

  it.each<[string, Partial<Answer>]>([
    ["of another origin", { origin: "https://gatehouse.example" }],
    ["for another relying party", { rpID: "gatehouse.example" }],
    ["without a finger or PIN", { flags: unverified }],
    ["of a registration", { type: "webauthn.create" }],
    ["that names another owner", { userHandle: "AAAAAAAAAAAAAAAAAAAAAA" }],
    ["whose count has not moved, as only a copy's does", { count: 1 }],
  ])("answer %s is refused, and recorded", async (_what, lie) => {
    const { authenticator, ctx } = await owner("Phished");
    expect((await comeIn(authenticator)).result.ok).toBe(true);
    expect((await comeIn(authenticator, lie)).result).toMatchObject({ ok: false, reason: "wrong" });
    const refused = await test.db
      .select()
      .from(auditEvent)
      .where(and(eq(auditEvent.action, "session.refuse"), eq(auditEvent.subjectId, await emailOf(ctx))));
    expect(refused).toHaveLength(1);
  });

  it("of nobody, of a blocked person, or signed with another key, is answered alike", async () => {
    const { authenticator, ctx } = await owner("Blocked");
    await test.db
      .update(user)
      .set({ disabledAt: testNow })
      .where(eq(user.id, idOf(ctx)));
    const stranger = newAuthenticator();
    for (const one of [authenticator, stranger])
      expect((await comeIn(one)).result).toMatchObject({ ok: false, reason: "wrong" });
    const { authenticator: victim } = await owner("Victim");
    const { challenge, options } = await beginPasskeySignIn(visitor(), {});
    const forged = {
      ...JSON.parse(stranger.use({ challenge: options.challenge })),
      id: victim.credentialId,
      rawId: victim.credentialId,
    };
    const given = { response: JSON.stringify(forged), challenge };
    expect(await signInWithPasskey(visitor(), given)).toMatchObject({ ok: false, reason: "wrong" });
    await expect(
      signInWithPasskey(visitor(), { response: "{", challenge: (await beginPasskeySignIn(visitor(), {})).challenge }),
    ).rejects.toMatchObject({ code: "invalid" });
  });

  it("makes a password alone too little, and its recovery codes help who has lost it", async () => {
    const { ctx, codes } = await owner("Both");
    const email = await emailOf(ctx);
    await test.db
      .update(user)
      .set({ passwordHash: await hashPassword(password) })
      .where(eq(user.id, idOf(ctx)));
    expect(await signIn(visitor(), { email, password })).toEqual({ ok: false, reason: "code_required" });
    expect(await signIn(visitor(), { email, password, code: "aaaaa-aaaaa" })).toMatchObject({ reason: "wrong_code" });
    const [code = ""] = codes ?? [];
    expect(await signIn(visitor(), { email, password, code })).toMatchObject({ ok: true });
    expect(await signIn(visitor(), { email, password, code })).toMatchObject({ reason: "wrong_code" });
  });

  it("proves its owner before dangerous acts, and nobody else's does", async () => {
    const { ctx, authenticator } = await owner("Owner");
    const { authenticator: others } = await owner("Other");
    await test.db
      .update(session)
      .set({ provenAt: new Date(0), isTwoStep: false })
      .where(eq(session.id, sessionOf(ctx)));
    await expect(beginPasskey(ctx, {})).rejects.toMatchObject({ name: "ProofNeeded" });
    const prove = async (one: ReturnType<typeof newAuthenticator>, from: Challenge | null = null) => {
      const { challenge, options } = await beginPasskeyProof(ctx, {});
      return provePasskey(ctx, { response: one.use({ challenge: options.challenge }), challenge: from ?? challenge });
    };
    expect(await prove(others)).toMatchObject({ ok: false, reason: "wrong" });
    const signInChallenge = (await beginPasskeySignIn(visitor(), {})).challenge;
    expect(await prove(authenticator, signInChallenge)).toMatchObject({ ok: false, reason: "over" });
    await expect(beginPasskey(ctx, {})).rejects.toMatchObject({ name: "ProofNeeded" });
    expect(await prove(authenticator)).toMatchObject({ ok: true });
    expect(await beginPasskey(ctx, {})).toMatchObject({ ok: true });
  });
});

describe("adding a passkey", () => {
  it("asks for the second step that is there, in a session that has not shown it", async () => {
    const { ctx } = await owner("Stolen");
    await test.db
      .update(session)
      .set({ isTwoStep: false })
      .where(eq(session.id, sessionOf(ctx)));
    expect(await beginPasskey(ctx, {})).toEqual({ ok: false, reason: "code_required" });
    expect(await beginPasskey(ctx, { code: "aaaaa-aaaaa" })).toEqual({ ok: false, reason: "wrong_code" });
  });

  it("takes what the browser has made for this challenge and this session, verified, once, and not twice", async () => {
    const ctx = await staffCtx(test.db, "lead", "Careful");
    expect((await register(ctx, newAuthenticator(), { flags: unverified })).added).toEqual({
      ok: false,
      reason: "over",
    });
    expect((await register(ctx, newAuthenticator(), { origin: "https://gatehouse.example" })).added).toMatchObject({
      ok: false,
    });
    const { authenticator, response, begun, added } = await register(ctx);
    expect(added.ok).toBe(true);
    expect(await addPasskey(ctx, { name: "Again", response, challenge: begun.challenge })).toEqual({
      ok: false,
      reason: "over",
    });
    await expect(register(ctx, authenticator)).rejects.toMatchObject({ code: "conflict" });
    const stranger = await staffCtx(test.db, "lead", "Stranger");
    const theirs = await beginPasskey(ctx, {});
    if (!theirs.ok) throw new Error(theirs.reason);
    const made = newAuthenticator().register({ challenge: theirs.options.challenge });
    expect(await addPasskey(stranger, { name: "Theirs", response: made, challenge: theirs.challenge })).toEqual({
      ok: false,
      reason: "over",
    });
  });

  it("stops at twenty, also of many at the same moment", async () => {
    const { ctx } = await owner("Collector");
    for (let n = 0; n < 18; n += 1) await register(ctx);
    const begun = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const one = await beginPasskey(ctx, {});
        if (!one.ok) throw new Error(one.reason);
        return {
          response: newAuthenticator().register({ challenge: one.options.challenge }),
          challenge: one.challenge,
        };
      }),
    );
    await Promise.allSettled(begun.map((one) => addPasskey(ctx, { name: "More", ...one })));
    expect(await listPasskeys(ctx, {})).toHaveLength(20);
  });
});

it("wrong codes for adding and removing one are counted by person, in however many sessions", async () => {
  const { ctx, userId, passkeyId } = await owner("Guessed");
  const guess = async (act: (inIt: Ctx) => Promise<{ ok: boolean; reason?: string }>) => {
    const later = { userId, expiresAt: new Date("2100-01-01"), provenAt: new Date("2100-01-01") };
    const [opened] = await test.db.insert(session).values(later).returning({ id: session.id });
    const answer = await act({ ...ctx, actor: { ...ctx.actor, sessionId: opened?.id ?? "" } } as Ctx);
    return answer.ok ? "ok" : answer.reason;
  };
  const code = "aaaaa-aaaaa";
  const answers = [];
  for (let n = 0; n < 6; n += 1) {
    answers.push(await guess((inIt) => beginPasskey(inIt, { code })));
    answers.push(await guess((inIt) => removePasskey(inIt, { passkeyId, code })));
  }
  expect(answers.slice(0, 2)).toEqual(["wrong_code", "wrong_code"]);
  expect(answers.slice(-2)).toEqual(["throttled", "throttled"]);
});

describe("removing a passkey", () => {
  it("asks for one of theirs or a code, ends the other sessions, and takes the recovery codes with the last one", async () => {
    const { ctx, authenticator, passkeyId, userId } = await owner("Remover");
    await renamePasskey(ctx, { passkeyId, name: "Old laptop" });
    const [other] = await test.db
      .insert(session)
      .values({ userId, expiresAt: new Date("2100-01-01") })
      .returning({ id: session.id });
    expect(await removePasskey(ctx, { passkeyId })).toEqual({ ok: false, reason: "code_required" });
    expect(await removePasskey(ctx, { passkeyId, code: "aaaaa-aaaaa" })).toEqual({ ok: false, reason: "wrong_code" });
    const { authenticator: others } = await owner("Beside");
    const asked = async () => {
      const { challenge, options } = await beginPasskeyRemoval(ctx, {});
      return { challenge, of: (one: typeof authenticator) => one.use({ challenge: options.challenge }) };
    };
    const foreign = await asked();
    expect(
      await removePasskey(ctx, { passkeyId, response: foreign.of(others), challenge: foreign.challenge }),
    ).toMatchObject({ ok: false });
    const stranger = await staffCtx(test.db, "lead", "Meddler");
    const theirs = await owner("Meddled");
    const theirsId = theirs.passkeyId;
    await expect(removePasskey(stranger, { passkeyId: theirsId })).rejects.toMatchObject({ code: "not_found" });
    const own = await asked();
    const given = { passkeyId, response: own.of(authenticator), challenge: own.challenge };
    expect(await removePasskey(ctx, given)).toMatchObject({ ok: true, name: "Old laptop" });
    expect(await foundBy(other?.id ?? "")).toBeNull();
    expect(await test.db.select().from(recoveryCode).where(eq(recoveryCode.userId, userId))).toEqual([]);
    expect((await comeIn(authenticator)).result).toMatchObject({ ok: false, reason: "wrong" });
  });

  it("is for two people of the staff, where its owner has lost it, and void when they add another meanwhile", async () => {
    const [one, two] = [await staffCtx(test.db, "admin", "One"), await staffCtx(test.db, "admin", "Two")];
    const { ctx, userId, authenticator } = await owner("Lost");
    expect((await getPerson(one, { userId })).passkeys).toMatchObject([{ name: "Laptop" }]);
    const void_ = await proposeSecondStepRemoval(one, { userId, reason: "Called, and named the last invoice." });
    await register(ctx);
    await expect(approveSecondStepRemoval(two, void_)).rejects.toMatchObject({ code: "conflict" });
    const proposal = await proposeSecondStepRemoval(one, { userId, reason: "Called, and named the last invoice." });
    await approveSecondStepRemoval(two, proposal);
    expect(await test.db.select().from(passkey).where(eq(passkey.userId, userId))).toEqual([]);
    expect((await comeIn(authenticator)).result).toMatchObject({ ok: false, reason: "wrong" });
  });
});

describe("who may have set it up", () => {
  it("does not keep it once the address is proven", async () => {
    const { userId, authenticator } = await owner("Squatter");
    await test.db.update(user).set({ emailVerifiedAt: null }).where(eq(user.id, userId));
    const expiresAt = new Date(testNow.getTime() + 60_000);
    await test.db
      .insert(passwordReset)
      .values({ userId, secretHash: hashLinkSecret("proves"), createdAt: testNow, expiresAt });
    await resetPassword(visitor(), { secret: "proves", newPassword: password, name: "Real" });
    expect((await comeIn(authenticator)).result).toMatchObject({ ok: false, reason: "wrong" });
  });
});

describe("a reset of the password by mail", () => {
  async function resetting(name: string) {
    const ctx = await staffCtx(test.db, "lead", name);
    const { authenticator, added } = await register(ctx);
    if (!added.ok) throw new Error(added.reason);
    const userId = idOf(ctx);
    const secret = `reset of ${name}`;
    const expiresAt = new Date(testNow.getTime() + 60_000);
    const link = { userId, secretHash: hashLinkSecret(secret), createdAt: testNow, expiresAt };
    await test.db.insert(passwordReset).values(link);
    const told = async () => {
      const rows = await test.db.select().from(mail).where(eq(mail.userId, userId)).orderBy(mail.createdAt);
      return rows.map((one) => one.textBody).join();
    };
    return { userId, authenticator, secret, codes: added.codes ?? [], told };
  }

  it("names the passkeys that still sign in, and leaves them", async () => {
    const { authenticator, secret, told } = await resetting("Keeps");
    expect((await findReset(visitor(), { secret }))?.passkeys).toMatchObject([{ name: "Laptop" }]);
    expect(await resetPassword(visitor(), { secret, newPassword: password })).toMatchObject({ ok: true, removed: 0 });
    expect(await told()).toContain("These passkeys still sign you in: Laptop.");
    expect((await comeIn(authenticator)).result.ok).toBe(true);
  });

  it("removes them with a recovery code, and with nothing less: a mailbox takes no second step away", async () => {
    const { userId, authenticator, secret, codes, told } = await resetting("Removes");
    const reset = (code?: string) =>
      resetPassword(visitor(), { secret, newPassword: password, removesPasskeys: true, ...(code ? { code } : {}) });
    expect(await reset()).toEqual({ ok: false, reason: "code_required" });
    expect(await reset("AAAAA-AAAAA")).toEqual({ ok: false, reason: "wrong_code" });
    expect(await test.db.$count(passkey, eq(passkey.userId, userId))).toBe(1);
    expect(await reset(codes[0])).toMatchObject({ ok: true, removed: 1 });
    expect(await told()).toContain("Your passkeys were removed: Laptop.");
    expect((await comeIn(authenticator)).result).toMatchObject({ ok: false, reason: "wrong" });
    expect(await test.db.$count(recoveryCode, eq(recoveryCode.userId, userId))).toBe(0);
    await expect(reset(codes[1])).rejects.toMatchObject({ code: "gone" });
  });

  it("is not to be had by guessing codes: wrong ones are counted for the person", async () => {
    const { secret, codes } = await resetting("Guessed");
    const reset = (code: string) =>
      resetPassword(visitor(), { secret, newPassword: password, removesPasskeys: true, code });
    for (let n = 0; n < 5; n += 1) expect(await reset("000000")).toMatchObject({ reason: "wrong_code" });
    expect(await reset(codes[0] ?? "")).toMatchObject({ ok: false, reason: "throttled" });
  });
});

describe("where staff must use a passkey", () => {
  afterEach(() => vi.stubEnv("STAFF_SECOND_STEP", "offered"));

  it("a password and a code open no desk, and a passkey does", async () => {
    vi.stubEnv("STAFF_SECOND_STEP", "passkey");
    const { ctx, authenticator, userId } = await owner("Strict");
    const [by] = await test.db
      .insert(session)
      .values({ userId, expiresAt: new Date("2100-01-01") })
      .returning({ id: session.id });
    expect(await foundBy(by?.id ?? "")).toMatchObject({ staffRole: null, lacksSecondStep: true });
    const { result } = await comeIn(authenticator);
    expect(result.ok && (await foundBy(result.sessionId))).toMatchObject({ staffRole: "lead" });
    const inIt = { ...ctx, actor: { ...ctx.actor, sessionId: by?.id ?? "" } } as Ctx;
    const { challenge, options } = await beginPasskeyProof(inIt, {});
    await provePasskey(inIt, { response: authenticator.use({ challenge: options.challenge }), challenge });
    expect(await foundBy(by?.id ?? "")).toMatchObject({ staffRole: "lead" });
  });

  it("members are asked for nothing", async () => {
    vi.stubEnv("STAFF_SECOND_STEP", "passkey");
    const member = await (await accountWith(test.db, "Anybody")).memberCtx("viewer");
    expect(await foundBy(sessionOf(member))).toMatchObject({ lacksSecondStep: false });
    expect(await test.db.$count(session, and(eq(session.userId, idOf(member)), isNull(session.revokedAt)))).toBe(1);
  });
});
