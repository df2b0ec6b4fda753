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
import { hashToken } from "../gate/state/hash-token.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../gate/testing/testing.ts";
import { eventually, post, send } from "../gate/testing/testing-gate.ts";
import { reportLeak } from "../leaks/report-leak.ts";
import { joinReport } from "../reports/join-report.ts";
import { submitReport } from "../reports/submit-report.ts";
import { detectors } from "../rules/detectors/registry.ts";
import { ctxOf, staffCtx } from "../testing.ts";

/**
 * Abuse of each kind, sent through a real gate and seen by the real worker, both as processes of their own. Where a detector compares
 * with days that are past, those days are written and only the last stretch is sent. What people report comes through its use case.
 */

const withinSeconds = 120;

/** A clock that was set for this run (faketime with an offset) is that of the processes too; give such a Postgres in DATABASE_URL_TEST. */
const clock = Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(LD_PRELOAD|FAKETIME)/.test(name)));

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
    env: { PATH: process.env.PATH, ...clock, NODE_ENV: "production", LOG_LEVEL: "fatal", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  children.push(child);
  const url = `http://127.0.0.1:${port}`;
  await eventually(`${script} is ready`, async () => (await send(`${url}/readyz`).catch(() => null))?.status === 200);
  return url;
}

type Client = { accountId: string; id: string; secret: string };
type Call = { method?: string; path?: string; ip?: string; token?: string; recipients?: number };

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

/** Hours as an import of an access log leaves them: `usual` for eight days, `loud` in the last two whole hours and this one. */
const hoursOf = (one: Client, usual: number, loud: number) =>
  test.sql`insert into usage_hour (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
    select ${one.accountId}, date_trunc('hour', now()) - make_interval(hours => ago), ${one.id}, 1, 'http', 'allowed',
      case when ago <= 2 then ${loud}::int else ${usual}::int end, 0
    from generate_series(0, 8 * 24) ago`;

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
  known_scan: async () => {
    const who = await client();
    return { who, abuse: () => ask(who, 8, (n) => ({ path: `/closed/shop-${n}/.env` })) };
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
      await report(who, 600, { kind: "status", status: 422 });
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
    return { who, abuse: () => ask(who, 260) };
  },
  token_sharing: async () => {
    const who = await client();
    // Its first week has taught what is usual.
    await test.sql`insert into network_day (account_id, day, token_id, network, requests)
      select ${who.accountId}, (now() at time zone 'UTC')::date - ago, ${who.id}, '198.18.0.0/24', 50 from generate_series(2, 9) ago`;
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
  // Two whole hours are judged, so what is sent within two minutes is too young for it: the hours are imported, and the running
  // worker, which looks at accounts with traffic, sees them.
  spike: async () => {
    const who = await client();
    await hoursOf(who, 40, 2_000);
    return { who, abuse: () => ask(who, 50) };
  },
  retired_secret: async () => {
    const accountId = await seedAccount(test.sql, await seedPlan(test.sql, null));
    const old = await seedToken(test.sql, accountId, { retiresAt: new Date(Date.now() - 60_000) });
    await test.sql`insert into token_secret (token_id, hash, preview)
      values (${old.id}, ${hashToken("the secret it was rotated to")}, 'gth_…next')`;
    return { who: { accountId, ...old }, abuse: () => ask({ accountId, ...old }, 5) };
  },
  token_leak: async () => {
    const who = await client();
    const finder = ctxOf(test.db, { kind: "visitor" }, new Date());
    const abuse = async () => {
      await reportLeak(finder, { token: who.secret, url: "https://example.com/paste" });
    };
    return { who, abuse };
  },
  privacy_policy_missing: async () => {
    const who = await client();
    const abuse = async () => {
      await test.sql`insert into integration (account_id, name, purpose, contact_email, data_collected)
        values (${who.accountId}, 'Shop', 'Sells', 'shop@example.com', '{names}')`;
    };
    return { who, abuse };
  },
  report: async () => {
    const who = await client();
    const reviewer = await staffCtx(test.db, "reviewer", "Reviewer", new Date());
    const visitor = ctxOf(test.db, { kind: "visitor" }, new Date());
    const abuse = async () => {
      const about = { about: "An account that sends spam", body: "They send messages that nobody asked for." };
      const { reportId } = await submitReport(visitor, { kind: "abuse", ...about });
      await joinReport(reviewer, { reportId, version: 1, accountId: who.accountId, severity: 2 });
    };
    return { who, abuse };
  },
  bounce_rate: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 250, () => ({ recipients: 1 }));
      await report(who, 40, { kind: "bounce" });
    };
    return { who, abuse };
  },
  complaint_rate: async () => {
    const who = await client();
    const abuse = async () => {
      await ask(who, 250, () => ({ recipients: 1 }));
      await report(who, 5, { kind: "complaint" });
    };
    return { who, abuse };
  },
};

/** Quotas, a day's volume and its networks are counted by the UTC day: what is sent must not lie on both sides of midnight. */
async function clearOfMidnight(): Promise<void> {
  const dayMs = 86_400_000;
  const leftMs = dayMs - (Date.now() % dayMs);
  if (leftMs < (withinSeconds + 60) * 1_000) await sleep(leftMs + 1_000);
}

it("covers every detector there is", () => {
  expect(Object.keys(kinds).sort()).toEqual(detectors.map((one) => one.id).sort());
});

it("is flagged, each kind by its detector within two minutes, and an ordinary client by none", async () => {
  await clearOfMidnight();
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
}, 420_000);
