import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { hashToken } from "../state/hash-token.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { type TestGate, testGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";
import { type Api, apiRoutes, apis, type Guard, sendRaw } from "./testing-apis.ts";
import { pageKey } from "./testing-gateway.ts";
import { gatewayPages } from "./testing-gateway-pages.ts";

/**
 * However a path is spelled, the API runs what the gate decided about, or the request is refused: in front of real servers, and through
 * real gateways as docs/gateways publishes them. The provider is careless: a catch-all needs no scope.
 */

const plainPaths = [
  ["POST", "/v1/email"],
  ["GET", "/v1/domains/7"],
  ["DELETE", "/v1/domains/7"],
  ["GET", "/v1/inbound/7"],
  ["GET", "/v1/files/7"],
] as const;

/** What makes another spelling of a path. */
const spellings: ((path: string) => string)[] = [
  (path) => path,
  (path) => `${path}/`,
  (path) => `${path}//`,
  (path) => path.toUpperCase(),
  (path) => path.replace("v1", "V1"),
  (path) => `/${path}`,
  (path) => path.replace("/v1/", "/v1//"),
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => path.replace("/v1/", "/v1/./"),
  (path) => path.replace("/v1/", "/v1/x/../"),
  (path) => path.replace("/v1/", "/v1/files/../"),
  (path) => path.replace("/v1/", "/v1/files/%2e%2e/"),
  (path) => path.replace("/v1/", "/v1/files/%2E./"),
  (path) => path.replace("/v1/", "/v1/files/..%2f"),
  (path) => path.replace("/v1/", "/v1/files/..%5c"),
  (path) => path.replace("/v1/", "/v1/files/..\\"),
  (path) => path.replace("/v1/", "/v1/files/..;/"),
  (path) => path.replace("/v1/", "/v1/files/%252e%252e/"),
  (path) => path.replace("/v1/", "/v1/files/%c0%ae%c0%ae/"),
  (path) => path.replace("/v1/", "/v1%2f"),
  (path) => path.replace("/v1/", "/v1%2F"),
  (path) => path.replace("/v1/", "/v1\\"),
  (path) => path.replace("/v1/", "/v1%5C"),
  (path) => path.replace("v1", "%761"),
  (path) => path.replace("v1", "%2576%31"),
  (path) => path.replace(/[a-z](?=[^/]*$)/, (char) => `%${char.charCodeAt(0).toString(16)}`),
  (path) => path.replace(/\w$/, (char) => `%${char.charCodeAt(0).toString(16)}`),
  (path) => `${path};a=b`,
  (path) => path.replace("/v1/", "/v1;x/"),
  (path) => `${path}%3Ba=b`,
  (path) => `${path}%2Fx`,
  (path) => `${path}%2f..%2f..`,
  (path) => `${path}%00`,
  (path) => `${path}%0a`,
  (path) => `${path}%20`,
  (path) => `${path}%09`,
  (path) => `${path}.`,
  (path) => `${path}?x=/../y`,
  (path) => `${path}%3Fx`,
  (path) => `${path}%23x`,
  (path) => `${path}\xe9`,
  (path) => `${path}%e9`,
];

/** 215: each of the five paths in each of the 43 spellings. */
const requests = plainPaths.flatMap(([method, path]) => spellings.map((spell) => ({ method, target: spell(path) })));

/** What needs a scope; the rest needs none. */
const guarded: ReadonlySet<string> = new Set(apiRoutes.filter((one) => one.scope !== null).map((one) => one.name));

let database: TestDatabase;
let gate: TestGate;
let without: string;
let full: string;
const folder = mkdtempSync(join(tmpdir(), "gatehouse-spellings-"));

