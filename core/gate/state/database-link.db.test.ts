import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { logger } from "../../runtime/log.ts";
import { eventually } from "../testing/testing-gate.ts";
import { AccountCache } from "./account-cache.ts";
import { systemClock } from "./clock.ts";
import { Connection } from "./connect.ts";
import { DatabaseLink } from "./database-link.ts";
import { Freshness } from "./freshness.ts";
import { GateLease } from "./gate-lease.ts";
import { postgresStore } from "./postgres-store.ts";
import type { StoredProvider } from "./rows.ts";
import { TokenCache } from "./token-cache.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const providerOf = (policyVersion: number): StoredProvider => ({
  endpoints: [],
  plans: [],
  planLimits: [],
  pathRules: { matchesCase: false, allowsEncodedSlash: false },
  policyVersion,
  credentials: [],
});

it("ends up with the newest plans and endpoints, in whatever order the database's answers arrive", async () => {
  let current = 1;
  const waiting: (() => void)[] = [];
  const taken: (number | null)[] = [];
  const connection = new Connection(database.url, "link", 2);
  // What a reading finds is settled when it begins, not when its answer arrives.
  const loadProvider = () => {
    const found = providerOf(current);
    return new Promise<StoredProvider>((resolve) => waiting.push(() => resolve(found)));
  };
  const store = { ...postgresStore(connection), loadProvider };
  const accounts = new AccountCache(store);
  const clock = systemClock();
  const freshness = new Freshness(30);
  const claim = { folder: "/srv/journal", host: "one", pid: 1, startedAtMs: Date.now(), leaseSeconds: 40 };
  const lease = new GateLease(store, { gateId: "g", journalId: "6d0b3ad8-4a1c-4c53-9d5e-0123456789ab", ...claim });
  await lease.claim();
  const link = new DatabaseLink({
    databaseUrl: database.url,
    gateId: "g",
    store,
    tokens: new TokenCache(store, accounts),
    accounts,
    freshness,
    clock,
    lease,
    startedAtMs: claim.startedAtMs,
    onProvider: ({ policyVersion }) => taken.push(policyVersion),
    onLost: () => undefined,
    onBeat: () => undefined,
    load: () => ({ decisions: 0, journalLagBytes: 0, uncountedSinceMs: null, usedCredentials: [] }),
    log: logger("gate"),
  });
  link.start();
  await eventually("it reads", async () => waiting.length > 0);
  // Until it listens on every channel.
  await sleep(300);
  current = 2;
  await database.sql`select pg_notify('gate_provider', '')`;
  await sleep(300);
  // The newest answer first.
  await eventually("it has heard itself", async () => {
    waiting.pop()?.();
    await sleep(20);
    return freshness.ageMs(clock().steadyMs) < 1_000 && waiting.length === 0;
  });
  expect(taken.at(-1)).toBe(2);
  await link.stop();
  await connection.end();
});
