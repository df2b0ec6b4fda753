import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildGate } from "../../../bench/build-gate.mjs";
import { type BreakableWay, breakableWay, eventually, send, spawnGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";

let database: TestDatabase;
let way: BreakableWay;
let dataDir: string;
let gate: ChildProcess;

beforeAll(async () => {
  database = await testDatabase();
  way = await breakableWay(database.url);
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-hung-"));
});
afterAll(async () => {
  gate?.kill("SIGKILL");
  way.close();
  rmSync(dataDir, { recursive: true, force: true });
  await database.close();
});

it("outlives a database that hangs while connections to it are made, and hears it again", async () => {
  const port = await freePort();
  const script = join(await buildGate("gatehouse-hung"), "gate.mjs");
  gate = spawnGate(script, { databaseUrl: way.url, dataDir, port });
  const isReady = async () => (await send(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.status === 200;
  await eventually("the gate is ready", isReady);

  // What the driver asks of its own accord on each new connection.
  way.lose("pg_catalog.pg_type");
  way.cut();
  way.mend();
  // First the database ends these connections, then the gate throws away the ones that it makes after them.
  await eventually("the gate connects anew", async () => {
    const ended = await database.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name like 'gatehouse-gate-1%'`;
    return ended.length > 0;
  });
  // Longer than the gate waits for a query before it throws the connection away.
  await sleep(7_000);
  expect(gate.exitCode).toBeNull();

  way.lose(null);
  const healedAt = new Date();
  await eventually("the gate tells that it lives", async () => {
    const [row] = await database.sql`select last_seen_at from gate where id = 'gate-1' and last_seen_at > ${healedAt}`;
    return row !== undefined;
  });
}, 60_000);
