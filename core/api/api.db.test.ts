import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import type { Ctx } from "../frame/context.ts";
import { staffKeyScopes, tokenScopes } from "../frame/permissions.ts";
import { createKey } from "../staff-keys/create-key.ts";
import { revokeKey } from "../staff-keys/revoke-key.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { operations } from "./operations.ts";
import { forgetOwnLimits, spendOwnLimit } from "./own-limit.ts";
import { standardBodyBytes } from "./read-request.ts";
import { apiClient, type Call } from "./testing.ts";

let test: TestDatabase;
let call: ReturnType<typeof apiClient>;
let owner: Ctx;
let accountId: string;
/** With every scope of Gatehouse. */
let token: string;
let tokenId: string;
let key: string;
/** Of the provider's product. */
let portalKey: string;
let admin: Ctx;

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  call = apiClient(test.db, testNow);
  const account = await accountWith(test.db, "Northwind");
  accountId = account.accountId;
  owner = await account.memberCtx("owner");
  const made = await createToken(owner, { name: "automation", scopes: [...tokenScopes] });
  token = made.secret;
  tokenId = made.tokenId;
  admin = await staffCtx(test.db, "admin");
  key = (await createKey(admin, { name: "nightly", kind: "personal", scopes: staffKeyScopes("personal") })).secret;
  portalKey = (await createKey(admin, { name: "product", scopes: ["staff:portal:open"] })).secret;
});
beforeEach(() => forgetOwnLimits());
afterAll(() => test.close());

/** Those that need a credential. */
const guarded = operations.filter((one) => !one.isPublic);
const audited = async () => (await test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent))[0]?.n ?? 0;
const addressOf = (path: string) => path.replaceAll(/\{\w+\}/g, crypto.randomUUID());

describe("every call of the API", () => {
  it.each(guarded)("$id refuses who shows no valid credential, with 401 and a challenge", async ({ method, path }) => {
    const attempts: Call[] = [
      {},
      { headers: { authorization: "Basic YTpi" } },
      { headers: { cookie: "next-auth.session-token=x" } },
      { token: "gth_short" },
      { token: `${token.slice(0, -1)}${token.endsWith("a") ? "b" : "a"}` },
      { token: "x".repeat(600) },
    ];
    for (const attempt of attempts) {
      const reply = await call(method, addressOf(path), attempt);
      expect(reply.status).toBe(401);
      expect(reply.headers.get("www-authenticate")).toContain("Bearer");
      expect(reply.body.code).toBe("unauthenticated");
    }
  });

  it.each(guarded)(
    "$id refuses a token and a key without its scope, and changes nothing",
    async ({ id, method, path }) => {
      const bare = await createToken(owner, { name: id.slice(0, 50), scopes: ["email:send"] });
      const bareKey = await createKey(admin, { name: "bare", scopes: ["staff:gates:read"] });
      const before = await audited();
      expect((await call(method, addressOf(path), { token: bare.secret })).status).toBe(403);
      const byKey = await call(method, addressOf(path), { token: bareKey.secret });
      expect(byKey.status).toBe(id === "staff.gates.list" ? 200 : 403);
      expect(await audited()).toBe(before);
    },
  );

  const credentialOf = (id: string) => {
    if (id === "staff.portalSessions.open") return portalKey;
    return id.startsWith("staff") ? key : token;
  };
  const writing = operations.filter(({ method }) => method === "POST" || method === "PUT");
  const reading = operations.filter((one) => !writing.includes(one));

  it.each(writing)("$id refuses a body that is not a JSON object", async ({ id, method, path }) => {
    const before = await audited();
    for (const raw of ["{", "[1]"])
      expect((await call(method, addressOf(path), { token: credentialOf(id), raw })).status, raw).toBe(400);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const form = await call(method, addressOf(path), { token: credentialOf(id), raw: "a=1", headers });
    expect(form.status).toBe(415);
    expect(await audited()).toBe(before);
  });

  it.each(writing)("$id refuses a body that is too large", async ({ id, method, path, maxBodyBytes }) => {
    const raw = `{"a":"${"x".repeat(maxBodyBytes ?? standardBodyBytes)}"}`;
    expect((await call(method, addressOf(path), { token: credentialOf(id), raw })).status).toBe(413);
  });

  it.each(writing)("$id refuses a field it does not know, and names it", async ({ id, method, path }) => {
    const before = await audited();
    const body = { nonsense: 1, __proto__: 2 };
    const unknown = await call(method, addressOf(path), { token: credentialOf(id), body });
    expect(unknown.status).toBe(422);
    expect(JSON.stringify(unknown.body.errors)).toContain("/nonsense");
    expect(await audited()).toBe(before);
  });

  it.each(reading)("$id refuses a parameter it does not know", async ({ id, method, path }) => {
    const before = await audited();
    expect((await call(method, `${addressOf(path)}?nonsense=1`, { token: credentialOf(id) })).status).toBe(422);
    expect(await audited()).toBe(before);
  });

  it.each(operations)("$id refuses another method, and names its own", async ({ id, method, path }) => {
    const reply = await call("PATCH", addressOf(path), { token: credentialOf(id) });
    expect(reply.status).toBe(405);
    expect(reply.headers.get("allow")).toContain(method);
  });

  it.each(operations.filter(({ useCase }) => useCase.kind === "query"))(
    "$id is not broken by If-Match",
    async ({ id, method, path }) => {
      const reply = await call(method, addressOf(path), { token: credentialOf(id), headers: { "if-match": "*" } });
      expect(reply.status).toBeLessThan(500);
    },
  );

  it("answers an address that does not exist with a problem", async () => {
    const reply = await call("GET", "/nothing", { token });
    expect(reply.status).toBe(404);
    expect(reply.headers.get("content-type")).toBe("application/problem+json");
    expect(reply.body).toMatchObject({ code: "not_found", status: 404 });
  });
});

