import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { buildGate, buildWorker } from "../../bench/build-gate.mjs";
import { freePort } from "../../scripts/start/ports.mjs";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../gate/testing.ts";
import { eventually, post, send } from "../gate/testing-gate.ts";

/**
 * Abuse of each kind, sent through a real gate and seen by the real worker, both as processes of their own. Where a detector compares
 * with days that are past, those days are written and only the last stretch is sent.
 */

const withinSeconds = 120;

let test: TestDatabase;
let gateUrl: string;
let dataDir: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  test = await testDatabase();
  const { sql } = test;
  await sql`select ensure_usage_partitions(now() - interval '30 days', now() + interval '1 day')`;
  await seedEndpoint(sql, { name: "send", method: "POST", path: "/v1/email", rateLimit: 60 });
  await seedEndpoint(sql, { name: "read", method: "GET", path: "/v1/read" });
  await seedEndpoint(sql, { name: "closed", path: "/closed/**", isDenied: true });
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-abuse-"));
});
afterAll(async () => {
  for (const child of children) {
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  rmSync(dataDir, { recursive: true, force: true });
  await test.close();
});

async function start(script: string, variable: "GATE_PORT" | "WORKER_PORT"): Promise<string> {
  const port = String(await freePort());
  const env = { DATABASE_URL: test.url, DATA_DIR: dataDir, [variable]: port, AUTH_SECRET: "a".repeat(32) };
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", LOG_LEVEL: "fatal", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  await eventually(`${script} is ready`, async () => (await send(`${url}/readyz`).catch(() => null))?.status === 200);
  return url;
}

type Client = { accountId: string; id: string; secret: string };
type Call = { method?: string; path?: string; ip?: string; token?: string };

async function client(quotaPerDay: number | null = null): Promise<Client> {
  const accountId = await seedAccount(test.sql, await seedPlan(test.sql, quotaPerDay));
  return { accountId, ...(await seedToken(test.sql, accountId)) };
}

/** `count` requests of a client, a few at a time. */
async function ask({ secret }: Client, count: number, callOf: (n: number) => Call = () => ({})): Promise<void> {
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = lane; n < count; n += 8) {
      const call = { token: secret, method: "GET", path: "/v1/read", ip: "198.51.100.7", ...callOf(n) };
      const answer = await post(`${gateUrl}/v1/verify`, JSON.stringify(call));
      if (answer.status !== 200) throw new Error(answer.text);
    }
  });
  await Promise.all(lanes);
}

async function report({ id }: Client, count: number, outcome: Record<string, unknown>): Promise<void> {
  const outcomes = Array.from({ length: count }, () => ({ id: crypto.randomUUID(), token: id, ...outcome }));
  const answer = await post(`${gateUrl}/v1/outcomes`, JSON.stringify({ outcomes }));
  if (answer.status !== 200) throw new Error(answer.text);
}

const usedOn = (one: Client, daysAgo: number, outcome: string, requests: number) =>
  test.sql`insert into usage_day (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    values (${one.accountId}, date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - make_interval(days => ${daysAgo}),
      ${one.id}, 1, 'http', ${outcome}, ${requests}, 0)`;

const sending = { method: "POST", path: "/v1/email" };

