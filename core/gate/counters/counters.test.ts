import { randomUUID } from "node:crypto";
import { createClient } from "@redis/client";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LimitName } from "../../rules/limits/catalogue.ts";
import { askedFor } from "../testing/testing-limits.ts";
import { redisProgram, type TestRedis, testRedis } from "../testing/testing-redis.ts";
import type { Counters, LimitsAsked, Taken } from "./counters.ts";
import { MemoryCounters } from "./memory-counters.ts";
import { RedisCounters } from "./redis-counters.ts";
import { RedisLink } from "./redis-link.ts";

const noon = Date.UTC(2026, 10, 24, 12);
const dayMs = 86_400_000;
const silent = { warn: () => undefined, info: () => undefined };
const at = (offsetMs: number) => ({ wallMs: noon + offsetMs, steadyMs: noon + offsetMs });

let redis: TestRedis | null = null;
let shared: RedisCounters | null = null;
const spentBefore = new Map<string, { accountId: string; tokenId: string; spent: number }[]>();
let loads = 0;
beforeAll(async () => {
  if (redisProgram === null) return;
  redis = await testRedis({ args: ["--cluster-enabled", "yes"] });
  const client = createClient({ url: redis.url });
  await client.connect();
  // One node that holds all slots: keys of one decision that lie in different slots are refused.
  await client.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
  while (!String(await client.sendCommand(["CLUSTER", "INFO"])).includes("cluster_state:ok"))
    await new Promise((r) => setTimeout(r, 20));
  client.destroy();
  const link = new RedisLink(redis.url, silent);
  while (!link.isUp) await new Promise((resolve) => setTimeout(resolve, 5));
  const loadSpent = async (accountId: string) => {
    loads++;
    return spentBefore.get(accountId) ?? [];
  };
  shared = new RedisCounters({ link, loadSpent, clock: "given" });
});
afterAll(async () => {
  shared?.end();
  await redis?.close();
});

