import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildGate } from "../../../bench/build-gate.mjs";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, post, send, spawnGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";

/** Requests per round and call; the memory after the last round is compared with that after the first. */
const budget = 150;
const rounds = 4;

let database: TestDatabase;
let dataDir: string;
let gate: ChildProcess;
let port: number;
let policyPort: number;
let token: { id: string; secret: string };

beforeAll(async () => {
  database = await testDatabase();
  await seedEndpoint(database.sql, { name: "any", path: "/**", rateLimit: 50 });
  await seedEndpoint(database.sql, { name: "mail", surface: "smtp", path: "/" });
  token = await seedToken(database.sql, await seedAccount(database.sql, await seedPlan(database.sql, 1_000)));
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-fuzz-"));
  [port, policyPort] = [await freePort(), await freePort()];
  gate = spawnGate(join(await buildGate("gatehouse-fuzz"), "gate.mjs"), {
    databaseUrl: database.url,
    dataDir,
    port,
    policyPort,
  });
  await eventually("the gate is ready", async () => (await send(at("/readyz")).catch(() => null))?.status === 200);
});
afterAll(async () => {
  if (gate?.exitCode === null) {
    gate.kill("SIGTERM");
    await once(gate, "exit");
  }
  rmSync(dataDir, { recursive: true, force: true });
  await database.close();
});

const at = (path: string) => `http://127.0.0.1:${port}${path}`;

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.constantFrom(
    "",
    "/",
    "//",
    "/%00",
    "/%zz",
    "/..%2f..",
    "http",
    "smtp",
    "any",
    "mail",
    "GET",
    "__proto__",
    "constructor",
    "\u0000",
    "\ud800",
  ),
  fc.integer({ min: 1, max: 20_000 }).map((length) => "x".repeat(length)),
);
const known = () => fc.constantFrom(token.secret, token.id);
const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }), fc.constantFrom<unknown>(null, true, -1, 0, 1e308, [], {}));
const names = [
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
  "id",
  "kind",
  "status",
  "at",
];
const record = fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })), value, { maxKeys: 8 });
/** Some get through to a decision, or they would test only the reading. */
const nearlyRight = () =>
  fc.tuple(record, known()).map(([one, secret]) => ({ token: secret, method: "GET", path: "/a", ...one }));
const raw = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.json({ maxDepth: 6 }),
);
const listOf = (name: string) =>
  fc.oneof(
    fc
      .array(fc.oneof(record, nearlyRight(), fc.jsonValue({ maxDepth: 2 })), { maxLength: 5 })
      .map((list) => JSON.stringify({ [name]: list })),
    raw,
  );

/** What can stand in a header at all: node's client refuses the rest. */
const headerText = fc.oneof(text, known2()).map((one) => one.replace(/[^\x20-\x7e\x80-\xff]/g, "").slice(0, 4_000));
function known2() {
  return fc.constantFrom(
    "Bearer gth_x",
    "Basic !!!",
    "Basic OjpY",
    "1.2.3.4, ::1",
    "GET",
    "/v1/%2e%2e/a",
    "plain",
    "smtp",
  );
}
const headerNames = [
  "authorization",
  "x-api-key",
  "x-gate-key",
  "x-forwarded-method",
  "x-forwarded-uri",
  "x-forwarded-for",
  "x-original-method",
  "x-original-uri",
  "x-real-ip",
  "x-request-id",
  "auth-method",
  "auth-user",
  "auth-pass",
  "auth-protocol",
  "client-ip",
  "x-mail-server",
  "x-mail-port",
  "content-type",
];
const headers = fc.dictionary(fc.constantFrom(...headerNames), headerText, { maxKeys: 6 });

type Call = { name: string; run: () => Promise<void> };

/** One call with hostile input, until its budget is used up. It must answer below 500. */
function fuzz<T>(name: string, input: fc.Arbitrary<T>, ask: (input: T) => Promise<{ status: number } | null>): Call {
  const run = () =>
    fc.assert(
      fc.asyncProperty(input, async (one) => {
        const answer = await ask(one);
        if (answer !== null) expect(answer.status, name).toBeLessThan(500);
      }),
      { numRuns: budget },
    );
  return { name, run };
}

/** Bytes on a connection, which may end it or not; what comes back does not matter. */
function bytes(to: number, data: Uint8Array | string): Promise<null> {
  return new Promise((resolve) => {
    const socket = connect(to, "127.0.0.1", () => socket.end(data));
    socket.on("error", () => undefined);
    socket.on("data", () => undefined);
    socket.setTimeout(2_000, () => socket.destroy());
    socket.on("close", () => resolve(null));
  });
}

const forwarded = (path: string) =>
  fuzz(
    `ANY ${path}`,
    fc.tuple(headers, fc.constantFrom("GET", "POST", "HEAD", "OPTIONS", "PROPFIND"), raw),
    ([given, method, body]) => send(at(path), { method, headers: given, ...(method === "POST" ? { body } : {}) }),
  );

it("answers hostile input to every call below 500, never ends, and keeps its memory", async () => {
  const calls: Call[] = [
    fuzz(
      "POST /v1/verify",
      fc.oneof(
        raw,
        record.map((one) => JSON.stringify(one)),
        nearlyRight().map((one) => JSON.stringify(one)),
      ),
      (body) => post(at("/v1/verify"), body),
    ),
    fuzz("POST /v1/verify/batch", listOf("requests"), (body) => post(at("/v1/verify/batch"), body)),
    fuzz("POST /v1/outcomes", listOf("outcomes"), (body) => post(at("/v1/outcomes"), body)),
    fuzz(
      "POST /v1/introspect",
      fc.oneof(
        raw,
        fc
          .dictionary(fc.constantFrom("token", "ip", "x"), fc.oneof(text, known()))
          .map((one) => new URLSearchParams(one).toString()),
      ),
      (body) => post(at("/v1/introspect"), body, "application/x-www-form-urlencoded"),
    ),
    forwarded("/forward-auth"),
    forwarded("/forward-auth/nginx"),
    forwarded("/forward-auth/envoy/%ff//a?b"),
    forwarded("/mail-auth"),
    fuzz(
      "any address",
      text.map((one) => `/${encodeURI(one.replace(/[\ud800-\udfff]/g, "")).slice(0, 2_000)}`),
      (path) => send(at(path)),
    ),
    fuzz("bytes on the gate's port", raw, (data) => bytes(port, data)),
    fuzz("bytes on the policy port", raw, (data) => bytes(policyPort, data)),
    fuzz("a large body", fc.constantFrom("/v1/verify", "/v1/introspect", "/v1/outcomes"), (path) =>
      post(at(path), "x".repeat(3_000_000)).catch(() => null),
    ),
  ];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const call of calls) {
      if (call.name === "a large body" && round > 1) continue;
      await call.run();
    }
    expect(gate.exitCode).toBeNull();
    memory.push(await residentBytes());
  }
  // The first round fills caches and the heap; after it nothing may grow with what hostile clients send.
  expect(Math.min(...memory.slice(2)) - (memory[0] ?? 0)).toBeLessThan(48 * 1024 * 1024);
  const answer = await post(
    at("/v1/verify"),
    JSON.stringify({ token: token.secret, method: "GET", path: "/a", dry_run: true }),
  );
  expect(answer.status).toBe(200);
}, 180_000);

async function residentBytes(): Promise<number> {
  const line = (await send(at("/metrics"))).text
    .split("\n")
    .find((one) => one.startsWith("gatehouse_gate_resident_memory_bytes "));
  return Number(line?.split(" ")[1]);
}
