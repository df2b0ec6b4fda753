import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { send, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let gate: TestGate;
let plan: number;

beforeAll(async () => {
  database = await testDatabase();
  plan = await seedPlan(database.sql, 1000);
  await seedEndpoint(database.sql, {
    name: "email",
    method: "POST",
    path: "/v1/email",
    scope: "email:send",
    rateLimit: 2,
  });
  await seedEndpoint(database.sql, { name: "domain", method: "GET", path: "/v1/domains/{id}" });
  gate = await testGate(database.url, { trustedProxies: "10.0.0.0/8, 2001:db8::/32" });
});
afterAll(async () => {
  await gate.remove();
  await database.close();
});

async function client(token = {}) {
  const account = await seedAccount(database.sql, plan);
  return { account, ...(await seedToken(database.sql, account, { scopes: ["email:send"], ...token })) };
}

type Ask = { token?: string; method?: string; uri?: string; via?: string; headers?: Record<string, string> };

function plain({ token, method = "GET", uri = "/v1/domains/7", via = "GET", headers = {} }: Ask) {
  const credentials: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const original = { "x-forwarded-method": method, "x-forwarded-uri": uri };
  return send(`${gate.url}/forward-auth`, { method: via, headers: { ...credentials, ...original, ...headers } });
}

function nginx({ token, method = "GET", uri = "/v1/domains/7", headers = {} }: Ask) {
  const credentials: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const original = { "x-original-method": method, "x-original-uri": uri };
  return send(`${gate.url}/forward-auth/nginx`, { headers: { ...credentials, ...original, ...headers } });
}

const always = [
  "x-account-id",
  "x-token-id",
  "x-scopes",
  "x-ratelimit-limit",
  "x-apiquota-limit",
  "ratelimit",
  "ratelimit-policy",
];

describe("ANY /forward-auth", () => {
  it.each(["GET", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])(
    "allows by %s with identity and limits",
    async (via) => {
      const { secret, account, id } = await client();
      const answer = await plain({ token: secret, via });
      expect(answer.status).toBe(200);
      expect(answer.headers).toMatchObject({
        "x-account-id": account,
        "x-token-id": id,
        "x-scopes": "email:send",
        "cache-control": "no-store",
      });
      for (const name of always) expect(answer.headers).toHaveProperty(name);
      expect(answer.headers).not.toHaveProperty("set-cookie");
    },
  );

  it("answers HEAD without a body and ignores a body that comes along", async () => {
    const { secret } = await client();
    expect(await plain({ token: secret, via: "HEAD" })).toMatchObject({ status: 200, text: "" });
    const answer = await send(`${gate.url}/forward-auth`, {
      method: "POST",
      headers: { authorization: `bearer  ${secret}`, "x-forwarded-method": "GET", "x-forwarded-uri": "/v1/domains/7" },
      body: "x".repeat(200_000),
    });
    expect(answer.status).toBe(200);
  });

  it("takes X-Api-Key and the X-Original pair as well", async () => {
    const { secret } = await client();
    const headers = { "x-api-key": secret, "x-original-method": "GET", "x-original-uri": "/v1/domains/7" };
    expect((await send(`${gate.url}/forward-auth`, { headers })).status).toBe(200);
  });

  it("refuses with the true status, a problem and its receipt", async () => {
    const { secret } = await client();
    const email = { token: secret, method: "POST", uri: "/v1/email" };
    expect((await plain(email)).status).toBe(200);
    expect((await plain(email)).status).toBe(200);
    const answer = await plain(email);
    expect(answer.status).toBe(429);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    const problem = JSON.parse(answer.text);
    expect(problem).toMatchObject({ code: "rate_limited", status: 429, receipt: answer.headers["x-receipt-id"] });
    expect((await plain({})).status).toBe(401);
    expect((await plain({})).headers["www-authenticate"]).toBe('Bearer realm="api"');
    expect((await plain({ token: secret, uri: "/nowhere" })).status).toBe(403);
  });

  it.each<[string, Record<string, string>]>([
    ["neither header", {}],
    ["no method", { "x-forwarded-uri": "/v1/email" }],
    ["no uri", { "x-forwarded-method": "GET" }],
    ["a method that is none", { "x-forwarded-method": "G T", "x-forwarded-uri": "/" }],
    [
      "two that contradict each other",
      {
        "x-forwarded-method": "GET",
        "x-forwarded-uri": "/v1/domains/7",
        "x-original-method": "GET",
        "x-original-uri": "/open",
      },
    ],
  ])("guesses nothing from %s", async (_, headers) => {
    const { secret } = await client();
    const answer = await send(`${gate.url}/forward-auth`, {
      headers: { authorization: `Bearer ${secret}`, ...headers },
    });
    expect(answer.status).toBe(400);
  });

  it("takes the client from the last hop that is not ours", async () => {
    const { secret } = await client({ allowedNetworks: ["192.0.2.0/24"] });
    const ask = (chain: string) => plain({ token: secret, headers: { "x-forwarded-for": chain } });
    expect((await ask("192.0.2.9")).status).toBe(200);
    expect((await ask("192.0.2.9, 10.1.2.3, 2001:db8::7")).status).toBe(200);
    expect((await ask("192.0.2.9:4711")).status).toBe(200);
    expect((await ask("192.0.2.9, 198.51.100.1")).status).toBe(403);
    expect((await ask("192.0.2.9, 198.51.100.1, 10.0.0.1")).status).toBe(403);
    expect((await ask("nonsense")).status).toBe(403);
    expect((await plain({ token: secret, headers: { "x-real-ip": "192.0.2.9" } })).status).toBe(403);
  });

  it("counts a request once that the gateway asks about four times", async () => {
    const { secret } = await client();
    const email = { token: secret, method: "POST", uri: "/v1/email", headers: { "x-request-id": "retry-1" } };
    const remaining = [];
    for (let i = 0; i < 4; i++) remaining.push((await plain(email)).headers["x-ratelimit-remaining"]);
    expect(remaining).toEqual(["1", "1", "1", "1"]);
  });
});

describe("the path", () => {
  it("is handed on as the gate has read it, so that the API reads the same", async () => {
    const { secret } = await client();
    const pathFor = async (uri: string) => (await plain({ token: secret, uri })).headers["x-gate-path"];
    expect(await pathFor("/v1/domains/7?a=b")).toBe("/v1/domains/7");
    expect(await pathFor("/v1/domains/%41b%20c/")).toBe("/v1/domains/Ab%20c");
    expect(await pathFor("/v1/domains/caf\xc3\xa9")).toBe("/v1/domains/caf%C3%A9");
    expect((await nginx({ token: secret, uri: "/v1/domains/7?a=b" })).headers["x-gate-path"]).toBe("/v1/domains/7");
  });

  it("is refused where servers read it differently, with 400 and a receipt", async () => {
    const { secret } = await client();
    const uri = "/v1/email/../domains/7";
    const answer = await plain({ token: secret, uri });
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "ambiguous_path", receipt: expect.stringMatching(/^rcp_/) });
    const told = (await nginx({ token: secret, uri })).headers;
    expect(told).toMatchObject({ "x-gate-status": "400", "x-gate-code": "ambiguous_path" });
  });

  it("is measured without its query: 414 beyond 8,192 characters", async () => {
    const { secret } = await client();
    expect((await plain({ token: secret, uri: `/v1/domains/7?q=${"a".repeat(30_000)}` })).status).toBe(200);
    const answer = await plain({ token: secret, uri: `/v1/domains/${"a".repeat(8_192)}` });
    expect(answer.status).toBe(414);
    expect(JSON.parse(answer.text)).toMatchObject({ code: "path_too_long" });
  });

  it("is kept without its query, and without what is shaped like a credential", async () => {
    const { secret, id } = await client({ scopes: [] });
    const headers = { "user-agent": `app/1.0 ${secret}` };
    await plain({ token: secret, method: "POST", uri: `/v1/email?access_token=${secret}&to=mia@example.com`, headers });
    await plain({ token: secret, uri: `/v1/nothing/${secret}`, headers });
    const kept = readdirSync(gate.dataDir, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile() && one.name.includes("journal"))
      .map((one) => readFileSync(join(one.parentPath, one.name), "utf8"))
      .join("");
    expect(kept).toContain(id);
    expect(kept).toContain("/v1/nothing/gth_\\u2026");
    expect(kept).not.toContain("mia@example.com");
    expect(kept).not.toContain(secret);
  });

  it("with the token in its query is told apart from a request without one", async () => {
    const { secret } = await client();
    const answer = await plain({ uri: `/v1/domains/7?access_token=${secret}` });
    expect(answer.status).toBe(401);
    expect(JSON.parse(answer.text)).toMatchObject({
      code: "malformed_token",
      detail: expect.stringContaining("in the address"),
    });
    expect(answer.text).not.toContain(secret);
    for (const [token, words] of [
      ["undefined", "empty variable"],
      ['"gth_x"', "quotation marks"],
      ["YOUR_TOKEN", "placeholder"],
    ] as const)
      expect(JSON.parse((await plain({ token })).text).detail).toContain(words);
  });
});