/** Each prepares what is past, and gives what is then sent. */
const kinds: Record<string, () => Promise<{ who: Client; abuse: () => Promise<void> }>> = {
  rate_excess: async () => {
    const who = await client();
    return { who, abuse: () => ask(who, 300, () => sending) };
  },
  retry_storm: async () => {
    const who = await client();
    const abuse = async () => {
      for (let second = 0; second < 6; second += 1) {
        await ask(who, 90, () => sending);
        await sleep(1_000);
      }
    };
    return { who, abuse };
  },
  probing: async () => {
    const who = await client();
    return { who, abuse: () => ask(who, 40, (n) => ({ path: `/closed/${n}` })) };
  },
  credential_attack: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 20, () => ({ ip: "203.0.113.20" }));
      await ask(who, 60, (n) => ({ ip: "203.0.113.21", token: `guess-${n}-${"x".repeat(30)}` }));
    };
    return { who, abuse };
  },
  dead_token_use: async () => {
    const accountId = await seedAccount(test.sql, await seedPlan(test.sql, null));
    const who = {
      accountId,
      ...(await seedToken(test.sql, accountId, { revokedAt: new Date(Date.now() - 86_400_000) })),
    };
    return { who, abuse: () => ask(who, 130) };
  },
  broken_client: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 100);
      await report(who, 600, { kind: "status", status: 404 });
    };
    return { who, abuse };
  },
  quota_overrun: async () => {
    const who = await client(200);
    return { who, abuse: () => ask(who, 400) };
  },
  quota_burn: async () => {
    const who = await client(200);
    for (const daysAgo of [1, 2, 3]) await usedOn(who, daysAgo, "quota_exceeded", 50);
    return { who, abuse: () => ask(who, 230) };
  },
  token_sharing: async () => {
    const who = await client();
    return { who, abuse: () => ask(who, 120, (n) => ({ ip: `198.18.${n % 15}.7` })) };
  },
  dormant_wakes: async () => {
    const who = await client();
    await test.sql`update token set created_at = now() - interval '200 days' where id = ${who.id}`;
    return { who, abuse: () => ask(who, 150) };
  },
  new_account_races: async () => {
    const who = await client();
    const [row] = await test.sql`select plan_id from account where id = ${who.accountId}`;
    for (let n = 0; n < 6; n += 1) {
      const accountId = await seedAccount(test.sql, Number(row?.plan_id));
      await test.sql`update account set created_at = now() - interval '100 days' where id = ${accountId}`;
      await usedOn({ accountId, ...(await seedToken(test.sql, accountId)) }, 1, "allowed", 100);
    }
    return { who, abuse: () => ask(who, 1_100) };
  },
  bounce_rate: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 250);
      await report(who, 40, { kind: "bounce" });
    };
    return { who, abuse };
  },
  complaint_rate: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 250);
      await report(who, 5, { kind: "complaint" });
    };
    return { who, abuse };
  },
};

it("is flagged, each kind by its detector within two minutes, and an ordinary client by none", async () => {
  const worlds: { detector: string; who: Client; abuse: () => Promise<void> }[] = [];
  for (const [detector, prepare] of Object.entries(kinds)) worlds.push({ detector, ...(await prepare()) });
  const ordinary = await client(10_000);
  gateUrl = await start(join(await buildGate("gatehouse-abuse"), "gate.mjs"), "GATE_PORT");
  await start(join(await buildWorker("gatehouse-abuse"), "worker.mjs"), "WORKER_PORT");

  const sentAt = new Map<string, number>();
  const seconds = new Map<string, number>();
  const traffic = worlds.map(async ({ detector, abuse }) => {
    sentAt.set(detector, Date.now());
    await abuse();
  });
  await Promise.all([...traffic, ask(ordinary, 300)]);
  const flagged = async () => {
    for (const { detector, who } of worlds) {
      if (seconds.has(detector)) continue;
      const [flag] = await test.sql`select 1 from flag where account_id = ${who.accountId} and detector = ${detector}`;
      if (flag) seconds.set(detector, (Date.now() - (sentAt.get(detector) ?? 0)) / 1_000);
    }
    return seconds.size === worlds.length;
  };
  const endsAt = Date.now() + withinSeconds * 1_000;
  while (!(await flagged()) && Date.now() < endsAt) await sleep(500);

  for (const { detector } of worlds)
    console.info(`${detector.padEnd(20)}${seconds.get(detector)?.toFixed(1) ?? "not flagged"} s`);
  expect([...seconds.keys()].sort()).toEqual(worlds.map((one) => one.detector).sort());
  const wrong = await test.sql`select detector from flag where account_id = ${ordinary.accountId}`;
  expect([...wrong]).toEqual([]);
}, 240_000);
