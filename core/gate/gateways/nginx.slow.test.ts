import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { send, type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";
import { gatewayPages, startNginx } from "./testing-gateway-pages.ts";

const { program } = gatewayPages.nginx;

/** The configuration of docs/gateways/nginx.md, in front of a stub API, asked as a client asks. Left out where there is no nginx. */
describe.skipIf(program === null)("a real nginx with auth_request in front of an API", () => {
  let database: TestDatabase;
  let gate: TestGate;
  let api: Server;
  let nginx: ChildProcess;
  let folder: string;
  let url: string;
  let plan: number;
  const seen: { headers: IncomingHttpHeaders; target: string; body: string }[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    plan = await seedPlan(database.sql, 1000);
    const limited = { name: "email", method: "POST", path: "/v1/email", scope: "email:send", rateLimit: 2 };
    await seedEndpoint(database.sql, limited);
    await seedEndpoint(database.sql, {
      ...{ name: "too-dear", method: "POST", path: "/v1/too-dear", rateLimit: 2, cost: 3 },
    });
    await seedEndpoint(database.sql, { name: "domain", method: "GET", path: "/v1/domains/{id}" });
    gate = await testGate(database.url);
    api = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const target = request.url ?? "";
        seen.push({ headers: request.headers, target, body });
        response.writeHead(target.endsWith("/hidden") ? 403 : 200).end("from the API");
      });
    }).listen(0, "127.0.0.1");
    await once(api, "listening");
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    folder = mkdtempSync(join(tmpdir(), "gatehouse-nginx-"));
    chmodSync(folder, 0o755);
    const { args } = startNginx(
      { folder, port, gatePort: gate.port, apiPort: (api.address() as AddressInfo).port },
      true,
    );
    nginx = spawn(program ?? "", args, { stdio: "ignore" });
    await answering(url);
  });
  afterAll(async () => {
    nginx?.kill("SIGTERM");
    if (nginx && nginx.exitCode === null) await once(nginx, "exit");
    api?.close();
    await gate?.remove();
    await database?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function client() {
    const account = await seedAccount(database.sql, plan);
    return { account, ...(await seedToken(database.sql, account, { scopes: ["email:send"] })) };
  }
  const call = (token: string | null, method: string, path: string, headers: Record<string, string> = {}) =>
    send(`${url}${path}`, {
      method,
      headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
      ...(method === "POST" ? { body: "hello" } : {}),
    });

  it("lets an allowed request through, with identity for the API and limits for the client", async () => {
    const { secret, account } = await client();
    const answer = await call(secret, "POST", "/v1/email?a=b", {
      ...{ "x-account-id": "forged", "x-account-external-id": "forged", "x-scopes": "everything" },
    });
    // nginx takes away what is set to nothing.
    expect(seen.at(-1)?.headers["x-account-external-id"]).toBeUndefined();
    expect(answer).toMatchObject({ status: 200, text: "from the API" });
    expect(seen.at(-1)?.headers["x-gate-key"]).toBeUndefined();
    expect(answer.headers.ratelimit).toContain('"endpoint-rate";r=1');
    expect(answer.headers["ratelimit-policy"]).toContain("q=2;w=60");
    expect(answer.headers).toMatchObject({ "x-ratelimit-remaining": "1", "x-apiquota-remaining": "999" });
    expect(seen.at(-1)).toMatchObject({
      headers: { "x-account-id": account, "x-scopes": "email:send" },
      target: "/v1/email?a=b",
      body: "hello",
    });
  });

  it("leaves the API's own refusals alone", async () => {
    const { secret } = await client();
    expect(await call(secret, "GET", "/v1/domains/hidden")).toMatchObject({ status: 403, text: "from the API" });
  });

  it("gives 401 with WWW-Authenticate once for a wrong and for a missing token", async () => {
    const before = seen.length;
    const wrong = await call("gth_nonsense", "GET", "/v1/domains/1");
    expect(wrong.status).toBe(401);
    expect(wrong.headers["www-authenticate"]).toContain('error="invalid_token"');
    expect(JSON.parse(wrong.text)).toMatchObject({ status: 401, code: "malformed_token" });
    const none = await call(null, "GET", "/v1/domains/1");
    expect(none.status).toBe(401);
    expect(none.headers["www-authenticate"]).not.toContain("error=");
    expect(seen.length).toBe(before);
  });

  it("gives 403 with code and receipt for what is not allowed, and for a suspended account", async () => {
    const { secret } = await client();
    const unknown = await call(secret, "GET", "/v1/none");
    expect(unknown.status).toBe(403);
    expect(JSON.parse(unknown.text)).toMatchObject({
      code: "unknown_endpoint",
      receipt: expect.stringMatching(/^rcp_/),
    });
    const other = await client();
    await seedAction(database.sql, other.account, { type: "suspension" });
    const suspended = await call(other.secret, "GET", "/v1/domains/1");
    expect(suspended.status).toBe(403);
    expect(JSON.parse(suspended.text)).toMatchObject({ code: "account_suspended" });
  });

  it("hands the path on as the gate has read it, and lets none through that servers read differently", async () => {
    const { secret } = await client();
    await call(secret, "GET", "/v1/domains/%41b/?x=%2F&y");
    expect(seen.at(-1)?.target).toBe("/v1/domains/Ab?x=%2F&y");
    const before = seen.length;
    const refused = await call(secret, "GET", "/v1/domains/5%2Fx");
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text)).toMatchObject({ code: "ambiguous_path", receipt: expect.stringMatching(/^rcp_/) });
    expect((await call(secret, "GET", `/v1/domains/${"a".repeat(8_192)}`)).status).toBe(414);
    expect(seen.length).toBe(before);
  });

  it("lets a token through that has the most and longest scopes", async () => {
    const scopes = Array.from({ length: 100 }, (_, i) => `${"s".repeat(57)}${String(i).padStart(3, "0")}`);
    const account = await seedAccount(database.sql, plan);
    const { secret } = await seedToken(database.sql, account, { scopes });
    expect((await call(secret, "GET", "/v1/domains/1")).status).toBe(200);
    const { "x-scopes": sent = "", "x-scopes-omitted": omitted } = seen.at(-1)?.headers ?? {};
    expect(String(sent).length).toBeLessThanOrEqual(2_048);
    expect(String(sent).split(" ").length + Number(omitted)).toBe(100);
  });

  it("gives 429 with Retry-After and limits when the rate limit is reached", async () => {
    const { secret } = await client();
    const statuses: number[] = [];
    for (const path of ["/v1/email", "/V1/EMAIL/"]) statuses.push((await call(secret, "POST", path)).status);
    const before = seen.length;
    expect(statuses).toEqual([200, 200]);
    const refused = await call(secret, "POST", "/v1/email");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.headers.ratelimit).toContain('"endpoint-rate";r=0');
    expect(refused.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(refused.text)).toMatchObject({ status: 429, code: "rate_limited" });
    expect(refused.headers["x-receipt-id"]).toMatch(/^rcp_/);
    expect(refused.headers).toMatchObject({ "x-ratelimit-limit": "2", "x-ratelimit-remaining": "0" });
    expect(seen.length).toBe(before);
  });

  it("gives 429 without Retry-After when the request alone costs more than the limit", async () => {
    const { secret } = await client();
    const refused = await call(secret, "POST", "/v1/too-dear");
    expect(refused.status).toBe(429);
    expect(refused.headers).not.toHaveProperty("retry-after");
  });

  it("believes its own address of the client, not the client's", async () => {
    const account = await seedAccount(database.sql, plan);
    const elsewhere = await seedToken(database.sql, account, { allowedNetworks: ["192.0.2.0/24"] });
    const forged = { "x-real-ip": "192.0.2.1", "x-forwarded-for": "192.0.2.1" };
    expect((await call(elsewhere.secret, "GET", "/v1/domains/1", forged)).status).toBe(403);
    const here = await seedToken(database.sql, account, { allowedNetworks: ["127.0.0.0/8"] });
    expect((await call(here.secret, "GET", "/v1/domains/1")).status).toBe(200);
  });

  it("answers a browser's preflight itself, which passes nothing on and opens no other method", async () => {
    const before = seen.length;
    const preflight = await call(null, "OPTIONS", "/v1/email", { origin: "https://app.example.com" });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe("https://app.example.com");
    expect(preflight.headers["access-control-allow-headers"]).toContain("Authorization");
    expect((await call(null, "GET", "/v1/domains/1", { "x-http-method-override": "OPTIONS" })).status).toBe(401);
    expect(seen.length).toBe(before);
  });

  it("lets nobody pass when the gate is gone", async () => {
    const { secret } = await client();
    await gate.stop();
    const before = seen.length;
    const answer = await call(secret, "GET", "/v1/domains/1");
    expect(answer.status).toBe(503);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "gate_unavailable" });
    expect(seen.length).toBe(before);
  });
});

async function answering(url: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answers = await send(url).then(
      () => true,
      () => false,
    );
    if (answers) return;
    await sleep(100);
  }
  throw new Error("nginx does not answer.");
}