const limit = fc.option(fc.integer({ min: 0, max: 25 }), { nil: null });
const call = fc.record({
  gapMs: fc.oneof(fc.nat(300), fc.nat(30_000), fc.nat(5_000_000)),
  token: fc.integer({ min: 1, max: 2 }),
  endpoint: fc.integer({ min: 1, max: 2 }),
  cost: fc.integer({ min: 0, max: 6 }),
  act: fc.constantFrom("take", "take", "take", "look", "give back"),
});
const story = fc.record({
  calls: fc.array(call, { minLength: 1, maxLength: 80 }),
  windowSeconds: fc.constantFrom(1, 7, 60, 61, 3600),
  limits: fc.record({
    "endpoint-rate": limit,
    "token-rate": limit,
    "token-quota": limit,
    "account-quota": limit,
  } satisfies Record<LimitName, unknown>),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

type Step = { asked: LimitsAsked; cost: number; isLook: boolean; isSpent: boolean; nowMs: number; taken: Taken };

/** Plays a story on counters, under accounts of its own. */
async function play(counters: Counters, { calls, windowSeconds, limits }: Story): Promise<Step[]> {
  const account = randomUUID();
  const steps: Step[] = [];
  let nowMs = 0;
  for (const one of calls) {
    nowMs += one.gapMs;
    const of = { accountId: account, tokenId: `token-${one.token}`, endpointId: one.endpoint, windowSeconds };
    const asked = askedFor(limits, of);
    const isLook = one.act === "look";
    const taken = await counters.take(asked, one.cost, isLook ? 0 : one.cost, at(nowMs));
    const isTaken = !isLook && taken.refusedBy === null && one.cost > 0;
    if (isTaken && one.act === "give back") await counters.giveBack(asked, one.cost, taken.at);
    steps.push({ asked, cost: one.cost, isLook, isSpent: isTaken && one.act === "take", nowMs, taken });
  }
  return steps;
}

/** What was really spent from `fromMs` on, before step `before`. */
function exact(steps: readonly Step[], before: number, fromMs: number, of: (step: Step) => boolean): number {
  return steps
    .slice(0, before)
    .filter((step) => step.isSpent && step.nowMs >= fromMs && of(step))
    .reduce((sum, step) => sum + step.cost, 0);
}

function expectExact(steps: readonly Step[]): void {
  steps.forEach(({ asked, cost, isLook, nowMs, taken }, i) => {
    const today = Math.floor((noon + nowMs) / dayMs) * dayMs - noon;
    const window = nowMs - asked.windowSeconds * 1000 + 1;
    const ofEndpoint = (step: Step) => step.asked.endpointId === asked.endpointId;
    const ofToken = (step: Step) => step.asked.tokenId === asked.tokenId;
    const truth = {
      "endpoint-rate": {
        least: exact(steps, i, window, ofEndpoint),
        most: exact(steps, i, window - asked.windowSeconds * 17, ofEndpoint),
      },
      "token-rate": {
        least: exact(steps, i, nowMs - 60_000 + 1, ofToken),
        most: exact(steps, i, nowMs - 61_000, ofToken),
      },
      "token-quota": { least: exact(steps, i, today, ofToken), most: exact(steps, i, today, ofToken) },
      "account-quota": { least: exact(steps, i, today, () => true), most: exact(steps, i, today, () => true) },
    };
    for (const { name, limit: most, used } of taken.states) {
      const known = truth[name];
      const before = used - (taken.refusedBy === null && !isLook ? cost : 0);
      expect(before, name).toBeGreaterThanOrEqual(known.least);
      expect(before, name).toBeLessThanOrEqual(known.most);
      // Never over N in any window, and never refused for less than that would be with the oldest sub-bucket whole.
      if (cost > 0 && taken.refusedBy === null) expect(known.least + cost, name).toBeLessThanOrEqual(most);
      if (taken.refusedBy?.name === name) expect(known.most + cost, name).toBeGreaterThan(most);
    }
  });
}

const kinds: [string, () => Counters | null][] = [
  ["memory", () => new MemoryCounters()],
  ["Redis", () => shared],
];

describe.each(kinds)("counters in %s", (name, make) => {
  const isMissing = name === "Redis" && redisProgram === null;

  it.skipIf(isMissing)(
    "count exactly, and let nothing over any limit, against a list of everything spent",
    async () => {
      await fc.assert(
        fc.asyncProperty(story, async (told) => {
          const counters = make();
          if (!counters) throw new Error("There are no counters.");
          const steps = await play(counters, told);
          expectExact(steps);
        }),
        { numRuns: 120 },
      );
    },
    60_000,
  );

  it.skipIf(isMissing)("take all or nothing: a refused request changes no limit", async () => {
    const counters = make();
    const asked = askedFor(
      { "endpoint-rate": 10, "token-rate": 10, "token-quota": 10, "account-quota": 3 },
      { accountId: randomUUID(), tokenId: "t" },
    );
    for (let i = 0; i < 3; i++) await counters?.take(asked, 1, 1, at(i));
    const refused = await counters?.take(asked, 1, 1, at(10));
    expect(refused?.refusedBy?.name).toBe("account-quota");
    expect(refused?.states.map((one) => one.used)).toEqual([3, 3, 3, 3]);
    expect((await counters?.take(asked, 1, 0, at(20)))?.states.map((one) => one.used)).toEqual([3, 3, 3, 3]);
  });

  it.skipIf(isMissing)(
    "tell a time at which the same request passes, and not a second earlier than needed",
    async () => {
      const counters = make();
      const asked = askedFor({ "endpoint-rate": 4 }, { accountId: randomUUID(), tokenId: "t" });
      for (const ms of [0, 1_500, 20_000, 20_100]) await counters?.take(asked, 1, 1, at(ms));
      const wait = (await counters?.take(asked, 2, 2, at(30_000)))?.retryAfterSeconds ?? 0;
      expect((await counters?.take(asked, 2, 0, at(30_000 + (wait - 1) * 1000)))?.refusedBy?.name).toBe(
        "endpoint-rate",
      );
      expect((await counters?.take(asked, 2, 0, at(30_000 + wait * 1000)))?.refusedBy).toBeNull();
    },
  );

  it.skipIf(isMissing).each([
    [10, 60, 1],
    [90, 60, 1],
    [700, 7, 1],
    [100, 1, 3],
  ])("let an even pace of %i in %i s pass at cost %i, and nothing between", async (limit, windowSeconds, cost) => {
    const counters = make();
    const asked = askedFor({ "endpoint-rate": limit }, { accountId: randomUUID(), tokenId: "t", windowSeconds });
    const perWindow = Math.floor(limit / cost);
    const due = (i: number) => Math.floor((i * windowSeconds * 1000) / perWindow);
    for (let i = 0; i < 3 * perWindow; i++) {
      const taken = await counters?.take(asked, cost, cost, at(due(i)));
      expect([i, taken?.refusedBy]).toEqual([i, null]);
      expect(taken?.states[0]?.used).toBeLessThanOrEqual(limit);
    }
    const early = await counters?.take(asked, cost, cost, at(due(3 * perWindow) - 1));
    expect(early).toMatchObject({ refusedBy: { name: "endpoint-rate" }, retryAfterSeconds: 1 });
    expect((await counters?.take(asked, cost, cost, at(due(3 * perWindow))))?.refusedBy).toBeNull();
  });

  it.skipIf(isMissing)("send nobody away for longer than the window", async () => {
    const counters = make();
    const asked = askedFor({ "endpoint-rate": 5 }, { accountId: randomUUID(), tokenId: "t" });
    for (let i = 0; i < 5; i++) await counters?.take(asked, 1, 1, at(999));
    expect((await counters?.take(asked, 1, 1, at(999)))?.retryAfterSeconds).toBe(60);
    expect((await counters?.take(asked, 5, 5, at(60_999)))?.refusedBy).toBeNull();
  });

  it.skipIf(isMissing)("do not give a day again when the clock is set back over midnight", async () => {
    const counters = make();
    const asked = askedFor({ "endpoint-rate": 100, "account-quota": 1 }, { accountId: randomUUID(), tokenId: "t" });
    expect((await counters?.take(asked, 1, 1, at(0)))?.refusedBy).toBeNull();
    expect((await counters?.take(asked, 1, 1, { wallMs: noon - dayMs, steadyMs: noon + 10 }))?.refusedBy?.name).toBe(
      "account-quota",
    );
    expect((await counters?.take(asked, 1, 1, at(dayMs)))?.refusedBy).toBeNull();
  });
});

describe.skipIf(redisProgram === null)("counters in Redis", () => {
  it("answer like those in memory, to the second and the unit", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        if (!shared) throw new Error("There are no counters.");
        const strip = (steps: readonly Step[]) => steps.map(({ taken: { at: _at, ...rest } }) => rest);
        expect(strip(await play(shared, told))).toEqual(strip(await play(new MemoryCounters(), told)));
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it("begin a day they know nothing of with what the database has counted, once for all who ask at once", async () => {
    const accountId = randomUUID();
    spentBefore.set(accountId, [
      { accountId, tokenId: "one", spent: 7 },
      { accountId, tokenId: "two", spent: 2 },
    ]);
    const asked = askedFor({ "token-quota": 20, "account-quota": 12 }, { accountId, tokenId: "one" });
    const before = loads;
    const taken = await Promise.all(Array.from({ length: 5 }, () => shared?.take(asked, 1, 1, at(0))));
    expect(loads - before).toBe(1);
    expect(taken.filter((one) => one?.refusedBy === null)).toHaveLength(3);
    expect(taken.at(-1)?.states.map((one) => one.used)).toEqual([10, 12]);
  });

  it("keep what they count under keys that do not change, and nothing for ever", async () => {
    const accountId = randomUUID();
    const asked = askedFor(
      { "endpoint-rate": 9, "token-rate": 9, "token-quota": 9, "account-quota": 9 },
      { accountId, tokenId: "t" },
    );
    await shared?.take(asked, 1, 1, at(0));
    const client = createClient({ url: redis?.url ?? "" });
    await client.connect();
    const found = await client.sendCommand(["KEYS", `*${accountId}*`]);
    const keys = Array.isArray(found) ? found.map(String).sort() : [];
    const times = await Promise.all(keys.map((key) => client.sendCommand(["PTTL", key])));
    client.destroy();
    expect(keys).toEqual(["day", "rate:1:60", "token:t"].map((key) => `gatehouse:{${accountId}}:${key}`));
    for (const time of times) expect(Number(time)).toBeGreaterThan(0);
  });
});
