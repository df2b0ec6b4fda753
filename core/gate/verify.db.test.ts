import fc from "fast-check";
import { parseList } from "structured-headers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import {
  type SeedAction,
  type SeedToken,
  seedAccount,
  seedAction,
  seedEndpoint,
  seedPlan,
  seedToken,
} from "./testing.ts";
import { post, send, type TestGate, testGate } from "./testing-gate.ts";

let database: TestDatabase;
let gate: TestGate;
/** Quota per day → plan. */
const plans = new Map<number | null, number>();

beforeAll(async () => {
  database = await testDatabase();
  const { sql } = database;
  for (const quota of [100, 2, 10_000, null]) plans.set(quota, await seedPlan(sql, quota));
  await seedEndpoint(sql, { name: "email.send", method: "POST", path: "/v1/email", scope: "email:send", rateLimit: 3 });
  await seedEndpoint(sql, { name: "domains.get", method: "GET", path: "/v1/domains/{id}" });
  await seedEndpoint(sql, { name: "bulk", method: "POST", path: "/v1/bulk", rateLimit: 50, cost: 10 });
  await seedEndpoint(sql, { name: "free", method: "GET", path: "/v1/free", cost: 0 });
  await seedEndpoint(sql, { name: "closed", method: "GET", path: "/v1/closed", isDenied: true });
  await seedEndpoint(sql, { name: "relay", surface: "smtp", path: "/relay" });
  gate = await testGate(database.url);
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

const domain = { method: "GET", path: "/v1/domains/7" };
const email = { method: "POST", path: "/v1/email" };
const past = new Date(Date.now() - 60_000);
const future = new Date(Date.now() + 3_600_000);

async function client(token: SeedToken = {}, options: { quota?: number | null; action?: SeedAction } = {}) {
  const account = await seedAccount(database.sql, plans.get(options.quota === undefined ? 100 : options.quota) ?? 0);
  const made = await seedToken(database.sql, account, { scopes: ["email:send"], ...token });
  if (options.action) {
    const { action } = options;
    await seedAction(database.sql, account, action.type === "token_pause" ? { ...action, tokenId: made.id } : action);
  }
  return { account, ...made };
}

describe("POST /v1/verify, by the published order of checks", () => {
  it.each<[string, string, number, () => Promise<Record<string, unknown>>]>([
    ["no token", "malformed_token", 401, async () => ({ token: "", ...domain })],
    [
      "a broken token",
      "malformed_token",
      401,
      async () => ({ token: `${(await client()).secret.slice(0, -1)}!`, ...domain }),
    ],
    ["a token that is too long", "malformed_token", 401, async () => ({ token: "x".repeat(10_000), ...domain })],
    ["an unknown token", "unknown_token", 401, async () => ({ token: "some-other-format-0123456789", ...domain })],
    [
      "a revoked token",
      "token_revoked",
      401,
      async () => ({ token: (await client({ revokedAt: past })).secret, ...domain }),
    ],
    [
      "a retired secret",
      "token_revoked",
      401,
      async () => ({ token: (await client({ retiresAt: past })).secret, ...domain }),
    ],
    [
      "an expired token",
      "token_expired",
      401,
      async () => ({ token: (await client({ expiresAt: past })).secret, ...domain }),
    ],
    [
      "a paused token",
      "token_paused",
      403,
      async () => ({ token: (await client({ pausedAt: past })).secret, ...domain }),
    ],
    [
      "a token paused by staff",
      "token_paused",
      403,
      async () => ({ token: (await client({}, { action: { type: "token_pause" } })).secret, ...domain }),
    ],
    [
      "a terminated account",
      "account_terminated",
      403,
      async () => ({ token: (await client({}, { action: { type: "termination" } })).secret, ...domain }),
    ],
    [
      "a suspended account",
      "account_suspended",
      403,
      async () => ({ token: (await client({}, { action: { type: "suspension", endsAt: future } })).secret, ...domain }),
    ],
    [
      "a suspended surface",
      "surface_suspended",
      403,
      async () => ({
        token: (await client({}, { action: { type: "suspension", surface: "http" } })).secret,
        ...domain,
      }),
    ],
    [
      "an address off the list",
      "ip_not_allowed",
      403,
      async () => ({
        token: (await client({ allowedNetworks: ["192.0.2.0/24"] })).secret,
        ...domain,
        ip: "198.51.100.1",
      }),
    ],
    [
      "an address that is not told",
      "ip_not_allowed",
      403,
      async () => ({ token: (await client({ allowedNetworks: ["192.0.2.0/24"] })).secret, ...domain }),
    ],
    [
      "an unknown path",
      "unknown_endpoint",
      403,
      async () => ({ token: (await client()).secret, method: "GET", path: "/v2" }),
    ],
    ["an unknown name", "unknown_endpoint", 403, async () => ({ token: (await client()).secret, endpoint: "nothing" })],
    [
      "a name on another surface",
      "unknown_endpoint",
      403,
      async () => ({ token: (await client()).secret, endpoint: "relay" }),
    ],
    ["a closed endpoint", "endpoint_denied", 403, async () => ({ token: (await client()).secret, endpoint: "closed" })],
    [
      "a missing scope",
      "insufficient_scope",
      403,
      async () => ({ token: (await client({ scopes: [] })).secret, ...email }),
    ],
    [
      "a scope asked for",
      "insufficient_scope",
      403,
      async () => ({ token: (await client()).secret, ...domain, scope: "domains:read" }),
    ],
  ])("refuses %s with %s", async (_, code, status, call) => {
    const body = await call();
    const answer = await gate.verify(body);
    expect(answer).toMatchObject({ allowed: false, code, status, retry_after_s: null });
    expect(answer.receipt).toMatch(/^rcp_[a-z0-9]{25}$/);
    expect(answer.problem).toMatchObject({
      status,
      code,
      receipt: answer.receipt,
      instance: `https://access.example.com/r/${answer.receipt}`,
    });
    expect(answer.headers["X-Receipt-Id"]).toBe(answer.receipt);
    expect(answer.headers["Retry-After"]).toBeUndefined();
    if (status === 401) expect(answer.headers["WWW-Authenticate"]).toMatch(/^Bearer realm="api"/);
    if (body.token !== "") expect(JSON.stringify(answer)).not.toContain(String(body.token));
  });

  it.each([
    ["a listed address", { allowedNetworks: ["192.0.2.0/24"] }, { ...domain, ip: "192.0.2.77" }],
    ["a listed address written as IPv6", { allowedNetworks: ["192.0.2.0/24"] }, { ...domain, ip: "::ffff:192.0.2.77" }],
    ["a token before its expiry", { expiresAt: future }, domain],
    ["a scope that it has", {}, { ...domain, scope: "email:send" }],
    ["a disguised path", {}, { method: "get", path: "/v1//x/..%2fdomains/%37?a=b" }],
    ["another surface", {}, { endpoint: "relay", surface: "smtp" }],
  ])("allows %s", async (_, token, call) => {
    const made = await client(token);
    const answer = await gate.verify({ token: made.secret, ...call });
    expect(answer).toMatchObject({
      allowed: true,
      code: "allowed",
      status: 200,
      account: made.account,
      token: made.id,
    });
    expect(answer).toMatchObject({ receipt: null, retry_after_s: null, scopes: ["email:send"] });
    expect(answer.problem).toBeUndefined();
  });

  it("finds a suspension over before any job has ended it", async () => {
    const made = await client({}, { action: { type: "suspension", endsAt: new Date(Date.now() + 1500) } });
    expect((await gate.verify({ token: made.secret, ...domain })).code).toBe("account_suspended");
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect((await gate.verify({ token: made.secret, ...domain })).code).toBe("allowed");
  });

  it("says why and until when, unless the action is silent", async () => {
    const open = await client({}, { action: { type: "suspension", endsAt: future } });
    const silent = await client({}, { action: { type: "suspension", endsAt: future, isSilent: true } });
    const told = await gate.verify({ token: open.secret, ...domain });
    expect(told.problem?.detail).toContain("Too many requests.");
    expect(told.problem?.detail).toContain(future.toISOString().slice(0, 16));
    const untold = await gate.verify({ token: silent.secret, ...domain });
    expect(untold.code).toBe("account_suspended");
    expect(JSON.stringify(untold)).not.toContain("Too many requests.");
    expect(JSON.stringify(untold)).not.toContain(future.toISOString().slice(0, 16));
  });

  it("names the missing scope as RFC 6750 wants it", async () => {
    const answer = await gate.verify({ token: (await client({ scopes: [] })).secret, ...email });
    expect(answer.headers["WWW-Authenticate"]).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="email:send"',
    );
    expect((await gate.verify({ token: "", ...email })).headers["WWW-Authenticate"]).toBe('Bearer realm="api"');
  });
});

describe("limits", () => {
  it("refuses the fourth of three, telling which limit and how long", async () => {
    const { secret } = await client();
    for (const remaining of [2, 1, 0]) {
      const answer = await gate.verify({ token: secret, ...email });
      expect(answer.limits[0]).toMatchObject({ name: "endpoint-rate", kind: "rate", limit: 3, remaining });
    }
    const answer = await gate.verify({ token: secret, ...email });
    expect(answer).toMatchObject({ code: "rate_limited", status: 429 });
    expect(answer.retry_after_s).toBeGreaterThan(0);
    expect(answer.headers["Retry-After"]).toBe(String(answer.retry_after_s));
    expect(answer.headers["X-RateLimit-Remaining"]).toBe("0");
  });

  it.each([
    ["a token's cap per minute", { capPerMinute: 2 }, 100, "rate_limited", "token-rate"],
    ["a token's cap per day", { capPerDay: 2 }, 100, "quota_exceeded", "token-quota"],
    ["the account's quota", {}, 2, "quota_exceeded", "account-quota"],
  ])("holds %s, and takes nothing from the other limits when it refuses", async (_, token, quota, code, name) => {
    const made = await client(token, { quota });
    const call = { token: made.secret, endpoint: "bulk", dry_run: true };
    await gate.verify({ token: made.secret, ...domain });
    await gate.verify({ token: made.secret, ...domain });
    const before = await gate.verify(call);
    for (let i = 0; i < 3; i++) {
      const answer = await gate.verify({ token: made.secret, ...domain });
      expect(answer).toMatchObject({ code, status: 429 });
      expect(answer.limits.find((one) => one.name === name)).toMatchObject({ remaining: 0 });
      expect(Number(answer.headers["Retry-After"])).toBeGreaterThan(0);
    }
    const after = await gate.verify(call);
    expect(after.limits.map((one) => one.remaining)).toEqual(before.limits.map((one) => one.remaining));
  });

  it("takes the endpoint's cost times the call's", async () => {
    const { secret } = await client();
    const once = await gate.verify({ token: secret, endpoint: "bulk" });
    expect(once.limits.map((one) => one.remaining)).toEqual([40, 90]);
    const thrice = await gate.verify({ token: secret, endpoint: "bulk", cost: 3 });
    expect(thrice.limits.map((one) => one.remaining)).toEqual([10, 60]);
    expect((await gate.verify({ token: secret, endpoint: "bulk", cost: 2 })).code).toBe("rate_limited");
    expect((await gate.verify({ token: secret, endpoint: "bulk" })).code).toBe("allowed");
    expect((await gate.verify({ token: secret, endpoint: "free" })).limits[0]).toMatchObject({ remaining: 50 });
  });

  it.each([{ cost: 0 }, { dry_run: true }])("only looks with %j", async (look) => {
    const { secret } = await client();
    const decisions = gate.gate.counts.decisions;
    for (let i = 0; i < 5; i++) expect((await gate.verify({ token: secret, ...email, ...look })).code).toBe("allowed");
    const refused = await gate.verify({ token: secret, endpoint: "closed", ...look });
    expect(refused).toMatchObject({ code: "endpoint_denied", receipt: null });
    expect(gate.gate.counts.decisions).toBe(decisions);
    expect((await gate.verify({ token: secret, ...email })).limits[0]).toMatchObject({ remaining: 2 });
  });

  it("looks ahead: a dry run is refused when the call would be", async () => {
    const { secret } = await client();
    for (let i = 0; i < 3; i++) await gate.verify({ token: secret, ...email });
    expect((await gate.verify({ token: secret, ...email, dry_run: true })).code).toBe("rate_limited");
  });

  it("speaks the headers of the RateLimit draft and of the recorded contract", async () => {
    const { secret } = await client();
    const { headers } = await gate.verify({ token: secret, ...email });
    const policy = parseList(headers["RateLimit-Policy"] ?? "").map(([name, params]) => [name, ...params.entries()]);
    expect(policy).toEqual([
      ["endpoint-rate", ["q", 3], ["w", 60]],
      ["account-quota", ["q", 100], ["w", 86_400]],
    ]);
    const limit = parseList(headers.RateLimit ?? "").map(([name, params]) => [name, params.get("r")]);
    expect(limit).toEqual([
      ["endpoint-rate", 2],
      ["account-quota", 99],
    ]);
    const day = Math.floor(Date.now() / 86_400_000 + 1) * 86_400_000;
    expect(headers).toMatchObject({
      "X-RateLimit-Limit": "3",
      "X-RateLimit-Remaining": "2",
      "X-ApiQuota-Limit": "100",
      "X-ApiQuota-Remaining": "99",
      "X-ApiQuota-Reset": new Date(day).toISOString().replace(".000Z", "Z"),
    });
    expect(Number(headers["X-RateLimit-Reset"])).toBeGreaterThan(Date.now() / 1000);
  });

  it("writes −1 where there is no limit", async () => {
    const { secret } = await client({}, { quota: null });
    const answer = await gate.verify({ token: secret, ...domain });
    expect(answer.limits).toEqual([]);
    expect(answer.headers).toMatchObject({
      "X-RateLimit-Limit": "-1",
      "X-RateLimit-Remaining": "-1",
      "X-ApiQuota-Limit": "-1",
      "X-ApiQuota-Remaining": "-1",
    });
  });

  it("multiplies by the factor of a throttle", async () => {
    const { secret } = await client({}, { action: { type: "throttle", factor: 0.5, endsAt: future } });
    expect((await gate.verify({ token: secret, endpoint: "bulk" })).limits[0]).toMatchObject({
      limit: 25,
      remaining: 15,
    });
  });

  it("gives exactly 10,000 of 20,000 parallel requests on a quota of 10,000", async () => {
    const { secret } = await client({}, { quota: 10_000 });
    const tally = new Map<string, number>();
    await Promise.all(
      Array.from({ length: 100 }, async () => {
        for (let i = 0; i < 200; i++) {
          const { code } = await gate.verify({ token: secret, ...domain });
          tally.set(code, (tally.get(code) ?? 0) + 1);
        }
      }),
    );
    expect(Object.fromEntries(tally)).toEqual({ allowed: 10_000, quota_exceeded: 10_000 });
  }, 120_000);
});

describe("request ids", () => {
  it("count a repeated request once and answer it alike", async () => {
    const { secret } = await client();
    const call = { token: secret, ...email, request_id: "req-1" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => gate.verify(call)));
    expect(answers.map((one) => one.code)).toEqual(Array(5).fill("allowed"));
    expect((await gate.verify({ token: secret, ...email, dry_run: true })).limits[0]).toMatchObject({ remaining: 2 });
  });

  it("keep the receipt of a refusal", async () => {
    const { secret } = await client({ revokedAt: past });
    const call = { token: secret, ...domain, request_id: "req-2" };
    const first = await gate.verify(call);
    expect(await gate.verify(call)).toMatchObject({ code: "token_revoked", receipt: first.receipt });
    const unknown = { token: "no-such-token-anywhere", ...domain, request_id: "req-2" };
    expect((await gate.verify(unknown)).receipt).toBe((await gate.verify(unknown)).receipt);
  });

  it("repeat a refusal by a limit with its receipt and wait", async () => {
    const { secret } = await client();
    for (let i = 0; i < 3; i++) await gate.verify({ token: secret, ...email });
    const call = { token: secret, ...email, request_id: "req-3" };
    const first = await gate.verify(call);
    expect(first.code).toBe("rate_limited");
    const { receipt, retry_after_s } = first;
    expect(await gate.verify(call)).toMatchObject({ code: "rate_limited", status: 429, receipt, retry_after_s });
  });

  it("never carry an answer over to another token or endpoint", async () => {
    const one = await client();
    const other = await client({ scopes: [] });
    const call = { ...email, request_id: "req-4" };
    expect((await gate.verify({ token: one.secret, ...call })).code).toBe("allowed");
    expect((await gate.verify({ token: other.secret, ...call })).code).toBe("insufficient_scope");
    expect((await gate.verify({ token: one.secret, endpoint: "closed", request_id: "req-4" })).code).toBe(
      "endpoint_denied",
    );
  });
});