describe("a token on the API", () => {
  it("drives the life of another token, and the audit log names it", async () => {
    const created = await call("POST", "/tokens", {
      token,
      body: { name: "made by API", scopes: ["email:send"], capPerDay: 10 },
    });
    expect(created.status).toBe(201);
    const { id } = created.body as { id: string };
    const read = await call("GET", `/tokens/${id}`, { token });
    expect(read.body).toMatchObject({ name: "made by API", state: "active", capPerDay: 10 });
    expect(read.text).not.toContain(String(created.body.secret));
    const etag = read.headers.get("etag") ?? "";

    const part = { name: "renamed", scopes: ["email:send"] };
    const partial = await call("PUT", `/tokens/${id}`, { token, body: part });
    expect(partial.status).toBe(422);
    expect(partial.body.errors).toContainEqual({ pointer: "/allowedNetworks", detail: "This is required." });
    const { expiresAt, allowedNetworks, capPerDay, capPerMinute, integrationId } = read.body;
    const body = { ...part, expiresAt, allowedNetworks, capPerDay, capPerMinute, integrationId };
    const renamed = await call("PUT", `/tokens/${id}`, { token, body, headers: { "if-match": etag } });
    expect(renamed.status).toBe(200);
    expect(renamed.headers.get("etag")).not.toBe(etag);
    expect((await call("PUT", `/tokens/${id}`, { token, body, headers: { "if-match": etag } })).status).toBe(412);
    expect((await call("GET", `/tokens/${id}`, { token })).body.capPerDay).toBe(10);

    expect((await call("POST", `/tokens/${id}/pause`, { token })).status).toBe(200);
    expect((await call("GET", `/tokens/${id}`, { token })).body.state).toBe("paused");
    expect((await call("POST", `/tokens/${id}/unpause`, { token })).status).toBe(200);
    const rotated = await call("POST", `/tokens/${id}/rotate`, { token, body: { overlapHours: 1 } });
    expect(rotated.body.secret).toMatch(/^gth_/);
    expect((await call("GET", `/tokens/${id}/rotation`, { token })).body).toMatchObject({
      isUsedAfterRetirement: false,
    });
    expect((await call("POST", `/tokens/${id}/retire-old`, { token })).status).toBe(200);
    const check = await call("POST", `/tokens/${id}/check`, { token, body: { method: "POST", path: "/v1/email" } });
    expect(check.body).toMatchObject({ allowed: true, code: "allowed" });
    expect((await call("DELETE", `/tokens/${id}?reason=done`, { token })).status).toBe(204);
    expect((await call("DELETE", `/tokens/${id}`, { token })).status).toBe(409);

    const log = await call("GET", "/audit?limit=3", { token });
    expect(log.body.data).toMatchObject([
      { action: "token.revoke", actorKind: "token", actorName: "automation" },
      {},
      {},
    ]);
  });

  it("pages through lists without gaps or repeats, by body and by Link", async () => {
    const seen: string[] = [];
    let next: string | null = "/tokens?limit=2";
    while (next !== null) {
      const reply = await call("GET", next, { token });
      for (const row of reply.body.data as { id: string }[]) seen.push(row.id);
      const link: string | undefined = /<https:\/\/desk\.acme\.test\/api\/v1([^>]+)>; rel="next"/.exec(
        reply.headers.get("link") ?? "",
      )?.[1];
      expect(link === undefined).toBe(reply.body.nextCursor === null);
      next = link ?? null;
    }
    const [rows] = await test.sql`select count(*)::int as tokens from token where account_id = ${accountId}`;
    expect(seen.length).toBe(rows?.tokens);
    expect(new Set(seen).size).toBe(seen.length);
    expect((await call("GET", "/tokens?cursor=bm90aGluZw", { token })).status).toBe(400);
    expect((await call("GET", "/tokens?limit=101", { token })).status).toBe(400);
    const first = await call("GET", "/audit?limit=5", { token });
    const second = await call("GET", `/audit?limit=5&cursor=${first.body.nextCursor}`, { token });
    const ids = [first, second].flatMap((reply) => (reply.body.data as { id: number }[]).map((row) => row.id));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(10);
  });

  const send = (body: unknown, idempotencyKey: string) =>
    call("POST", "/tokens", { token, body, headers: { "idempotency-key": idempotencyKey } });
  const made = async (name: string) =>
    (await test.sql`select count(*)::int as tokens from token where name = ${name}`)[0]?.tokens;

  it("gives the same answer to the same Idempotency-Key, in quotes or without, and does it once", async () => {
    const first = await send({ name: "once" }, '"abc"');
    const again = await send({ name: "once" }, "abc");
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(await made("once")).toBe(1);
  });

  it("refuses another request under a key that was used", async () => {
    await send({ name: "first" }, "used");
    expect((await send({ name: "second" }, "used")).body.code).toBe("idempotency_mismatch");
  });

  it("keeps no secret of an answer in the clear", async () => {
    const { body } = await send({ name: "sealed" }, "sealed");
    const kept = await test.sql`select encode(sealed_body, 'escape') as text from idempotent_answer`;
    expect(kept.length).toBeGreaterThan(0);
    expect(JSON.stringify(kept)).not.toContain(String(body.secret));
  });

  it("does it once for several requests at the same time", async () => {
    const many = await Promise.all(Array.from({ length: 5 }, () => send({ name: "race" }, "race")));
    expect(await made("race")).toBe(1);
    expect(many.every((reply) => reply.status === 201 || reply.body.code === "idempotency_conflict")).toBe(true);
  });

  it("lets a request that was refused be mended under its key", async () => {
    expect((await send({ name: "" }, "failed")).status).toBe(422);
    expect((await send({ name: "now right" }, "failed")).status).toBe(201);
  });

  it("does nothing in a dry run and checks all the same", async () => {
    const before = await audited();
    const dry = await call("POST", "/tokens?dry_run=true", { token, body: { name: "never made" } });
    expect(dry.status).toBe(201);
    expect(dry.headers.get("x-dry-run")).toBe("true");
    expect(dry.body).toMatchObject({ name: "never made", secret: "none-in-a-dry-run" });
    expect((await call("DELETE", `/tokens/${tokenId}?dry_run=true`, { token })).status).toBe(204);
    expect((await call("POST", "/tokens?dry_run=true", { token, body: { name: "" } })).status).toBe(422);
    const [rows] = await test.sql`select count(*)::int as tokens from token where name = 'never made'`;
    expect(rows?.tokens).toBe(0);
    expect(await audited()).toBe(before);
    expect((await call("GET", "/account", { token })).status).toBe(200);
  });

  it("cannot grant scopes of Gatehouse that it does not have", async () => {
    const narrow = await createToken(owner, { name: "narrow", scopes: ["tokens:write", "tokens:read"] });
    const reply = await call("POST", "/tokens", {
      token: narrow.secret,
      body: { name: "wide", scopes: ["members:write"] },
    });
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body.errors)).toContain("/scopes");
    const developer = await (await accountWith(test.db, "Other")).memberCtx("developer");
    await expect(createToken(developer, { name: "wide", scopes: ["members:write"] })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("sees nothing of another account", async () => {
    const stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    const theirs = await createToken(stranger, { name: "theirs", scopes: [...tokenScopes] });
    for (const [method, path] of [
      ["GET", `/tokens/${tokenId}`],
      ["DELETE", `/tokens/${tokenId}`],
      ["POST", `/tokens/${tokenId}/pause`],
      ["GET", `/account?accountId=${accountId}`],
      ["GET", `/quota?accountId=${accountId}`],
      ["GET", `/audit?accountId=${accountId}`],
      ["GET", `/members?accountId=${accountId}`],
    ] as const) {
      expect((await call(method, path, { token: theirs.secret })).status, `${method} ${path}`).toBe(404);
    }
  });

  it("stops at its end, its addresses, a pause and a suspension, which it may still read about", async () => {
    const until = new Date(testNow.getTime() + 3_600_000);
    const short = await createToken(owner, { name: "short", scopes: ["account:read"], expiresAt: until });
    expect((await call("GET", "/account", { token: short.secret })).status).toBe(200);
    expect((await call("GET", "/account", { token: short.secret, now: until })).status).toBe(401);
    const fenced = await createToken(owner, {
      name: "fenced",
      scopes: ["account:read"],
      allowedNetworks: ["198.51.100.0/24"],
    });
    expect((await call("GET", "/account", { token: fenced.secret })).status).toBe(403);
    await call("POST", `/tokens/${short.tokenId}/pause`, { token });
    expect((await call("GET", "/account", { token: short.secret })).status).toBe(403);
    const other = await accountWith(test.db, "Suspended");
    const theirs = await createToken(await other.memberCtx("owner"), { name: "t", scopes: [...tokenScopes] });
    await imposeAction(admin, {
      type: "suspension",
      accountId: other.accountId,
      endsAt: new Date(testNow.getTime() + 3_600_000),
      reasonCode: "rate_excess",
      publicText: "Your client kept calling after 429.",
      internalNote: "A test.",
    });
    const refused = await call("POST", "/tokens", { token: theirs.secret, body: { name: "x" } });
    expect(refused.body).toMatchObject({ code: "account_suspended", status: 403 });
    for (const path of ["/tokens", "/usage?range=1h", "/refusals", "/audit", "/webhooks", "/members", "/quota"])
      expect([path, (await call("GET", path, { token: theirs.secret })).status]).toEqual([path, 200]);
    const leaked = await call("GET", "/tokens", { token: theirs.secret });
    expect(leaked.body).toMatchObject({ data: [{ id: theirs.tokenId }] });
    const standing = await call("GET", "/standing", { token: theirs.secret });
    expect(standing.body).toMatchObject({ standing: "suspended", actions: [{ type: "suspension", isInForce: true }] });
    expect((await call("DELETE", `/tokens/${theirs.tokenId}`, { token: theirs.secret })).status).toBe(204);
    expect((await call("GET", "/standing", { token: theirs.secret })).status).toBe(401);
  });

  it("is refused while staff have paused it, and does again what it did once they lift the pause", async () => {
    const account = await accountWith(test.db, "Paused by staff");
    const member = await account.memberCtx("owner");
    const [leaked, other] = [
      await createToken(member, { name: "leaked", scopes: ["tokens:read", "tokens:write"] }),
      await createToken(member, { name: "other", scopes: ["tokens:read"] }),
    ];
    const { actionId } = await imposeAction(admin, {
      accountId: account.accountId,
      type: "token_pause",
      tokenId: leaked.tokenId,
      durationHours: 24,
      reasonCode: "token_leak",
      publicText: "The token was found in public.",
      internalNote: "see report",
    });
    const body = { name: "fresh", scopes: ["tokens:write"] };
    const refused = await call("POST", "/tokens", { token: leaked.secret, body });
    expect(refused.status).toBe(403);
    expect(refused.body.detail).toContain("The provider paused");
    expect((await call("GET", "/tokens", { token: leaked.secret })).status).toBe(403);
    expect((await call("GET", "/tokens", { token: other.secret })).status).toBe(200);
    await liftAction(admin, { actionId, reason: "Rotated." });
    expect((await call("POST", "/tokens", { token: leaked.secret, body })).status).toBe(201);
  });

  it("says what is left of the API's own limit", async () => {
    const first = await call("GET", "/account", { token });
    expect(first.headers.get("ratelimit-policy")).toBe('"api";q=600;w=60');
    expect(first.headers.get("x-ratelimit-remaining")).toBe("599");
    expect((await call("GET", "/account", { token })).headers.get("x-ratelimit-remaining")).toBe("598");
  });

  it("spends nothing of it on an address that does not exist", async () => {
    for (let i = 0; i < 5; i += 1) expect((await call("GET", "/nothing-here", { token })).status).toBe(404);
    expect((await call("GET", "/account", { token })).headers.get("x-ratelimit-remaining")).toBe("599");
  });

  it("refuses beyond its own limit, but never the quota", async () => {
    for (let left = 600; left > 0; left -= 1) spendOwnLimit(accountId, 1, testNow.getTime());
    const last = await call("GET", "/provider", { token });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await call("GET", "/quota", { token })).status).toBe(200);
  });

  it("gives usage as CSV to who asks for it", async () => {
    const reply = await call("GET", "/usage?range=24h", { token, headers: { accept: "text/csv" } });
    expect(reply.headers.get("content-type")).toContain("text/csv");
    expect(reply.text).toMatch(/^at,key,label,requests\r\n/);
  });
});

