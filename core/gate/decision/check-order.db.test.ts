import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SeedToken } from "../testing/testing.ts";
import { type ClientOptions, Desk, domain, email, future, past } from "../testing/testing-desk.ts";
import type { TestGate } from "../testing/testing-gate.ts";

let desk: Desk;
let gate: TestGate;

beforeAll(async () => {
  desk = await Desk.open();
  gate = desk.gate;
});
afterAll(() => desk.close());

const client = (token?: SeedToken, options?: ClientOptions) => desk.client(token, options);

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
      "a closed account",
      "account_closed",
      403,
      async () => {
        const made = await client({}, { action: { type: "termination" } });
        await desk.database.sql`update account set closed_at = now() where id = ${made.account}`;
        return { token: made.secret, ...domain };
      },
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
    ...["198.51.100.1", undefined].map((ip): [string, string, number, () => Promise<Record<string, unknown>>] => [
      `an address off the account's list (${ip})`,
      "account_ip_not_allowed",
      403,
      async () => {
        const made = await client();
        await desk.database.sql`update account set allowed_networks = '{192.0.2.0/24}' where id = ${made.account}`;
        return { token: made.secret, ...domain, ...(ip ? { ip } : {}) };
      },
    ]),
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
    [
      "a path that servers read differently",
      "ambiguous_path",
      400,
      async () => ({ token: (await client()).secret, method: "DELETE", path: "/v1/domains/5%2Fx" }),
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
    // Refused before the limits: nothing is spent on any of them, however often.
    for (const limit of (await gate.verify(body)).limits) expect(limit.remaining).toBe(limit.limit);
    if (status === 401) expect(answer.headers["WWW-Authenticate"]).toMatch(/^Bearer realm="api"/);
    if (body.token !== "") expect(JSON.stringify(answer)).not.toContain(String(body.token));
  });

  it.each([
    ["a listed address", { allowedNetworks: ["192.0.2.0/24"] }, { ...domain, ip: "192.0.2.77" }],
    ["a listed address written as IPv6", { allowedNetworks: ["192.0.2.0/24"] }, { ...domain, ip: "::ffff:192.0.2.77" }],
    ["a token before its expiry", { expiresAt: future }, domain],
    ["a scope that it has", {}, { ...domain, scope: "email:send" }],
    ["another spelling of the path", {}, { method: "get", path: "/V1/Domains/%37/?a=b" }],
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

  it("tells a secret that was replaced from a token that was revoked", async () => {
    const detailOf = async (token: SeedToken) =>
      (await gate.verify({ token: (await client(token)).secret, ...domain })).problem?.detail;
    expect(await detailOf({ retiresAt: past })).toContain("Put the token's new secret into your client.");
    expect(await detailOf({ revokedAt: past, retiresAt: past })).toContain("Create a new one");
  });

  it("names the missing scope as RFC 6750 wants it", async () => {
    const answer = await gate.verify({ token: (await client({ scopes: [] })).secret, ...email });
    expect(answer.headers["WWW-Authenticate"]).toBe(
      'Bearer realm="api", error="insufficient_scope", scope="email:send"',
    );
    expect((await gate.verify({ token: "", ...email })).headers["WWW-Authenticate"]).toBe('Bearer realm="api"');
  });
});