beforeAll(async () => {
  // Some gateways give up root before they read their files.
  chmodSync(folder, 0o755);
  database = await testDatabase();
  const { sql } = database;
  const plan = await seedPlan(sql, null);
  for (const route of apiRoutes) await seedEndpoint(sql, route);
  await sql`insert into gateway_credential (name, hash, preview) values ('edge', ${hashToken(pageKey)}, 'gthg_…')`;
  gate = await testGate(database.url);
  const account = await seedAccount(sql, plan);
  without = (await seedToken(sql, account, { scopes: [] })).secret;
  full = (await seedToken(sql, account, { scopes: apiRoutes.flatMap((one) => one.scope ?? []) })).secret;
});
afterAll(async () => {
  await gate.remove();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** As docs/gateways/fetch.md asks. */
const ask = async (call: { method: string; target: string; token: string }) => {
  const response = await fetch(`${gate.url}/v1/verify`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${pageKey}` },
    body: JSON.stringify({ token: call.token, method: call.method, path: call.target }),
  });
  return (await response.json()) as { allowed: boolean; status: number; endpoint: string | null };
};

/** What the gate was last asked by a server, which may have tidied the path up before. */
let decided: string | null = null;

const guard: Guard = async ({ authorization, ...request }) => {
  const answer = await ask({ ...request, token: authorization.slice("Bearer ".length) });
  decided = answer.endpoint;
  return answer.allowed ? null : answer.status;
};

/** What ran for each spelling that a token without any scope got through, where it needs one. */
async function gotThrough(port: number): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const { status, text } = await sendRaw(port, { ...request, token: without });
    if (status === 200 && guarded.has(text)) found.push(`${request.method} ${request.target} ran ${text}`);
  }
  return found;
}

/** Where the API ran something else than the gate decided about for a token with every scope; `other` and nothing need no scope. */
async function misread(
  port: number,
  decisionOf: (request: (typeof requests)[number]) => Promise<string | null>,
): Promise<string[]> {
  const found: string[] = [];
  for (const request of requests) {
    const { status, text } = await sendRaw(port, { ...request, token: full });
    if (status !== 200 || text === "other") continue;
    const endpoint = await decisionOf(request);
    if (text !== endpoint) found.push(`${request.method} ${request.target} ran ${text}, decided as ${endpoint}`);
  }
  return found;
}

/** That the plain spelling works, so that the rest proves something. */
async function plainOnes(port: number): Promise<string[]> {
  const answers = await Promise.all(
    plainPaths.map(([method, target]) => sendRaw(port, { method, target, token: full })),
  );
  return answers.map((one) => one.text);
}

const plainNames = ["email", "domain", "delete", "inbound", "files"];

describe.each(Object.entries(apis))("%s that asks the gate itself", (_name, open) => {
  let api: Api;
  beforeAll(async () => {
    api = await open(guard);
  });
  afterAll(() => api.close());

  it("runs what the gate decided about, however the path is spelled", async () => {
    expect(await plainOnes(api.port)).toEqual(plainNames);
    expect(await gotThrough(api.port)).toEqual([]);
    expect(await misread(api.port, async () => decided)).toEqual([]);
  });
});

const pairs = Object.entries(gatewayPages).flatMap(([name, page]) =>
  Object.entries(apis).map(([api, open]) => ({ name, api, page, open })),
);

describe.each(pairs)("$name in front of $api", ({ name, api: apiName, page, open }) => {
  let api: Api;
  let gateway: ChildProcess | undefined;
  let port: number;
  beforeAll(async () => {
    if (page.program === null) return;
    api = await open();
    port = await freePort();
    const place = { folder: mkdtempSync(join(folder, "gateway-")), port, gatePort: gate.port, apiPort: api.port };
    chmodSync(place.folder, 0o755);
    const { args, env } = page.start(place);
    gateway = spawn(page.program, args, { stdio: "ignore", env: { ...process.env, HOME: place.folder, ...env } });
    for (let i = 0; ; i++) {
      const isUp = await sendRaw(port, { method: "GET", target: "/v1/files/7", token: full }).catch(() => null);
      if (isUp?.status === 200) break;
      if (i === 100) throw new Error(`${name} in front of ${apiName} does not answer.`);
      await sleep(50);
    }
  });
  afterAll(async () => {
    if (gateway && gateway.exitCode === null) {
      gateway.kill("SIGTERM");
      await once(gateway, "exit");
    }
    await api?.close();
  });

  it.skipIf(page.program === null)(
    "the API runs what the gate decided about, however the path is spelled",
    async () => {
      expect(await plainOnes(port)).toEqual(plainNames);
      expect(await gotThrough(port)).toEqual([]);
      const byGateway = async (request: (typeof requests)[number]) => (await ask({ ...request, token: full })).endpoint;
      expect(await misread(port, byGateway)).toEqual([]);
    },
  );
});
