import { eq } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { session, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { minuteMs } from "../rules/time.ts";
import { ctxOf, staffCtx, testNow } from "../testing.ts";
import { passSecondStep } from "./pass-second-step.ts";
import { seal } from "./seal.ts";
import { beginPasskey, removePasskey } from "./set-up-passkey.ts";
import { newTotpSecret } from "./totp.ts";

/** Whoever has taken over a person's sign-in at an issuer opens as many sessions as they like there. */

let test: TestDatabase;
let userId: string;
let secret: string;
beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "only-for-tests-and-at-least-32-long");
  test = await testDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});
beforeEach(async () => {
  const { actor } = await staffCtx(test.db, "lead");
  userId = actor.kind === "staff" ? actor.userId : "";
  secret = newTotpSecret();
  const totpSealed = seal("totp", userId, secret);
  await test.db.update(user).set({ totpSealed, totpSince: testNow }).where(eq(user.id, userId));
});

const codeNow = () => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: testNow.getTime() });

/** Their session as an issuer opens it: without a second step of ours. */
async function newSession(laterMs = 0): Promise<Ctx & { sessionId: string }> {
  const now = new Date(testNow.getTime() + laterMs);
  const [row] = await test.db
    .insert(session)
    .values({ userId, way: "single_sign_on", createdAt: now, expiresAt: new Date(now.getTime() + 60 * minuteMs) })
    .returning({ id: session.id });
  const sessionId = row?.id ?? "";
  const actor = { kind: "user" as const, userId, sessionId, name: "Lee", email: "lee@example.com" };
  return { ...ctxOf(test.db, actor, now), sessionId };
}

describe("the code of who came in through an issuer", () => {
  it("is guessed no oftener in many sessions than in one", async () => {
    const results = [];
    for (let n = 0; n < 12; n += 1) results.push(await passSecondStep(await newSession(), { code: "000000" }));
    const judged = results.filter((one) => !one.ok && one.reason === "wrong_code");
    expect(judged).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ ok: false, reason: "throttled" });
    const right = codeNow();
    expect(await passSecondStep(await newSession(), { code: right })).toMatchObject({ ok: false, reason: "throttled" });
  });

  it("is guessed no oftener where it adds or removes a passkey", async () => {
    const key = { credentialId: crypto.randomUUID(), publicKey: Buffer.alloc(1), counter: 0, isSynced: false };
    const [made] = await test.db
      .insert(passkey)
      .values({ userId, name: "Laptop", ...key })
      .returning({ id: passkey.id });
    const passkeyId = made?.id ?? "";
    const results = [];
    for (let n = 0; n < 4; n += 1) results.push(await beginPasskey(await newSession(), { code: "000000" }));
    for (let n = 0; n < 4; n += 1) results.push(await removePasskey(await newSession(), { passkeyId, code: "000000" }));
    expect(results.filter((one) => !one.ok && one.reason === "wrong_code")).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ ok: false, reason: "throttled" });
    expect(await beginPasskey(await newSession(), { code: codeNow() })).toMatchObject({ reason: "throttled" });
    expect(await test.db.$count(passkey, eq(passkey.userId, userId))).toBe(1);
  });

  it("of twenty that give the same one at the same time, lets one session in", async () => {
    const code = codeNow();
    const sessions = await Promise.all(Array.from({ length: 20 }, () => newSession()));
    const results = await Promise.all(sessions.map((ctx) => passSecondStep(ctx, { code })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const twoStep = await test.db.$count(session, eq(session.isTwoStep, true));
    expect(twoStep).toBe(1);
  });

  it("that is right forgets the wrong ones before it", async () => {
    for (let n = 0; n < 4; n += 1) await passSecondStep(await newSession(), { code: "000000" });
    const right = await newSession();
    expect(await passSecondStep(right, { code: codeNow() })).toMatchObject({ ok: true });
    const later = await newSession(2 * minuteMs);
    for (let n = 0; n < 4; n += 1)
      expect(await passSecondStep(later, { code: "000000" })).toMatchObject({ ok: false, reason: "wrong_code" });
  });
});
