import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { session, user } from "#db/schema/auth.ts";
import { identityProvider, personIdentity } from "#db/schema/identity.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { ctxOf, staffCtx } from "../testing.ts";
import { beginSignIn } from "./begin.ts";
import { checkProvider } from "./check-provider.ts";
import { addProvider } from "./configure.ts";
import { finishSignIn } from "./finish.ts";
import { type Lie, startHostileIssuer } from "./testing-hostile-issuer.ts";
import { testClient } from "./testing-oidc-provider.ts";

/** Every lie of an issuer, or of who stands between it and the browser, opens nothing. */

let test: TestDatabase;
let admin: Ctx;
let issuer: Awaited<ReturnType<typeof startHostileIssuer>>;
let providerId: string;
const visitor = () => ctxOf(test.db, { kind: "visitor" }, new Date());
const email = "victim@example.com";
const honest: Lie = { claims: { email, email_verified: true, name: "Honest" } };

beforeAll(async () => {
  vi.stubEnv("SSO_ALLOWED_NETWORKS", "127.0.0.0/8");
  vi.stubEnv("AUTH_SECRET", "only-for-tests-and-at-least-32-long");
  test = await testDatabase();
  issuer = await startHostileIssuer();
  admin = await staffCtx(test.db, "admin", "Ada", new Date());
  await newProvider();
});
afterAll(async () => {
  await issuer.close();
  await test.close();
});

/** A row of its own, so that what was kept of the issuer's document is read again. */
async function newProvider(): Promise<void> {
  await test.db.delete(identityProvider);
  const input = {
    name: "Liar",
    issuer: issuer.issuer,
    audience: "staff",
    defaultRole: "admin",
    ...testClient,
  } as const;
  providerId = (await addProvider(admin, input)).providerId;
}

async function begin() {
  const begun = await beginSignIn(visitor(), { providerId, next: null });
  if (!begun.ok) throw new Error(begun.reason);
  return begun;
}

async function tryWith(lie: Lie, more: Record<string, string> = {}) {
  issuer.say(lie);
  const begun = await begin();
  const search = issuer.sendBack(begun.address, more);
  return finishSignIn(visitor(), { flow: begun.flow, search });
}

const sessionsOpened = () => test.db.$count(session, eq(session.way, "single_sign_on"));
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

describe("an issuer's answer", () => {
  it("signs in when nothing is wrong with it, and was asked for with PKCE, state and nonce", async () => {
    issuer.say(honest);
    const { address, flow } = await begin();
    const sent = new URL(address).searchParams;
    expect(Object.fromEntries(sent)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      state: flow.state,
      nonce: flow.nonce,
    });
    expect(address).not.toContain(flow.verifier);
    expect(await finishSignIn(visitor(), { flow, search: issuer.sendBack(address) })).toMatchObject({
      ok: true,
      email,
    });
    expect(issuer.asked.find((one) => one.path === "/token")?.body.get("code_verifier")).toBe(flow.verifier);
  });

  it("may leave the address to its user info, which must be of the same subject", async () => {
    const userInfo = { email: "by-info@example.com", email_verified: true };
    expect(await tryWith({ claims: { sub: "honest" }, userInfo })).toMatchObject({ ok: true });
    expect(await tryWith({ claims: { sub: "another" }, userInfo })).toMatchObject({ reason: "invalid" });
    // What its user info says of another address verifies none.
    expect(
      await tryWith({
        claims: { sub: "third", email: "by-token@example.com" },
        userInfo: { sub: "third", ...userInfo },
      }),
    ).toMatchObject({ reason: "unverified" });
  });

  const lies: [string, Lie, string][] = [
    ["is for another client", { claims: { ...honest.claims, aud: "another" } }, "invalid"],
    [
      "is for several clients, and meant for another",
      { claims: { ...honest.claims, aud: ["gatehouse", "another"], azp: "another" } },
      "invalid",
    ],
    ["is of another issuer", { claims: { ...honest.claims, iss: "https://another.example" } }, "invalid"],
    ["has expired", { claims: { ...honest.claims, exp: inSeconds(-3_600) } }, "invalid"],
    ["is of the future", { claims: { ...honest.claims, iat: inSeconds(3_600), nbf: inSeconds(3_600) } }, "invalid"],
    ["has another nonce", { claims: { ...honest.claims, nonce: "another" } }, "invalid"],
    ["has no nonce", { claims: { ...honest.claims, nonce: undefined } }, "invalid"],
    ["has no subject", { claims: { ...honest.claims, sub: undefined } as never }, "invalid"],
    ["is signed by nobody", { ...honest, signed: "not at all" }, "invalid"],
    ["is signed with another key", { ...honest, signed: "with another key" }, "invalid"],
    ["is signed with the client's secret", { ...honest, signed: "with the client's secret" }, "invalid"],
    [
      "names an address that it has not verified",
      { claims: { sub: "new", email, email_verified: false } },
      "unverified",
    ],
    [
      "says of an address that it is verified, in a text",
      { claims: { sub: "new", email, email_verified: "true" } },
      "unverified",
    ],
    [
      "says what only Microsoft's issuers may say",
      { claims: { sub: "new", email, xms_edov: true }, userInfo: { sub: "new" } },
      "unverified",
    ],
    ["names no address", { claims: { sub: "new" }, userInfo: { sub: "new" } }, "no_address"],
    ["is far too long", { answers: (response) => response.end("x".repeat(2_000_000)) }, "invalid"],
    ["is no JSON", { answers: (response) => response.end("<html>") }, "invalid"],
    ["is a fault", { answers: (response) => response.writeHead(503).end() }, "away"],
    ["is cut off", { answers: (response) => response.destroy() }, "away"],
    ["never comes", { answers: () => undefined }, "away"],
  ];
  it.each(lies)("that %s opens nothing", async (_what, lie, reason) => {
    const before = await sessionsOpened();
    expect(await tryWith(lie)).toEqual({ ok: false, reason, providerId });
    expect(await sessionsOpened()).toBe(before);
    const [last] = (await test.db.select().from(auditEvent).where(eq(auditEvent.subjectId, providerId))).slice(-1);
    expect(last).toMatchObject({ action: "identity_provider.refuse", data: { reason } });
  });

  it("that sends us elsewhere is not followed", async () => {
    const elsewhere = await startHostileIssuer();
    elsewhere.say(honest);
    const away: Lie = {
      answers: (response) => response.writeHead(307, { location: `${elsewhere.issuer}/token` }).end(),
    };
    expect(await tryWith(away)).toMatchObject({ ok: false, reason: "invalid" });
    expect(elsewhere.asked).toEqual([]);
    await elsewhere.close();
  });
});

