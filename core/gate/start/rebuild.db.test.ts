import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let dataDir: string;
let gate: TestGate;
let token: { id: string; secret: string };

const email = { method: "POST", path: "/v1/email" };

beforeAll(async () => {
  database = await testDatabase();
  await seedEndpoint(database.sql, { name: "email", ...email, rateLimit: 5 });
  await seedEndpoint(database.sql, { name: "hourly", path: "/hourly", rateLimit: 5, windowSeconds: 3600 });
  await seedEndpoint(database.sql, { name: "other", path: "/**" });
});
afterAll(() => database.close());
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-rebuild-"));
  const account = await seedAccount(database.sql, await seedPlan(database.sql, 20));
  token = await seedToken(database.sql, account, { capPerMinute: 10, capPerDay: 15 });
  gate = await testGate(database.url, { dataDir });
});
afterEach(async () => {
  await gate.remove();
  rmSync(dataDir, { recursive: true, force: true });
});

async function restart(): Promise<void> {
  await gate.stop();
  gate = await testGate(database.url, { dataDir });
}

describe("after a restart", () => {
  it("every limit stands where it stood", async () => {
    for (let i = 0; i < 3; i++) await gate.verify({ token: token.secret, ...email });
    for (let i = 0; i < 4; i++) await gate.verify({ token: token.secret, endpoint: "hourly" });
    const look = (endpoint: string) => gate.verify({ token: token.secret, endpoint, dry_run: true });
    const before = [await look("email"), await look("hourly")].map((one) =>
      one.limits.map(({ name, remaining }) => [name, remaining]),
    );
    expect(before).toEqual([
      [
        ["endpoint-rate", 2],
        ["token-rate", 3],
        ["token-quota", 8],
        ["account-quota", 13],
      ],
      [
        ["endpoint-rate", 1],
        ["token-rate", 3],
        ["token-quota", 8],
        ["account-quota", 13],
      ],
    ]);
    for (let i = 0; i < 3; i++) {
      await restart();
      const after = [await look("email"), await look("hourly")].map((one) =>
        one.limits.map(({ name, remaining }) => [name, remaining]),
      );
      expect(after).toEqual(before);
    }
  });

  it("a request that is repeated is answered as before and counted once", async () => {
    const call = { token: token.secret, ...email, request_id: "again" };
    const refusedCall = { token: "unknown-token-0123456789", ...email, request_id: "again-2" };
    expect((await gate.verify(call)).code).toBe("allowed");
    const refused = await gate.verify(refusedCall);
    await restart();
    expect(await gate.verify(call)).toMatchObject({ code: "allowed", limits: [{ remaining: 4 }, {}, {}, {}] });
    expect(await gate.verify(refusedCall)).toMatchObject({ code: "unknown_token", receipt: refused.receipt });
    await restart();
    const [row] = await database.sql`select sum(requests)::int as requests from usage_day where token_id = ${token.id}`;
    expect(row?.requests).toBe(1);
  });

  it("a request repeated after it may no longer pass is refused", async () => {
    const call = { token: token.secret, ...email, request_id: "too-late" };
    expect((await gate.verify(call)).code).toBe("allowed");
    await database.sql`update token set revoked_at = now() where id = ${token.id}`;
    await restart();
    expect((await gate.verify(call)).code).toBe("token_revoked");
  });
});

it("does not share its journal with a second gate", async () => {
  await expect(testGate(database.url, { dataDir })).rejects.toThrow(/used by another gate/);
  const other = await testGate(database.url, { dataDir, gateId: "gate-2" });
  await other.stop();
  await restart();
  expect((await gate.verify({ token: token.secret, ...email })).code).toBe("allowed");
});

it("answers 503 until its state is complete, and is alive meanwhile", async () => {
  const early = await import("./start-gate.ts");
  const { logger } = await import("../../runtime/log.ts");
  const { send, post } = await import("../testing/testing-gate.ts");
  const starting = await early.startGate({
    databaseUrl: "postgres://nobody@127.0.0.1:9/none",
    redisUrl: null,
    dataDir,
    gateId: "gate-3",
    host: "127.0.0.1",
    port: 0,
    policyPort: null,
    publicUrl: "http://localhost",
    maxStaleSeconds: 30,
    fail: "closed",
    isSynced: false,
    trustedProxies: "",
    importerScript: null,
    log: logger("gate"),
  });
  const url = `http://127.0.0.1:${starting.port}`;
  expect((await send(`${url}/healthz`)).status).toBe(200);
  expect((await send(`${url}/readyz`)).status).toBe(503);
  const answer = await post(`${url}/v1/verify`, JSON.stringify({ token: token.secret, ...email }));
  expect([answer.status, JSON.parse(answer.text).code]).toEqual([503, "gate_starting"]);
  await starting.stop();
});