describe("a staff key", () => {
  it("reads what its owner may read", async () => {
    expect((await call("GET", "/staff/accounts", { token: key })).status).toBe(200);
    expect((await call("GET", "/staff/cases", { token: key })).status).toBe(200);
    expect((await call("GET", `/account?accountId=${accountId}`, { token: key })).body).toMatchObject({
      name: "Northwind",
    });
  });

  it("does what its owner may do, and the audit log names both", async () => {
    const body = { name: "By key", plan: "Starter", email: "a@example.com" };
    expect((await call("POST", "/staff/accounts", { token: key, body })).status).toBe(201);
    const log = await call("GET", "/audit?limit=1", { token: key });
    expect(log.body.data).toMatchObject([{ actorKind: "staff_key", actorName: "Staff admin (key nightly)" }]);
  });

  it("is given no scope that its owner lacks", async () => {
    const support = await staffCtx(test.db, "support");
    const scopes = ["staff:account:create"];
    await expect(createKey(support, { name: "too much", scopes })).rejects.toMatchObject({ code: "invalid" });
  });

  it("ends with its owner's place on the staff", async () => {
    const support = await staffCtx(test.db, "support");
    const { secret } = await createKey(support, { name: "theirs", scopes: ["staff:cases:read"] });
    expect((await call("GET", "/staff/cases", { token: secret })).status).toBe(200);
    if (support.actor.kind !== "staff") throw new Error("staff");
    await test.sql`update staff_member set ended_at = now() where user_id = ${support.actor.userId}`;
    expect((await call("GET", "/staff/cases", { token: secret })).status).toBe(401);
  });

  it("ends when it is revoked", async () => {
    const { keyId, secret } = await createKey(admin, { name: "brief", scopes: ["staff:cases:read"] });
    await revokeKey(admin, { keyId });
    expect((await call("GET", "/staff/cases", { token: secret })).status).toBe(401);
  });
});