describe("calls that cannot be read", () => {
  const good = { token: "t", ...domain };
  it.each<[string, unknown, string]>([
    ["an unknown field", { ...good, tokn: 1 }, "/tokn"],
    ["__proto__", JSON.parse('{"token":"t","method":"GET","path":"/","__proto__":{"a":1}}'), "/__proto__"],
    ["no token", domain, "/token"],
    ["a number as token", { ...good, token: 7 }, "/token"],
    ["neither endpoint nor route", { token: "t" }, "/method"],
    ["a method without a path", { token: "t", method: "GET" }, "/path"],
    ["endpoint and route together", { ...good, endpoint: "x" }, "/endpoint"],
    ["an odd method", { ...good, method: "G T" }, "/method"],
    ["an unknown surface", { ...good, surface: "fax" }, "/surface"],
    ["an address that is none", { ...good, ip: "1.2.3" }, "/ip"],
    ["a negative cost", { ...good, cost: -1 }, "/cost"],
    ["a broken cost", { ...good, cost: 1.5 }, "/cost"],
    ["a text as dry_run", { ...good, dry_run: "yes" }, "/dry_run"],
    ["null", { ...good, ip: null }, "/ip"],
    ["a request id with a line end", { ...good, request_id: "a\nb" }, "/request_id"],
    ["a list", [good], ""],
    ["a text", "hello", ""],
  ])("names the field of %s", async (_, body, pointer) => {
    const response = await post(`${gate.url}/v1/verify`, JSON.stringify(body));
    expect(response.status).toBe(400);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(response.text)).toMatchObject({ code: "invalid_field", errors: [{ pointer }] });
  });

  it.each([
    ["malformed JSON", () => post(`${gate.url}/v1/verify`, '{"token":'), 400, "malformed_json"],
    ["an empty body", () => post(`${gate.url}/v1/verify`, ""), 400, "malformed_json"],
    [
      "another content type",
      () => post(`${gate.url}/v1/verify`, "a=b", "application/x-www-form-urlencoded"),
      415,
      "unsupported_media_type",
    ],
    [
      "a megabyte",
      () => post(`${gate.url}/v1/verify`, JSON.stringify({ ...good, token: "x".repeat(1_000_000) })),
      413,
      "body_too_large",
    ],
    ["another method", () => send(`${gate.url}/v1/verify`), 405, "method_not_allowed"],
    ["an unknown address", () => send(`${gate.url}/v2/verify`), 404, "unknown_call"],
  ])("answers %s with a problem", async (_, call, status, code) => {
    const response = await call();
    expect(response.status).toBe(status);
    expect(JSON.parse(response.text)).toMatchObject({ status, code });
  });

  it("answers whatever is sent with something below 500, and goes on", async () => {
    const { secret } = await client({}, { quota: null });
    const field = fc.constantFrom(
      "token",
      "endpoint",
      "method",
      "path",
      "surface",
      "ip",
      "user_agent",
      "scope",
      "cost",
      "dry_run",
      "request_id",
    );
    const value = fc.oneof(
      fc.constantFrom(
        secret,
        "GET",
        "/v1/domains/1",
        "/%00",
        "/%2e%2e/..",
        "http",
        "192.0.2.1",
        "bulk",
        true,
        0,
        -1,
        1e308,
      ),
      fc.jsonValue({ maxDepth: 2 }),
      fc.string({ unit: "binary", maxLength: 80 }),
    );
    const body = fc.oneof(
      fc.dictionary(field, value, { maxKeys: 11 }).map((one) => JSON.stringify(one)),
      fc
        .dictionary(field, value)
        .map((one) => JSON.stringify({ token: secret, method: "GET", path: "/v1/domains/1", ...one })),
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.json(),
      fc.uint8Array({ maxLength: 300 }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await post(`${gate.url}/v1/verify`, sent);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 1000 },
    );
    expect((await gate.verify({ token: secret, ...domain })).code).toBe("allowed");
  }, 60_000);
});
