import { describe, expect, it } from "vitest";
import { defaultPathRules } from "../../rules/limits/path.ts";
import type { Counters } from "../counters/counters.ts";
import { MemoryCounters } from "../counters/memory-counters.ts";
import type { Journal, JournalWaiter } from "../journal/journal.ts";
import { decodeRecord } from "../journal/journal-line.ts";
import type { AccountCache } from "../state/account-cache.ts";
import { Freshness } from "../state/freshness.ts";
import { compileProvider } from "../state/provider-cache.ts";
import type { TokenCache } from "../state/token-cache.ts";
import { cachedToken } from "../testing/testing-token.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Outcome } from "./decision.ts";
import { Gate } from "./gate.ts";

const now = { wallMs: Date.parse("2026-11-24T12:00:00Z"), steadyMs: 86_400_000 };

const endpoint = { id: 1, name: "any", surface: "http", method: "*", path: "/**" } as const;

/** A gate whose counters answer when the test lets them, as Redis does over the network. */
function gateOnSlowCounters() {
  const counting = new MemoryCounters();
  const waiting: ((isUp: boolean) => void)[] = [];
  const take: Counters["take"] = (...asked) =>
    new Promise((resolve, reject) =>
      waiting.push((isUp) => (isUp ? resolve(counting.take(...asked)) : reject(new Error("away")))),
    );
  const counters: Counters = {
    isUp: true,
    take,
    giveBack: () => undefined,
    sweep: () => undefined,
    end: () => undefined,
  };
  const token = cachedToken();
  const freshness = new Freshness(30);
  freshness.sent("p", now.steadyMs);
  freshness.returned("p");
  const tokens = { find: () => token } as unknown as TokenCache;
  const gate = new Gate({
    clock: () => now,
    tokens,
    accounts: {} as AccountCache,
    counters,
    freshness,
    fail: "closed",
  });
  gate.provider = compileProvider({
    endpoints: [{ ...endpoint, scope: null, rateLimit: null, windowSeconds: 60, cost: 1, deniedAtMs: null }],
    plans: [{ id: 1, quotaPerDay: 100 }],
    planLimits: [],
    pathRules: defaultPathRules,
    policyVersion: 1,
    credentials: [],
  });
  const lines: string[] = [];
  const written = (waiter: JournalWaiter) => waiter.committed(true);
  gate.journal = {
    record: (line: string, waiter: JournalWaiter) => {
      lines.push(line);
      written(waiter);
    },
    follow: written,
  } as unknown as Journal;
  const check = (requestId: string | null, token = asked.token) =>
    new Promise<Outcome>((resolve) => gate.check({ ...asked, token, requestId }, { send: resolve }));
  /** Lets counters answer until nothing waits for them; the first as told. */
  const answer = async (isUp = true) => {
    waiting.shift()?.(isUp);
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      waiting.shift()?.(true);
    }
  };
  return { check, answer, lines };
}

const asked: CheckRequest = {
  token: "a-token-of-the-provider",
  tokenKey: null,
  surface: "http",
  endpointName: endpoint.name,
  method: null,
  uri: null,
  ip: null,
  userAgent: null,
  scope: null,
  cost: 1,
  recipients: null,
  isProbe: false,
  requestId: null,
  caller: "",
};

describe("a request id that comes again while the first is being counted", () => {
  it("is counted and recorded once, and answered alike", async () => {
    const { check, answer, lines } = gateOnSlowCounters();
    const outcomes = Promise.all([check("r1"), check("r1"), check("r1")]);
    await answer();
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ code: "allowed", limits: [{ used: 1 }] });
    expect(lines).toHaveLength(1);
  });

  it("is counted itself when the first could not be", async () => {
    const { check, answer, lines } = gateOnSlowCounters();
    const outcomes = Promise.all([check("r1"), check("r1")]);
    await answer(false);
    expect(await outcomes).toMatchObject([{ code: "gate_counters" }, { code: "allowed", limits: [{ used: 1 }] }]);
    expect(lines).toHaveLength(1);
  });

  it("holds up no other", async () => {
    const { check, answer, lines } = gateOnSlowCounters();
    const outcomes = Promise.all([check("r1"), check("r2"), check(null), check(null)]);
    await answer();
    expect((await outcomes).map((one) => one.code)).toEqual(Array(4).fill("allowed"));
    expect(lines).toHaveLength(4);
  });
});

it("what is no token is told apart in the journal by its hash, and is not in it", async () => {
  const { check, answer, lines } = gateOnSlowCounters();
  const outcomes = Promise.all([check(null, "gth_a"), check("r1", "gth_b"), check(null, "gth_a"), check(null, "")]);
  await answer();
  expect((await outcomes).map((one) => one.code)).toEqual(Array(4).fill("malformed_token"));
  const keys = lines.map((line) => decodeRecord(line.slice(0, -1))?.refusal?.tokenKey);
  expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(keys).toEqual([keys[0], expect.not.stringContaining(String(keys[0])), keys[0], null]);
  expect(lines.join("")).not.toMatch(/gth_[ab]/);
});