describe("a question that announces a body and sends none", () => {
  it.each(["/forward-auth", "/forward-auth/nginx", "/v1/nothing", "/v1/verify"])(
    "to %s ends its connection, so that the next one is read whole",
    async (path) => {
      const { secret } = await client();
      const ask = [
        `GET ${path} HTTP/1.1`,
        "Host: gate",
        `Authorization: Bearer ${secret}`,
        "X-Forwarded-Method: GET",
        "X-Forwarded-Uri: /v1/domains/7",
        "X-Original-Method: GET",
        "X-Original-URI: /v1/domains/7",
        "Content-Length: 5",
      ];
      const answer = await new Promise<string>((resolve, reject) => {
        const socket = connect(Number(new URL(gate.url).port), "127.0.0.1");
        let text = "";
        socket.on("data", (bytes) => {
          text += bytes.toString("latin1");
        });
        socket.on("close", () => resolve(text)).on("error", reject);
        socket.write(`${ask.join("\r\n")}\r\n\r\n`);
      });
      expect(answer).toMatch(/^HTTP\/1\.1 \d{3} /);
      expect(answer.toLowerCase()).toContain("connection: close");
    },
  );
});

describe("ANY /forward-auth/nginx", () => {
  it("allows with the true status beside it", async () => {
    const { secret, account } = await client();
    const answer = await nginx({ token: secret });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ "x-gate-status": "200", "x-gate-code": "allowed", "x-account-id": account });
    for (const name of always) expect(answer.headers).toHaveProperty(name);
  });

  it("knows only 200, 401 and 403, and says the truth in headers that hold [a-z0-9_-]", async () => {
    const { secret, account } = await client();
    const email = { token: secret, method: "POST", uri: "/v1/email" };
    await nginx(email);
    await nginx(email);
    const limited = await nginx(email);
    expect(limited).toMatchObject({ status: 403, headers: { "x-gate-status": "429", "x-gate-code": "rate_limited" } });
    expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
    const unknown = await nginx({ token: "unknown-token-0123456789" });
    expect(unknown).toMatchObject({ status: 401, headers: { "x-gate-status": "401", "x-gate-code": "unknown_token" } });
    const version = await seedAction(database.sql, account, { type: "suspension", state: "active" });
    await database.sql`select pg_notify('gate_account', ${JSON.stringify({ accountId: account, standingVersion: version })})`;
    await expect.poll(async () => (await nginx({ token: secret })).headers["x-gate-code"]).toBe("account_suspended");
    const missing = await send(`${gate.url}/forward-auth/nginx`, { headers: { authorization: `Bearer ${secret}` } });
    expect(missing).toMatchObject({ status: 403, headers: { "x-gate-status": "400", "x-gate-code": "invalid_call" } });
    for (const answer of [limited, unknown]) expect(answer.headers["x-receipt-id"]).toMatch(/^[a-z0-9_-]+$/);
  });

  it("believes nginx about the address, and nobody else", async () => {
    const { secret } = await client({ allowedNetworks: ["192.0.2.0/24"] });
    const ask = (headers: Record<string, string>) => nginx({ token: secret, headers });
    expect((await ask({ "x-real-ip": "192.0.2.1", "x-forwarded-for": "198.51.100.1" })).status).toBe(200);
    expect((await ask({ "x-real-ip": "198.51.100.1", "x-forwarded-for": "192.0.2.1" })).status).toBe(403);
    expect((await ask({ "x-forwarded-uri": "/open", "x-real-ip": "198.51.100.1" })).status).toBe(403);
  });
});

