import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { seedAccount, seedAction, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, post, send, type TestGate, testGate } from "../testing/testing-gate.ts";
import { redisProgram, type TestRedis, testRedis } from "../testing/testing-redis.ts";

/** Several gates on one Redis. Left out where there is no redis-server. */
describe.skipIf(redisProgram === null)("gates that count in one Redis", () => {
  let database: TestDatabase;
  let redis: TestRedis;
  let plan: number;
  const gates: TestGate[] = [];

  beforeAll(async () => {
    database = await testDatabase();
    redis = await testRedis({ isKept: true });
    plan = await seedPlan(database.sql, 10_000);
    await seedEndpoint(database.sql, { name: "any", path: "/**" });
    await seedEndpoint(database.sql, { name: "slow", path: "/slow", rateLimit: 30 });
    for (const gateId of ["gate-1", "gate-2", "gate-3"]) gates.push(await open(gateId));
  });
  afterAll(async () => {
    for (const gate of gates) await gate.remove();
    await redis?.close();
    await database?.close();
  });

  const open = (gateId: string, change = {}) => testGate(database.url, { gateId, redisUrl: redis.url, ...change });
  const client = async (quota = plan) => {
    const account = await seedAccount(database.sql, quota);
    return { account, ...(await seedToken(database.sql, account)) };
  };
  const gateAt = (i: number): TestGate => {
    const gate = gates[i % gates.length];
    if (!gate) throw new Error("There is no gate.");
    return gate;
  };
  async function storm(secret: string, endpoint: string, workers: number, each: number) {
    const tally = new Map<string, number>();
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        for (let i = 0; i < each; i++) {
          const { code } = await gateAt(worker + i).verify({ token: secret, endpoint });
          tally.set(code, (tally.get(code) ?? 0) + 1);
        }
      }),
    );
    return Object.fromEntries(tally);
  }

  it("give exactly 10,000 of 20,000 parallel requests on a quota of 10,000, three gates together", async () => {
    const { secret } = await client();
    expect(await storm(secret, "any", 100, 200)).toEqual({ allowed: 10_000, quota_exceeded: 10_000 });
  }, 120_000);

  it("share a rate limit, and what a refused request would have taken stays there", async () => {
    const { secret } = await client();
    expect(await storm(secret, "slow", 10, 10)).toEqual({ allowed: 30, rate_limited: 70 });
    const answer = await gateAt(1).verify({ token: secret, endpoint: "any", dry_run: true });
    expect(answer.limits).toMatchObject([{ name: "account-quota", remaining: 10_000 - 30 }]);
  });

  it("let nobody pass while Redis is away, refuse whom they would refuse anyway, and count on exactly when it is back", async () => {
    const { secret } = await client();
    const suspended = await client();
    await seedAction(database.sql, suspended.account, { type: "suspension" });
    const call = JSON.stringify({ token: secret, endpoint: "any" });
    let allowed = 0;
    let unavailable = 0;
    let isOver = false;
    const load = Array.from({ length: 12 }, async (_, i) => {
      while (!isOver) {
        const answer = await post(`${gateAt(i).url}/v1/verify`, call);
        if (answer.status === 200 && JSON.parse(answer.text).allowed) allowed++;
        else if (answer.status === 503) unavailable++;
        await sleep(5);
      }
    });
    await sleep(200);
    await redis.kill("SIGKILL");
    await eventually("requests are refused", async () => unavailable > 20);
    const away = await post(`${gateAt(0).url}/v1/verify`, call);
    expect(JSON.parse(away.text)).toMatchObject({ status: 503, code: "gate_counters" });
    expect((await gateAt(0).verify({ token: suspended.secret, endpoint: "any" })).code).toBe("account_suspended");
    expect((await send(`${gateAt(0).url}/readyz`)).status).toBe(503);
    expect((await send(`${gateAt(0).url}/metrics`)).text).toContain("gatehouse_gate_counters_up 0");
    await redis.start();
    const before = allowed;
    await eventually("requests pass again", async () => allowed > before + 50);
    isOver = true;
    await Promise.all(load);
    const { limits } = await gateAt(2).verify({ token: secret, endpoint: "any", dry_run: true });
    // What Redis had counted when it died but could not answer any more was refused with 503, and stays counted.
    const counted = 10_000 - (limits[0]?.remaining ?? 0);
    expect(counted).toBeGreaterThanOrEqual(allowed);
    expect(counted).toBeLessThanOrEqual(allowed + 12);
  }, 60_000);

  it("let pass whom nothing but a limit could refuse while Redis is away, when GATE_FAIL is open", async () => {
    const gate = await open("gate-open", { fail: "open" });
    const { secret, account } = await client();
    const closed = await client();
    await seedAction(database.sql, closed.account, { type: "suspension" });
    expect((await gate.verify({ token: secret, endpoint: "any" })).limits).toHaveLength(1);
    await redis.kill("SIGKILL");
    await eventually("the gate knows", async () => (await send(`${gate.url}/metrics`)).text.includes("counters_up 0"));
    expect(await gate.verify({ token: secret, endpoint: "any" })).toMatchObject({
      code: "allowed",
      account,
      limits: [],
    });
    expect((await gate.verify({ token: closed.secret, endpoint: "any" })).code).toBe("account_suspended");
    await redis.start();
    await eventually(
      "it counts again",
      async () => (await gate.verify({ token: secret, endpoint: "any" })).limits.length === 1,
    );
    await gate.remove();
  });

  it("give up a Redis that hangs, and come back to it", async () => {
    const { secret } = await client();
    const stopping = await testRedis();
    const gate = await open("gate-hung", { redisUrl: stopping.url });
    await gate.verify({ token: secret, endpoint: "any" });
    const pid = await pidOf(stopping.url);
    process.kill(pid, "SIGSTOP");
    const call = () => post(`${gate.url}/v1/verify`, JSON.stringify({ token: secret, endpoint: "any" }));
    expect((await call()).status).toBe(503);
    process.kill(pid, "SIGCONT");
    await eventually("it counts again", async () => (await call()).status === 200);
    await eventually("it says so", async () => (await send(`${gate.url}/readyz`)).status === 200);
    await gate.remove();
    await stopping.close();
  });

  it("begin again with what the database has counted when Redis has lost everything", async () => {
    const empty = await testRedis();
    const small = await seedPlan(database.sql, 5);
    const { secret } = await client(small);
    const gate = await open("gate-empty", { redisUrl: empty.url });
    for (let i = 0; i < 3; i++) await gate.verify({ token: secret, endpoint: "any" });
    await gate.remove();
    await empty.kill("SIGKILL");
    await empty.start();
    const again = await open("gate-again", { redisUrl: empty.url });
    const codes = [];
    for (let i = 0; i < 4; i++) codes.push((await again.verify({ token: secret, endpoint: "any" })).code);
    expect(codes).toEqual(["allowed", "allowed", "quota_exceeded", "quota_exceeded"]);
    await again.remove();
    await empty.close();
  });
});

async function pidOf(url: string): Promise<number> {
  const { createClient } = await import("@redis/client");
  const client = createClient({ url });
  await client.connect();
  const info = String(await client.sendCommand(["INFO", "server"]));
  client.destroy();
  return Number(/process_id:(\d+)/.exec(info)?.[1]);
}
