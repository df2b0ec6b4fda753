import { describe, expect, it } from "vitest";
import type { DecisionCode } from "../vocabulary.ts";
import type { AccountHistory, AccountWindow, MinuteCount } from "./detector.ts";
import { detectors } from "./registry.ts";

/** Every kind of abuse as its detector sees it, and ordinary traffic: each detector fires on its own kind and on no other. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = 20_000 * day + 14 * hour;

const quiet: AccountWindow = {
  nowMs: now,
  accountId: "acc",
  minutes: ordinaryMinutes(),
  refusedPaths: [],
  seconds: [],
  waits: [],
  failingAddresses: [],
  unknownAttempts: [],
  tokens: [{ id: "t1", isRevoked: false }],
};
const calm: AccountHistory = {
  nowMs: now,
  accountId: "acc",
  createdAtMs: now - 400 * day,
  countedFromMs: 0,
  decidedFromMs: 0,
  hours: ordinaryHours(),
  quota: { limit: 100_000, spentToday: 12_000, refusedToday: 0, exhaustedDays: 0, exhaustedAtMs: null },
  networks: networksOf(3),
  usedTokens: [{ id: "t1", createdAtMs: now - 300 * day, lastDayMs: now - day, requestsLastHour: 900 }],
  cohortP95: 20_000,
  requestsToday: 12_000,
  reported: { statusesLastHour: 900, clientErrorsLastHour: 30, recipients: 6_000, bounces: 60, complaints: 2 },
  withoutPolicy: [],
};

function ordinaryMinutes(): MinuteCount[] {
  return Array.from({ length: 60 }, (_, i) => count(i, "allowed", 40));
}
function count(minutesAgo: number, outcome: DecisionCode, requests: number): MinuteCount {
  return { atMs: now - minutesAgo * minute, tokenId: "t1", endpointId: 1, outcome, requests };
}
/** Daily rhythm with a weekly dip and some noise, of 28 days. */
function ordinaryHours(): AccountHistory["hours"] {
  return Array.from({ length: 28 * 24 }, (_, i) => {
    const atMs = Math.floor(now / hour) * hour - (i + 1) * hour;
    const rhythm = 500 + 400 * Math.sin((2 * Math.PI * (atMs % day)) / day);
    return { atMs, requests: Math.round(rhythm * (0.8 + 0.4 * (((i * 7_919) % 100) / 100))) };
  });
}
function networksOf(today: number): AccountHistory["networks"] {
  return Array.from({ length: 28 }, (_, ago) => ({
    tokenId: "t1",
    day: new Date(now - ago * day).toISOString().slice(0, 10),
    networks: ago === 0 ? today : 2 + (ago % 2),
  }));
}
const minutes = (change: Partial<AccountWindow>) => ({ window: { ...quiet, ...change }, history: calm });
const days = (change: Partial<AccountHistory>) => ({ window: quiet, history: { ...calm, ...change } });
const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));

