import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenDatabase, openDatabase } from "#db/client.ts";
import { action } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { nextSettlement } from "../enforcement/next-settlement.ts";
import { enqueue, workQueues } from "../frame/queue.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx } from "../testing.ts";
import { every } from "./every.ts";
import { type Hearers, listenForWork } from "./listen.ts";
import { longestRestMs, restUntil } from "./rest-until.ts";

const log = logger("test");
const withinSecond = { timeout: 1_000, interval: 20 };
const nil = "00000000-0000-0000-0000-000000000000";

let test: TestDatabase;
let locks: OpenDatabase;
beforeAll(async () => {
  test = await testDatabase();
  locks = openDatabase(test.url, { max: 4, applicationName: "gatehouse-worker-locks" });
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
});
afterAll(async () => {
  await locks.close();
  await test.close();
});

/** The notifications that reach the worker, and how to stop listening. */
async function heard(pingEveryMs?: number, url = test.url) {
  const told: Record<string, number> = {};
  const names = ["settle", "detect", "webhooks", "check_domains", "check_policies", "queue"];
  const count = (name: string) => () => {
    told[name] = (told[name] ?? 0) + 1;
  };
  const hearers: Hearers = Object.fromEntries(names.map((name) => [name, count(name)]));
  const stop = listenForWork({
    ...{ url, log, hearers, confirmed: () => (told.confirmed = (told.confirmed ?? 0) + 1) },
    ...(pingEveryMs === undefined ? {} : { pingEveryMs }),
  });
  // From the first time it listens, everything is looked at once.
  await expect.poll(() => told.settle ?? 0, { timeout: 10_000 }).toBeGreaterThan(0);
  return { told, hearers, stop, of: (name: string) => told[name] ?? 0 };
}

/** A job that rests for so long after each run. */
function resting(name: string, restMs: number) {
  let runs = 0;
  const run = async () => {
    runs++;
  };
  const loop = every(locks, log, name, 100, { run, restMs: () => restMs });
  return { loop, runs: () => runs };
}

const causes: [string, string, string][] = [
  ["webhooks", "an event", `insert into outbox_event (type, payload) values ('token.changed', '{}')`],
  ["check_domains", "a domain to look at", "update account_domain set next_check_at = now()"],
  ["check_policies", "a policy to look at", "update integration set policy_next_check_at = null"],
  ["settle", "another end of an action", "update action set ends_at = now()"],
  [
    ...["detect", "a refusal"],
    `insert into refusal (receipt, account_id, at, token_id, endpoint_id, surface, code, gate_id)
      values ('rcp_wake', '${nil}', now(), '${nil}', 0, 'http', 'unknown_token', 'gate-1')`,
  ],
  [
    ...["detect", "refusals of which only the receipts are kept"],
    `insert into refusal_receipt (at, account_id, token_id, endpoint_id, surface, code, gate_id, receipts)
      values (now(), '${nil}', '${nil}', 0, 'http', 'unknown_token', 'gate-1', '')`,
  ],
  [
    ...["detect", "what an API answered"],
    `insert into outcome (reporter_id, id, account_id, token_id, endpoint_id, kind, status, at, received_at)
      values ('${nil}', 'wake', '${nil}', '${nil}', 0, 'status', 404, now(), now())`,
  ],
] as [string, string, string][];

