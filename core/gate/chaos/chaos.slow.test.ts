import type { ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildGate } from "../../../bench/build-gate.mjs";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, post, send, spawnGate } from "../testing/testing-gate.ts";
import { freePort } from "../testing/testing-redis.ts";

const kills = 6;
const clients = 12;
const quota = 400;

let database: TestDatabase;
let dataDir: string;
let script: string;
let port: number;
let child: ChildProcess | null = null;

beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-chaos-"));
  script = join(await buildGate("gatehouse-chaos"), "gate.mjs");
  port = await freePort();
});
afterAll(async () => {
  child?.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
  await database.close();
});

it("loses no answered request and counts none twice when the gate is killed again and again under load", async () => {
  const { sql } = database;
  await seedEndpoint(sql, { name: "any", path: "/**" });
  const free = await seedToken(sql, await seedAccount(sql, await seedPlan(sql, null)));
  const limitedAccount = await seedAccount(sql, await seedPlan(sql, quota));
  const limited = await seedToken(sql, limitedAccount);
  const tokens = [free.secret, limited.secret, "unknown-token-0123456789"];

  await startChild();
  const answered = new Map<string, string>();
  let isOver = false;
  let sent = 0;
  const load = Array.from({ length: clients }, async (_, client) => {
    for (let n = 0; !isOver; n++) {
      const id = `${client}-${n}`;
      const call = JSON.stringify({ token: tokens[n % 3], endpoint: "any", request_id: id, ip: "192.0.2.1" });
      sent++;
      // A client repeats a request that was cut off until it is answered.
      for (;;) {
        const answer = await post(`http://127.0.0.1:${port}/v1/verify`, call).catch(() => null);
        if (answer?.status === 200) {
          answered.set(id, JSON.parse(answer.text).code);
          break;
        }
        await sleep(5);
      }
    }
  });

  for (let i = 0; i < kills; i++) {
    await sleep(150 + Math.random() * 500);
    // Once the database cuts all connections instead, which the gate must survive.
    if (i === 3) {
      const before = child?.pid;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name like 'gatehouse-gate-1%'`;
      await sleep(300);
      expect(child?.exitCode).toBeNull();
      expect(child?.pid).toBe(before);
    }
    await endChild("SIGKILL");
    await startChild();
  }
  await sleep(300);
  isOver = true;
  await Promise.all(load);
  expect(answered.size).toBe(sent);
  expect(await endChild("SIGTERM")).toBe(0);

  const byCode: Record<string, number> = {};
  for (const code of answered.values()) byCode[code] = (byCode[code] ?? 0) + 1;
  const counted = async (table: string) =>
    Object.fromEntries(
      (await sql`select outcome, sum(requests)::int as requests from ${sql(table)} group by outcome`).map((row) => [
        row.outcome,
        row.requests,
      ]),
    );
  for (const table of ["usage_minute", "usage_hour", "usage_day"]) expect(await counted(table)).toEqual(byCode);
  const [second] =
    await sql`select sum(allowed + refused)::int as requests from (select account_id from usage_day group by 1) a, usage_seconds(a.account_id, '-infinity', 'infinity')`;
  expect(second?.requests).toBe(answered.size);
  const [spent] = await sql`select sum(spent)::int as spent from usage_day where account_id = ${limitedAccount}`;
  expect(spent?.spent).toBe(
    Math.min(quota, [...answered.keys()].filter((id) => Number(id.split("-")[1]) % 3 === 1).length),
  );
  const [row] = await sql`select stopped_at from gate where id = 'gate-1'`;
  expect(row?.stopped_at).toBeInstanceOf(Date);
  expect(existsSync(join(dataDir, "journal", "gate-1", "lock"))).toBe(false);
}, 120_000);

it("ends with 1 when another directory has its GATE_ID, and leaves that one alone", async () => {
  await startChild();
  const elsewhere = mkdtempSync(join(tmpdir(), "gatehouse-chaos-"));
  const second = spawnGate(script, { databaseUrl: database.url, dataDir: elsewhere, port: await freePort() });
  expect(await new Promise((resolve) => second.once("exit", resolve))).toBe(1);
  expect((await send(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
  expect(await endChild("SIGTERM")).toBe(0);
  rmSync(elsewhere, { recursive: true, force: true });
}, 60_000);

async function startChild(): Promise<void> {
  child = spawnGate(script, { databaseUrl: database.url, dataDir, port });
  await eventually("the gate is ready", async () => {
    if (child?.exitCode !== null) throw new Error(`The gate ended with ${child?.exitCode}.`);
    return (await send(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.status === 200;
  });
}

async function endChild(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
  const ending = child;
  if (!ending) return null;
  const ended = new Promise<number | null>((resolve) => ending.once("exit", resolve));
  ending.kill(signal);
  return ended;
}