describe("ANY /forward-auth/envoy/<path>", () => {
  const envoy = ({ token, method = "GET", uri = "/v1/domains/7", headers = {} }: Ask) =>
    send(`${gate.url}/forward-auth/envoy${uri}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        "content-length": "0",
        ...headers,
      },
    });

  it("takes method and path as they were sent, allows with exactly 200, and refuses with the true status", async () => {
    const { secret, account } = await client();
    const answer = await envoy({ token: secret, method: "POST", uri: "/v1/email?a=b" });
    expect(answer).toMatchObject({ status: 200, headers: { "x-account-id": account, "x-ratelimit-remaining": "1" } });
    await envoy({ token: secret, method: "POST", uri: "/V1/EMAIL/" });
    expect((await envoy({ token: secret, method: "POST", uri: "/v1/email" })).status).toBe(429);
    expect((await envoy({ token: secret, uri: "/v1/email" })).status).toBe(403);
    expect((await envoy({})).status).toBe(401);
  });

  it("takes nothing from headers that a client could bring along", async () => {
    const { secret } = await client();
    const forged = {
      "x-forwarded-method": "GET",
      "x-forwarded-uri": "/v1/domains/7",
      "x-original-uri": "/v1/domains/7",
    };
    expect((await envoy({ token: secret, uri: "/nowhere", headers: forged })).status).toBe(403);
  });

  it("takes the address of the last hop that is not ours", async () => {
    const { secret } = await client({ allowedNetworks: ["192.0.2.0/24"] });
    const via = (chain: string) => envoy({ token: secret, headers: { "x-forwarded-for": chain } });
    expect((await via("198.51.100.1, 192.0.2.9, 10.0.0.1")).status).toBe(200);
    expect((await via("192.0.2.9, 198.51.100.1")).status).toBe(403);
  });
});

describe("identity headers", () => {
  it("are never empty where an empty one would let the client's own through", async () => {
    const { secret } = await client({ scopes: [] });
    expect((await plain({ token: secret })).headers["x-scopes"]).toBe("-");
    expect((await nginx({ token: secret })).headers["x-scopes"]).toBe("");
  });
});
