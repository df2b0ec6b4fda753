import { describe, expect, it } from "vitest";
import type { DecisionCode } from "../vocabulary.ts";
import type { AccountHistory, AccountWindow, RefusedPath } from "./detector.ts";
import { detectors } from "./registry.ts";

/** Ordinary customers that looked like abuse, and abuse that looked ordinary. What each detector reads is made as the readers make it. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const now = 20_000 * day + 14 * hour + 30 * minute;
const lastHour = 20_000 * day + 13 * hour;

const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const hoursOf = (requests: (hoursAgo: number) => number, howMany = 28 * 24): AccountHistory["hours"] =>
  many(howMany, (ago) => ({ atMs: lastHour - ago * hour, requests: requests(ago) }));
const networksOf = (of: (daysAgo: number) => { networks: number; requests: number }, days = 28) =>
  many(days, (ago) => ({ tokenId: "t1", day: new Date(now - ago * day).toISOString().slice(0, 10), ...of(ago) }));

const window: AccountWindow = {
  ...{
    nowMs: now,
    accountId: "acc",
    refusedPaths: [],
    seconds: [],
    waits: [],
    failingAddresses: [],
    unknownAttempts: [],
  },
  minutes: many(60, (i) => ({
    ...{ atMs: now - i * minute, tokenId: "t1", endpointId: 1, outcome: "allowed" as const, requests: 15 },
  })),
  tokens: [{ id: "t1", isRevoked: false }],
};
const history: AccountHistory = {
  ...{ nowMs: now, accountId: "acc", createdAtMs: now - 400 * day, countedFromMs: 0, decidedFromMs: 0 },
  hours: hoursOf(() => 1_000),
  knownShare: 1,
  quota: { limit: null, spentToday: 0, refusedToday: 0, exhaustedDays: 0, exhaustedAtMs: null },
  networks: networksOf(() => ({ networks: 3, requests: 24_000 })),
  usedTokens: [],
  ...{ cohortP95: 50_000, requestsToday: 14_000, withoutPolicy: [] },
  reported: { statusesLastHour: 1_000, clientErrorsLastHour: 30, recipients: 0, bounces: 0, complaints: 0 },
};

function flagsOf(seen: Partial<AccountWindow> & Partial<AccountHistory>): string[] {
  return detectors.flatMap((one) => {
    const signals =
      one.looksAt === "minutes"
        ? one.evaluate({ ...window, ...seen }, one.defaults)
        : one.looksAt === "history"
          ? one.evaluate({ ...history, ...seen }, one.defaults)
          : [];
    return signals.map((signal) => `${one.id} ${signal.severity}`);
  });
}

const wrong = (
  howMany: number,
  everyMs: number,
  of: (i: number) => Partial<RefusedPath> & { path: string },
): RefusedPath[] =>
  many(howMany, (i) => ({
    ...{ atMs: now - (howMany - i) * everyMs, tokenId: "t1", code: "unknown_endpoint" as DecisionCode, ...of(i) },
  }));

describe("not flagged", () => {
  const mailing = (ago: number) => (ago < 3 ? 250_000 : 1_000);
  const aMonthAgo = (days: number) =>
    many(3, (ago) => ({ atMs: lastHour - days * day - ago * hour, requests: 240_000 }));
  it.each<[string, Partial<AccountWindow> & Partial<AccountHistory>]>([
    ["nothing special", {}],
    [
      "a mobile app in its first days, on 10,000 networks",
      { networks: networksOf((ago) => ({ networks: 10_000 / (ago + 1), requests: 60_000 / (ago + 1) }), 6) },
    ],
    [
      "the second token of an app on 10,000 networks, a week old",
      {
        networks: [
          ...networksOf(() => ({ networks: 10_000, requests: 90_000 })).map((one) => ({ ...one, tokenId: "t0" })),
          ...networksOf((ago) => ({ networks: ago === 0 ? 9_000 : 2, requests: ago === 0 ? 80_000 : 5 }), 10),
        ],
      },
    ],
    [
      "a move from one server to a serverless platform, 1 to 14 networks",
      { networks: networksOf((ago) => ({ networks: ago === 0 ? 14 : 1, requests: 24_000 })) },
    ],
    ["a monthly mailing, 250 times the usual", { hours: [...hoursOf(mailing), ...aMonthAgo(30)] }],
    ["a mailing on the first Monday", { hours: [...hoursOf(mailing), ...aMonthAgo(35)] }],
    ["a mailing every second month", { hours: [...hoursOf(mailing), ...aMonthAgo(60)] }],
    ["an unannounced backfill, 20 times the usual", { hours: hoursOf((ago) => (ago < 5 ? 20_000 : 1_000)) }],
    ["a backfill of which its limits refuse most", { hours: hoursOf((ago) => (ago < 5 ? 29_000 : 1_000)) }],
    ["a sale, 4 times the usual", { hours: hoursOf((ago) => (ago < 8 ? 4_000 : 1_000)) }],
    [
      "a read-only integration that is refused once on each of 12 objects",
      { refusedPaths: wrong(12, 1_000, () => ({ path: "/v1/domains/{id}", code: "insufficient_scope" })) },
    ],
    [
      "sixty people behind one address who each mistype two paths in a minute",
      { refusedPaths: wrong(120, 500, (i) => ({ path: `/typo${i}`, tokenId: `t${i % 60}`, address: "192.0.2.9" })) },
    ],
    [
      "an endpoint that its provider closes",
      { refusedPaths: wrong(400, 5_000, () => ({ path: "/reports/**", code: "endpoint_denied" })) },
    ],
    ["a client of version 2 a day early", { refusedPaths: wrong(400, 5_000, () => ({ path: "/v2/**" })) }],
    [
      "a client that asks whether things exist",
      { refusedPaths: wrong(900, 4_000, () => ({ path: "/v1/domains/{id}", code: "allowed", status: 404 })) },
    ],
    [
      "twenty phones with the token from before a rotation",
      { failingAddresses: many(20, (i) => ({ tokenId: "t1", address: `a${i}`, isKnown: false })), usualNetworks: 15 },
    ],
    [
      "thirty servers with the token from before a rotation",
      { failingAddresses: many(30, (i) => ({ tokenId: "t1", address: `a${i}`, isKnown: true })) },
    ],
    [
      "a job once a quarter",
      {
        usedTokens: [
          {
            ...{ id: "q", createdAtMs: now - 400 * day, wokeDayMs: now - hour, lastDayMs: now - 92 * day },
            ...{ requestsLastHour: 5_000, wakesBefore: 4_000 },
          },
        ],
      },
    ],
    [
      "the second account of an old customer",
      { createdAtMs: now - 3 * day, requestsToday: 900_000, hasOlderSister: true },
    ],
  ])("%s", (_who, seen) => {
    expect(flagsOf(seen)).toEqual([]);
  });
});

describe("found", () => {
  it.each<[string, Partial<AccountWindow> & Partial<AccountHistory>, string[]]>([
    [
      "one new path in 11 seconds under 900 good calls",
      { refusedPaths: wrong(327, 11_000, (i) => ({ path: `/a${i}` })) },
      ["probing 2"],
    ],
    [
      "nine paths on each of 40 tokens, from one address",
      { refusedPaths: wrong(360, 1_000, (i) => ({ path: `/a${i}`, tokenId: `t${i % 40}`, address: "192.0.2.9" })) },
      ["probing 2"],
    ],
    [
      "nine paths on each of 40 tokens, each from its own address",
      {
        refusedPaths: wrong(360, 1_000, (i) => ({
          path: `/a${i}`,
          tokenId: `t${i % 40}`,
          address: `192.0.2.${i % 40}`,
        })),
      },
      ["probing 2"],
    ],
    [
      "50 times the usual every other hour, from its own networks",
      { hours: hoursOf((ago) => (ago < 12 && ago % 2 === 0 ? 50_000 : 1_000)) },
      ["spike 2"],
    ],
    [
      "5 times the usual from new networks",
      { hours: hoursOf((ago) => (ago < 3 ? 5_000 : 1_000)), knownShare: 0.2 },
      ["spike 1"],
    ],
    [
      "a night as loud as any day, although days were as loud a month ago",
      {
        hours: [
          ...hoursOf((ago) => (ago < 3 ? 5_000 : 1_000)),
          ...many(10, (i) => ({ atMs: lastHour - 30 * day + (5 + i) * hour, requests: 5_000 })),
        ],
        knownShare: 0.2,
      },
      ["spike 1"],
    ],
    [
      "a dormant token on its second day",
      {
        usedTokens: [
          {
            ...{ id: "q", createdAtMs: now - 400 * day, wokeDayMs: now - 38 * hour, lastDayMs: now - 102 * day },
            requestsLastHour: 2_500,
          },
        ],
      },
      ["dormant_wakes 1"],
    ],
    [
      "50 times its plan, 31 days old",
      { createdAtMs: now - 31 * day, requestsToday: 2_500_000 },
      ["new_account_races 2"],
    ],
    [
      "a token that 14 people use, each with his own traffic",
      { networks: networksOf((ago) => ({ networks: ago === 0 ? 14 : 1, requests: ago === 0 ? 90_000 : 24_000 })) },
      ["token_sharing 1"],
    ],
    [
      "a token in 20 networks, without more traffic",
      { networks: networksOf((ago) => ({ networks: ago === 0 ? 20 : 1, requests: 24_000 })) },
      ["token_sharing 1"],
    ],
    [
      "a dead token tried from 60 strange addresses",
      { failingAddresses: many(60, (i) => ({ tokenId: "t1", address: `a${i}`, isKnown: false })), usualNetworks: 15 },
      ["credential_attack 2"],
    ],
    [
      "60 bounces of 199 recipients",
      { reported: { ...history.reported, recipients: 199, bounces: 60 } },
      ["bounce_rate 1"],
    ],
  ])("%s", (_who, seen, flags) => {
    expect(flagsOf(seen)).toEqual(flags);
  });

  it("a dormant token is no longer said to wake once somebody has looked at it", () => {
    const usedTokens = [
      {
        ...{ id: "q", createdAtMs: now - 400 * day, wokeDayMs: now - 38 * hour, lastDayMs: now - 102 * day },
        requestsLastHour: 2_500,
      },
    ];
    expect(flagsOf({ usedTokens, decidedFromMs: now - 2 * hour })).toEqual([]);
  });
});

/** Stays open: whoever flags these flags as many who do nothing wrong. `docs/detectors.md` says so. */
describe("not found, on purpose", () => {
  it.each<[string, Partial<AccountWindow> & Partial<AccountHistory>]>([
    [
      "a thief's one more network",
      { networks: networksOf((ago) => ({ networks: ago === 0 ? 4 : 3, requests: 25_000 })) },
    ],
    ["a resale constant from its first day", { networks: networksOf(() => ({ networks: 30, requests: 60_000 })) }],
    [
      "a resale that grows by one network a day",
      { networks: networksOf((ago) => ({ networks: 40 - ago, requests: 2_000 * (40 - ago) })) },
    ],
    ["one wrong path in 40 seconds", { refusedPaths: wrong(90, 40_000, (i) => ({ path: `/a${i}` })) }],
  ])("%s", (_who, seen) => {
    expect(flagsOf(seen)).toEqual([]);
  });
});
