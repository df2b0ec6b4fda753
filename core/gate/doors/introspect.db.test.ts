import {
  type AuthorizationServer,
  allowInsecureRequests,
  ClientSecretBasic,
  introspectionRequest,
  processIntrospectionResponse,
} from "oauth4webapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCredential } from "../../gateways/create-credential.ts";
import { ctxOf, staffCtx } from "../../testing.ts";
import { Desk, domain, future, past } from "../testing/testing-desk.ts";
import { eventually, post } from "../testing/testing-gate.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const form = "application/x-www-form-urlencoded; charset=UTF-8";
const ask = (fields: Record<string, string>, query = "") =>
  post(`${desk.gate.url}/v1/introspect${query}`, new URLSearchParams(fields).toString(), form);

describe("POST /v1/introspect", () => {
  it("tells what a token may do, and until when the answer may be kept", async () => {
    const { secret, id, account } = await desk.client();
    const answer = await ask({ token: secret, token_type_hint: "access_token", client_id: "", client_secret: "" });
    expect(answer).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json", "cache-control": "no-store" },
    });
    const { exp, ...claims } = JSON.parse(answer.text);
    expect(claims).toEqual({
      active: true,
      scope: "email:send",
      client_id: id,
      username: id,
      token_type: "Bearer",
      sub: account,
    });
    expect(exp).toBeGreaterThan(Date.now() / 1000 + 25);
    expect(exp).toBeLessThanOrEqual(Date.now() / 1000 + 30);
    const soon = new Date(Date.now() + 10_000);
    const short = JSON.parse((await ask({ token: (await desk.client({ expiresAt: soon })).secret })).text);
    expect(short.exp).toBe(Math.floor(soon.getTime() / 1000));
  });

  it.each<[string, () => Promise<string>]>([
    ["a malformed token", async () => "gth_nonsense"],
    ["an empty token", async () => ""],
    ["an unknown token", async () => "unknown-token-0123456789"],
    ["a revoked token", async () => (await desk.client({ revokedAt: past })).secret],
    ["an expired token", async () => (await desk.client({ expiresAt: past })).secret],
    ["a retired secret", async () => (await desk.client({ retiresAt: past })).secret],
    ["a paused token", async () => (await desk.client({ pausedAt: past })).secret],
    [
      "a suspended account",
      async () => (await desk.client({}, { action: { type: "suspension", endsAt: future } })).secret,
    ],
    ["a terminated account", async () => (await desk.client({}, { action: { type: "termination" } })).secret],
    ["an allow-list and no address", async () => (await desk.client({ allowedNetworks: ["192.0.2.0/24"] })).secret],
  ])("answers exactly inactive for %s", async (_, secret) => {
    expect(await ask({ token: await secret() })).toMatchObject({ status: 200, text: '{"active":false}' });
  });

  it("looks at the surface and the address it is told", async () => {
    const mail = await desk.client({}, { action: { type: "suspension", surface: "smtp" } });
    expect(JSON.parse((await ask({ token: mail.secret })).text).active).toBe(true);
    expect((await ask({ token: mail.secret }, "?surface=smtp")).text).toBe('{"active":false}');
    expect((await ask({ token: mail.secret }, "?surface=fax")).status).toBe(400);
    const listed = await desk.client({ allowedNetworks: ["192.0.2.0/24"] });
    expect(JSON.parse((await ask({ token: listed.secret, ip: "192.0.2.7" })).text).active).toBe(true);
    expect((await ask({ token: listed.secret, ip: "198.51.100.7" })).text).toBe('{"active":false}');
  });

  it("spends and records nothing", async () => {
    const { secret } = await desk.client({}, { quota: 2 });
    const before = desk.gate.gate.counts.decisions;
    for (let i = 0; i < 5; i++) await ask({ token: secret });
    expect(desk.gate.gate.counts.decisions).toBe(before);
    expect((await desk.gate.verify({ token: secret, ...domain })).limits.at(-1)).toMatchObject({ remaining: 1 });
  });

  it.each([
    ["no token", () => ask({}), 400],
    ["two tokens", () => post(`${desk.gate.url}/v1/introspect`, "token=a&token=b", form), 400],
    ["JSON", () => post(`${desk.gate.url}/v1/introspect`, "{}"), 415],
  ])("refuses %s", async (_, call, status) => {
    expect((await call()).status).toBe(status);
  });

  it("satisfies an OAuth client library, which authenticates with Basic", async () => {
    const admin = ctxOf(desk.database.db, (await staffCtx(desk.database.db, "admin")).actor, new Date());
    const { secret: key } = await createCredential(admin, { name: "resource server" });
    const server: AuthorizationServer = {
      issuer: desk.gate.url,
      introspection_endpoint: `${desk.gate.url}/v1/introspect`,
    };
    const introspected = async (token: string, secret = key) => {
      const client = { client_id: "resource server" };
      const response = await introspectionRequest(server, client, ClientSecretBasic(secret), token, {
        [allowInsecureRequests]: true,
      });
      return processIntrospectionResponse(server, client, response);
    };
    const { secret, account } = await desk.client();
    // Until it does, callers on this machine need none, so that any would do.
    await eventually("the gate knows the credential", async () =>
      introspected(secret, "wrong").then(
        () => false,
        () => true,
      ),
    );
    expect(await introspected(secret)).toMatchObject({ active: true, sub: account, scope: "email:send" });
    expect(await introspected("unknown-token-0123456789")).toEqual({ active: false });
    await expect(introspected(secret, "wrong")).rejects.toThrow();
  });
});