const kinds: Record<string, { window: AccountWindow; history: AccountHistory }> = {
  rate_excess: minutes({
    minutes: many(30, (i) => [count(i, "allowed", 120), count(i, "rate_limited", 40)]).flat(),
    // 40 a minute after each other are no client that waits; none of them is a retry inside a wait of its own address.
    waits: many(300, (i) => ({
      ...{ atMs: now - Math.floor(i / 30) * minute - 50_000 + (i % 30) * 600, address: `203.0.113.${i % 30}` },
      ...{ tokenId: "t1", endpointId: 1, seconds: 20 },
    })),
  }),
  retry_storm: minutes({
    // 450 refusals among 9,000: no rate excess, but two of three come before the wait is over.
    minutes: many(10, (i) => [count(i, "allowed", 900), count(i, "rate_limited", 45)]).flat(),
    waits: many(10, (i) => ({
      atMs: now - i * minute - 30_000,
      tokenId: "t1",
      endpointId: 1,
      seconds: 20,
      address: null,
    })),
    seconds: many(10, (i) =>
      many(10, (s) => ({
        ...{ atMs: Math.floor((now - i * minute - 30_000) / 1_000) * 1_000 + (s + 5) * 1_000, allowed: 0, refused: 3 },
        ...{ tokenId: "t1", endpointId: 1 },
      })),
    ).flat(),
  }),
  probing: minutes({
    refusedPaths: many(40, (i) => ({
      atMs: now - 5 * minute + i * 1_000,
      tokenId: "t1",
      code: "unknown_endpoint",
      path: `/admin/${i}`,
    })),
  }),
  known_scan: minutes({
    refusedPaths: ["/.env", "/.git/config", "/backup.sql", "/.aws/credentials", "/wp-config.php"].map((path, i) => ({
      ...{ atMs: now - 50 * minute + i * 5 * minute, tokenId: "t1", code: "allowed", status: 404, path, asked: path },
    })),
  }),
  credential_attack: minutes({ failingAddresses: many(25, (i) => ({ tokenId: "t1", address: `203.0.113.${i}` })) }),
  dead_token_use: minutes({
    minutes: many(60, (i) => count(i, "token_revoked", 3)),
    tokens: [{ id: "t1", isRevoked: true }],
  }),
  quota_burn: days({
    quota: {
      limit: 100_000,
      spentToday: 100_000,
      refusedToday: 1_500,
      exhaustedDays: 1,
      exhaustedAtMs: now - 6 * hour,
    },
  }),
  quota_overrun: days({
    quota: { limit: 100_000, spentToday: 100_000, refusedToday: 25_000, exhaustedDays: 1, exhaustedAtMs: now - hour },
  }),
  spike: days({ hours: calm.hours.map((one, i) => (i < 2 ? { ...one, requests: one.requests * 9 + 5_000 } : one)) }),
  token_sharing: days({ networks: networksOf(30) }),
  dormant_wakes: days({
    usedTokens: [{ id: "t1", createdAtMs: now - 300 * day, lastDayMs: now - 120 * day, requestsLastHour: 400 }],
  }),
  new_account_races: days({ createdAtMs: now - 5 * day, requestsToday: 90_000 }),
  broken_client: days({ reported: { ...calm.reported, clientErrorsLastHour: 700 } }),
  bounce_rate: days({ reported: { ...calm.reported, bounces: 700 } }),
  complaint_rate: days({ reported: { ...calm.reported, complaints: 40 } }),
  privacy_policy_missing: days({ withoutPolicy: [{ id: "i1", name: "Shop plug-in", problem: null }] }),
};

const fired = ({ window, history }: { window: AccountWindow; history: AccountHistory }) =>
  detectors
    .filter((detector) => {
      if (detector.looksAt === "minutes") return detector.evaluate(window, detector.defaults).length > 0;
      if (detector.looksAt === "history") return detector.evaluate(history, detector.defaults).length > 0;
      return false;
    })
    .map((detector) => detector.id);

describe("each detector", () => {
  it("stays silent on ordinary traffic", () => {
    expect(fired({ window: quiet, history: calm })).toEqual([]);
  });

  it.each(Object.keys(kinds))("fires on its own kind alone: %s", (kind) => {
    const found = kinds[kind];
    expect(found && fired(found)).toEqual([kind]);
  });

  it("has a kind here, but for what people and intakes report", () => {
    expect(detectors.filter((one) => !(one.id in kinds)).map((one) => one.id)).toEqual([
      "token_leak",
      "retired_secret",
      "report",
    ]);
  });

  it("says what it saw under its own name, and knows its own severity", () => {
    for (const { window, history } of Object.values(kinds))
      for (const detector of detectors) {
        if (detector.looksAt === "reported") continue;
        const signals =
          detector.looksAt === "minutes"
            ? detector.evaluate(window, detector.defaults)
            : detector.evaluate(history, detector.defaults);
        for (const signal of signals) {
          expect(signal.facts.kind).toBe(detector.id);
          expect(signal.severity).toBeGreaterThanOrEqual(1);
          expect(Object.values(signal.evidence).every(Number.isFinite)).toBe(true);
        }
      }
  });
});

describe("robots are normal", () => {
  it("regular calls to few endpoints, day and night, raise nothing", () => {
    const regular = many(28 * 24, (i) => ({ atMs: Math.floor(now / hour) * hour - (i + 1) * hour, requests: 3_600 }));
    expect(fired({ window: quiet, history: { ...calm, hours: regular } })).toEqual([]);
  });
  it("a burst of one hour is not a spike", () => {
    const hours = calm.hours.map((one, i) => (i === 0 ? { ...one, requests: one.requests * 9 + 5_000 } : one));
    expect(fired({ window: quiet, history: { ...calm, hours } })).toEqual([]);
  });
});

describe("thresholds", () => {
  it("are data: a changed one changes what fires", () => {
    const spike = detectors.find((one) => one.id === "spike");
    const found = kinds.spike;
    if (spike?.looksAt !== "history" || !found) throw new Error("no spike");
    expect(spike.evaluate(found.history, { z: 1_000 })).toEqual([]);
    expect(spike.evaluate(found.history, {})).toHaveLength(1);
  });
});