describe("a worker that rests", () => {
  it.each(causes)("is woken within a second: %s, by %s", async (name, _cause, statement) => {
    const { hearers, of, stop } = await heard();
    const { loop, runs } = resting(`wake ${name}`, 600_000);
    hearers[name] = loop.wake;
    await expect.poll(() => loop.job.stats.runs, { timeout: 10_000 }).toBe(1);
    await test.sql.unsafe(statement);
    await expect.poll(runs, withinSecond).toBe(2);
    expect(of("queue"), "and nothing else is").toBeLessThan(2);
    await Promise.all([loop.stop(), stop()]);
  });

  it("looks by itself when nobody tells it", async () => {
    const { loop, runs } = resting("untold", 400);
    await expect.poll(runs, { timeout: 10_000 }).toBe(1);
    await expect.poll(runs, { timeout: 5_000 }).toBeGreaterThan(2);
    await loop.stop();
  });

  it("is woken to its usual pace, however many notifications come, and no later than it would look by itself", async () => {
    let runs = 0;
    const run = async () => {
      runs++;
    };
    const loop = every(locks, log, "paced", 300, { run, restMs: () => 600_000 });
    const soon = every(locks, log, "soon", 600_000, { run: () => Promise.resolve(), restMs: () => 200 });
    await expect.poll(() => Math.min(runs, soon.job.stats.runs), { timeout: 10_000 }).toBe(1);
    const until = performance.now() + 1_000;
    while (performance.now() < until) {
      loop.wake();
      soon.wake();
      await sleep(5);
    }
    expect(runs).toBeGreaterThan(1);
    expect(runs).toBeLessThan(6);
    expect(soon.job.stats.runs).toBeGreaterThan(1);
    await Promise.all([loop.stop(), soon.stop()]);
  });

  it("listens again when its connection is lost, and looks at everything that it may have missed", async () => {
    const { told, stop, of } = await heard(300);
    const before = { ...told };
    await test.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'gatehouse-worker-listen' and datname = current_database()`;
    await expect.poll(() => of("settle"), { timeout: 10_000 }).toBeGreaterThan(before.settle ?? 0);
    const again = of("webhooks");
    await test.sql`insert into outbox_event (type, payload) values ('token.changed', '{}')`;
    await expect.poll(() => of("webhooks"), withinSecond).toBeGreaterThan(again);
    await stop();
  });

  it("listens again when its connection seems to live and says nothing any more", async () => {
    const database = new URL(test.url);
    const sockets: Socket[] = [];
    const proxy = createServer((socket) => {
      const toDatabase = connect(Number(database.port), database.hostname);
      for (const one of [socket, toDatabase]) one.on("error", () => undefined);
      sockets.push(toDatabase);
      socket.pipe(toDatabase).pipe(socket);
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const through = new URL(test.url);
    through.port = String((proxy.address() as AddressInfo).port);
    const { of, stop } = await heard(200, through.href);
    const before = of("settle");
    for (const one of sockets) one.unpipe();
    await expect.poll(() => of("settle"), { timeout: 20_000 }).toBeGreaterThan(before);
    const again = of("webhooks");
    await test.sql`insert into outbox_event (type, payload) values ('token.changed', '{}')`;
    await expect.poll(() => of("webhooks"), withinSecond).toBeGreaterThan(again);
    for (const one of sockets) one.destroy();
    await stop();
    proxy.close();
  });

  it("knows when the clock moves an action next, and keeps its pace while gates have to confirm one", async () => {
    const lead = await staffCtx(test.db, "lead");
    const { accountId } = await accountWith(test.db, "Clockwork");
    const now = new Date();
    await test.sql`delete from action`;
    expect(await nextSettlement(test.db)).toBeNull();
    expect(restUntil(null, now)).toBe(longestRestMs);
    const of = { accountId, type: "suspension" as const, durationHours: 1, reasonCode: "rate_excess" as const };
    await imposeAction(
      { ...lead, now },
      { ...of, publicText: "Your client ignores its limit.", internalNote: "chart" },
    );
    expect(restUntil(await nextSettlement(test.db), now), "a gate has to confirm").toBeNull();
    const endsAt = new Date(now.getTime() + 5_000);
    await test.db.update(action).set({ state: "active", endsAt });
    expect(await nextSettlement(test.db)).toEqual(endsAt);
    expect(restUntil(endsAt, now)).toBe(5_000);
    await test.db.update(action).set({ state: "expired" });
    expect(await nextSettlement(test.db)).toBeNull();
  });
});

describe("the queues", () => {
  const put = () => test.db.transaction((tx) => enqueue(tx, "mail-notice", { noticeId: nil }));

  it("are worked within a second of what is put into them, without being asked every second", async () => {
    const { hearers, stop } = await heard();
    let done = 0;
    const handlers = { "mail-notice": () => Promise.resolve(void done++) };
    const stopQueues = workQueues(test.url, log, handlers, {
      lookEveryMs: 600_000,
      onWake: (wake) => (hearers.queue = wake),
    });
    await put();
    await expect.poll(() => done, { timeout: 10_000 }).toBe(1);
    await put();
    await expect.poll(() => done, withinSecond).toBe(2);
    await Promise.all([stopQueues(), stop()]);
  });

  it("are worked also when nothing tells of it", async () => {
    let done = 0;
    const handlers = { "mail-notice": () => Promise.resolve(void done++) };
    const stopQueues = workQueues(test.url, log, handlers, { lookEveryMs: 300 });
    await put();
    await expect.poll(() => done, { timeout: 10_000 }).toBe(1);
    await put();
    await expect.poll(() => done, { timeout: 5_000 }).toBe(2);
    await stopQueues();
  });

  it("try again what failed when its time has come, and begin what was put off then", async () => {
    const { hearers, stop } = await heard();
    const tries: number[] = [];
    const handlers = {
      "mail-notice": async () => {
        tries.push(Date.now());
        if (tries.length === 1) throw new Error("as planned");
      },
    };
    const stopQueues = workQueues(test.url, log, handlers, {
      lookEveryMs: 600_000,
      onWake: (wake) => (hearers.queue = wake),
    });
    await put();
    await expect.poll(() => tries.length, { timeout: 30_000 }).toBe(2);
    const startAfter = new Date(Date.now() + 2_000);
    await test.db.transaction((tx) => enqueue(tx, "mail-notice", { noticeId: nil }, { startAfter }));
    await expect.poll(() => tries.length, { timeout: 5_000 }).toBe(3);
    expect(tries[2]).toBeGreaterThanOrEqual(startAfter.getTime());
    await Promise.all([stopQueues(), stop()]);
  });
});