describe("the way back from an issuer", () => {
  it("works once, in the browser that went there, within ten minutes", async () => {
    issuer.say(honest);
    const { flow, address } = await begin();
    const search = issuer.sendBack(address);
    expect(await finishSignIn({ ...visitor(), now: new Date(Date.now() + 601_000) }, { flow, search })).toMatchObject({
      reason: "over",
    });
    const own = await begin();
    // Somebody else's answer, put into this browser.
    expect(await finishSignIn(visitor(), { flow: own.flow, search })).toMatchObject({ reason: "invalid" });
    const answers = await Promise.all([1, 2, 3].map(() => finishSignIn(visitor(), { flow, search })));
    expect(answers.filter((one) => one.ok)).toHaveLength(1);
    expect(answers.filter((one) => !one.ok).map((one) => !one.ok && one.reason)).toEqual(["over", "over"]);
  });

  it("is refused when another issuer names itself in it, or names itself not although it always does", async () => {
    expect(await tryWith(honest, { iss: "https://another.example" })).toMatchObject({ reason: "invalid" });
    issuer.say(honest, { authorization_response_iss_parameter_supported: true });
    await newProvider();
    const begun = await begin();
    expect(await finishSignIn(visitor(), { flow: begun.flow, search: issuer.sendBack(begun.address) })).toMatchObject({
      reason: "invalid",
    });
    issuer.say(honest);
    await newProvider();
  });

  it("with a refusal, without a code, or with more than one says so and asks the issuer nothing", async () => {
    issuer.say(honest);
    for (const [more, reason] of [
      [{ error: "access_denied" }, "declined"],
      [{ code: "" }, "invalid"],
    ] as const) {
      const begun = await begin();
      const search = new URLSearchParams(issuer.sendBack(begun.address, more));
      if (more && "error" in more) search.delete("code");
      expect(await finishSignIn(visitor(), { flow: begun.flow, search: `?${search}` })).toMatchObject({ reason });
    }
    const begun = await begin();
    const twice = `${issuer.sendBack(begun.address)}&code=another`;
    expect(await finishSignIn(visitor(), { flow: begun.flow, search: twice })).toMatchObject({ reason: "invalid" });
    expect(issuer.asked.filter((one) => one.path === "/token" && one.body.get("code") !== "")).toEqual([]);
  });

  it("is counted by network, so that nobody makes us ask an issuer without end", async () => {
    issuer.say(honest);
    const from = { ...visitor(), ip: "198.51.100.9" };
    const answers = [];
    for (let n = 0; n < 601; n += 1) answers.push(await beginSignIn(from, { providerId, next: null }));
    expect(answers.filter((one) => !one.ok)).toEqual([{ ok: false, reason: "throttled" }]);
  });
});

describe("an issuer's document", () => {
  it.each([
    ["another issuer", { issuer: "https://another.example" }],
    ["an address for signing in without https elsewhere", { authorization_endpoint: "javascript:alert(1)" }],
    ["no keys", { jwks_uri: undefined }],
  ])("that names %s is refused", async (_what, document) => {
    issuer.say(honest, document);
    await newProvider();
    expect(await checkProvider(admin, { providerId })).toEqual({ state: "other" });
    expect(await beginSignIn(visitor(), { providerId, next: null })).toEqual({ ok: false, reason: "invalid" });
  });

  it("that names an address in a network that is not allowed makes us call nobody there", async () => {
    issuer.say(honest, { token_endpoint: "http://192.0.2.1:9/token" });
    await newProvider();
    const { flow, address } = await begin();
    expect(await finishSignIn(visitor(), { flow, search: issuer.sendBack(address) })).toMatchObject({ reason: "away" });
  });
});

it("nobody but the honest one came in", async () => {
  const linked = await test.db
    .select({ email: user.email })
    .from(personIdentity)
    .innerJoin(user, eq(user.id, personIdentity.userId));
  expect(linked.map((one) => one.email).sort()).toEqual([email]);
});
