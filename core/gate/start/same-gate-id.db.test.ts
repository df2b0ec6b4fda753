import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { Connection } from "../state/connect.ts";
import { GateLease } from "../state/gate-lease.ts";
import { postgresStore } from "../state/postgres-store.ts";
import type { GateClaim } from "../state/rows.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { breakableWay, eventually, type TestGate, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let gateId: string;
let running: TestGate[];

beforeAll(async () => {
  database = await testDatabase();
  await seedEndpoint(database.sql, { name: "any", path: "/**" });
});
afterAll(() => database.close());
beforeEach(() => {
  gateId = `gate-${randomUUID().slice(0, 8)}`;
  running = [];
});
afterEach(async () => {
  for (const gate of running) await gate.remove();
});

async function start(url = database.url): Promise<TestGate> {
  const gate = await testGate(url, { gateId, maxStaleSeconds: 1 });
  running.push(gate);
  return gate;
}

async function newToken() {
  const account = await seedAccount(database.sql, await seedPlan(database.sql, null));
  return { account, ...(await seedToken(database.sql, account)) };
}

const row = async () => (await database.sql`select * from gate where id = ${gateId}`)[0];
const call = (gate: TestGate, secret: string) => gate.verify({ token: secret, endpoint: "any" });

async function counted(account: string): Promise<number> {
  const [sum] =
    await database.sql`select coalesce(sum(requests), 0)::int as requests from usage_day where account_id = ${account}`;
  return Number(sum?.requests);
}

describe("a second gate with a GATE_ID that is in use", () => {
  it("refuses to start, names the other and says what to do; the first goes on and every call of it is counted", async () => {
    const { secret, account } = await newToken();
    const first = await start();
    await call(first, secret);
    const folder = join(first.dataDir, "journal", gateId);
    await expect(start()).rejects.toThrow(
      `GATE_ID ${gateId} belongs to another gate (process ${process.pid} on ${hostname()}, since `,
    );
    await expect(start()).rejects.toThrow(`journal in ${folder}). Give this one a GATE_ID of its own`);
    await call(first, secret);
    await first.stop();
    expect(await counted(account)).toBe(2);
  });

  it("starts once the first has stopped, and counts a journal of its own", async () => {
    const { secret, account } = await newToken();
    const first = await start();
    for (let i = 0; i < 5; i++) await call(first, secret);
    await first.stop();
    const second = await start();
    await call(second, secret);
    await second.stop();
    expect(await counted(account)).toBe(6);
  });

  it("takes the name when the first was cut off for so long that its lease has ended; the first stops and is counted", async () => {
    const { secret, account } = await newToken();
    const way = await breakableWay(database.url);
    const first = await start(way.url);
    await call(first, secret);
    way.cut();
    // By memory, as long as GATE_MAX_STALE_S says.
    await call(first, secret);
    await eventually("it no longer decides", async () => !first.gate.isReady);
    await expect(call(first, secret)).rejects.toThrow(/503.*gate_stale/);
    await database.sql`update gate set lease_until = now(), last_seen_at = now() - interval '1 minute' where id = ${gateId}`;
    const second = await start();
    await call(second, secret);
    way.mend();
    expect((await first.lost).message).toContain(second.dataDir);
    await first.stop();
    expect(await row()).toMatchObject({ stopped_at: null, journal_folder: join(second.dataDir, "journal", gateId) });
    await call(second, secret);
    await second.stop();
    expect(await counted(account)).toBe(4);
    way.close();
  }, 30_000);

  it("is not what a gate takes itself for that was only cut off", async () => {
    const way = await breakableWay(database.url);
    const first = await start(way.url);
    way.cut();
    await eventually("it no longer decides", async () => !first.gate.isReady);
    await database.sql`update gate set lease_until = now() where id = ${gateId}`;
    way.mend();
    await eventually("it decides again", async () => first.gate.isReady);
    expect((await row())?.lease_until.getTime()).toBeGreaterThan(Date.now());
    await first.stop();
    way.close();
  }, 30_000);
});

describe("a claim", () => {
  let connection: Connection;
  let journalId: string;
  beforeEach(() => {
    journalId = randomUUID();
    connection = new Connection(database.url, "claims", 4);
  });
  afterEach(() => connection.end());

  const claimant = (change: Partial<GateClaim> = {}): GateClaim => ({
    gateId,
    journalId,
    folder: `/srv/data/journal/${gateId}`,
    host: "one",
    pid: 7,
    startedAtMs: Date.now(),
    leaseSeconds: 40,
    isStart: true,
    ...change,
  });
  const claim = (change?: Partial<GateClaim>) => postgresStore(connection).claimGate(claimant(change));

  it("has a moment of its own, also when the clock stands still or is set back", async () => {
    await claim();
    const [ahead] = await database.sql<{ moment: string }[]>`
      update gate set claimed_at = claimed_at + interval '1 hour' where id = ${gateId} returning claimed_at::text as moment`;
    const later = [await claim(), await claim()];
    const moments = [ahead?.moment, ...later.map((one) => ("claimedAt" in one ? one.claimedAt : ""))];
    expect(moments).toEqual([...new Set(moments)].sort());
  });

  it("of the directory that has the name is granted at once, as after kill -9", async () => {
    expect(await claim()).toHaveProperty("claimedAt");
    expect(await claim({ pid: 8 })).toHaveProperty("claimedAt");
    expect(await row()).toMatchObject({ pid: 8, host: "one" });
  });

  it("is lost to whoever looks like this gate's next life, and not taken back", async () => {
    const lease = (pid: number) => new GateLease(postgresStore(connection), claimant({ pid }));
    const [running, twin] = [lease(7), lease(8)];
    await running.claim();
    await twin.claim();
    expect([await running.renew(), await twin.renew()]).toEqual([false, true]);
    await expect(running.claim()).rejects.toThrow(`is in use as gate ${gateId} (process 8 on one, since `);
    expect(await twin.renew()).toBe(true);
  });

  it.each([
    ["another directory", { journalId: "6d0b3ad8-4a1c-4c53-9d5e-0123456789ab" }, false],
    ["a copy on another machine", { host: "two" }, true],
    ["a copy on this machine", { folder: "/srv/copy/journal" }, true],
    ["a copy under another name", { gateId: "gate-of-a-copy", folder: "/srv/data/journal/gate-of-a-copy" }, true],
  ])("of %s is refused while the lease lasts", async (_, change, isCopy) => {
    await claim();
    expect(await claim(change)).toMatchObject({ gateId, pid: 7, host: "one", isCopy });
    await database.sql`update gate set lease_until = now(), last_seen_at = now() - interval '6 s' where id = ${gateId}`;
    expect(await claim(change)).toHaveProperty("claimedAt");
  });

  it("is granted to one only when many come at once", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => claim({ journalId: randomUUID() })));
    expect(all.filter((one) => "claimedAt" in one)).toHaveLength(1);
  });

  it("is refused while a gate of a version without leases is heard from, and granted when it was that name's last life", async () => {
    const seen = (seconds: number) =>
      database.sql`insert into gate (id, pid, started_at, last_seen_at) values (${gateId}, 3, now(), now() - make_interval(secs => ${seconds}))
        on conflict (id) do update set last_seen_at = excluded.last_seen_at`;
    await seen(1);
    expect(await claim()).toMatchObject({ pid: 3, host: null, folder: null, leaseUntilMs: null });
    await seen(6);
    expect(await claim()).toHaveProperty("claimedAt");
  });
});
