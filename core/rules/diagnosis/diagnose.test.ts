import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as words from "#words/words.ts";
import { decisionCodes } from "../vocabulary.ts";
import { diagnose } from "./diagnose.ts";
import {
  type DiagnosisFacts,
  type EndpointFacts,
  type FindingKind,
  findingKinds,
  type LimitedSpell,
} from "./finding.ts";
import { bulkOf } from "./single-sends.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const today = 20_000 * 24 * hour;
const now = today + 14 * hour + 30 * minute;

const limiter = { name: "endpoint-rate", limit: 120, windowSeconds: 60 };
const route = (id: number, method: string, path: string): EndpointFacts => ({
  ...{ id, name: `e${id}`, surface: "http", method, path, limit: 120, windowSeconds: 60 },
});
const send = route(1, "POST", "/v1/email");
const bulk = route(2, "POST", "/v1/bulk-email");
const list = route(3, "GET", "/v1/domains");
const one = route(4, "GET", "/v1/domains/{id}");

const nothing: DiagnosisFacts = {
  ...{ nowMs: now, fromMs: now - 24 * hour, quotaPerDay: 100_000, endpoints: [send, bulk, list, one] },
  ...{ counts: [], spells: [], bursts: [], tooDear: [], refused: [], minutes: [], networks: [] },
};

type Count = DiagnosisFacts["counts"][number];
const count = (outcome: Count["outcome"], requests: number, rest: Partial<Count> = {}): Count => ({
  ...{
    tokenId: "t1",
    endpointId: 1,
    outcome,
    requests,
    requestsToday: requests,
    firstAtMs: now - hour,
    lastAtMs: now - minute,
  },
  spentToday: outcome === "allowed" ? requests : 0,
  ...rest,
});
const many = <T>(n: number, of: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => of(i));
const spell = (rest: Partial<LimitedSpell>): Partial<DiagnosisFacts> => ({
  spells: [
    {
      ...{ tokenId: "t1", endpointId: 1, fromMs: now - 10 * minute, toMs: now, seconds: [], waits: [], limiter },
      ...rest,
    },
  ],
});

/** `early` refusals while told to wait, among `refused`. */
const retries = (early: number, refused: number) =>
  spell({
    waits: [{ atMs: now - 5 * minute, seconds: 60, address: null }],
    seconds: [
      { atMs: now - 6 * minute, allowed: 900, refused: refused - early },
      { atMs: now - 5 * minute + 30 * second, allowed: 0, refused: early },
      // And nobody when the wait was over.
      { atMs: now - 3 * minute - 30 * second, allowed: 1, refused: 0 },
    ],
  });
/** Refused and back so often after so many seconds, each time told to wait a minute from the first one on. */
const fixedRetries = (tries: number, everySeconds: number) =>
  spell({
    waits: many(tries, (i) => ({ atMs: now - 5 * minute + i * everySeconds * second, seconds: 60, address: null })),
    seconds: many(tries, (i) => ({ atMs: now - 5 * minute + i * everySeconds * second, allowed: 0, refused: 1 })),
  });
/** So many workers, each of an address of its own, refused one second after the other in each of so many minutes. */
const workers = (count: number, minutes: number) => {
  const told = many(minutes * count, (i) => ({
    ...{ atMs: now - (1 + Math.floor(i / count)) * minute + (i % count) * second, seconds: 50 },
    address: `192.0.2.${i % count}`,
  }));
  return spell({ waits: told, seconds: told.map(({ atMs }) => ({ atMs, allowed: 1, refused: 1 })) });
};
/** Refused once in each of so many minutes, `each` at a time, and back when the wait is over. */
const obedient = (minutes: number, each: number) => {
  const told = many(minutes, (m) => ({
    ...{ atMs: now - (m + 1) * minute + ((m * 17) % 50) * second, seconds: 5, address: null },
  }));
  return spell({ waits: told, seconds: told.map(({ atMs }) => ({ atMs, allowed: 130, refused: each })) });
};
/** So many times, so far apart: `at` requests at second :00, half of them refused, and `other` spread over that minute. */
const herd = (times: number, at: number, other: number, everyMs = minute, atSecond = 0, refused = at / 2) => ({
  bursts: many(times, (m) => now - (m + 1) * everyMs + atSecond * second)
    .flatMap((startMs) => [
      { atMs: startMs, allowed: at - refused, refused },
      ...many(other, (i) => ({ atMs: startMs + (5 + i * 2) * second, allowed: 1, refused: 0 })),
    ])
    .map((row) => ({ ...row, tokenId: "t1", endpointId: 1 })),
});
const polled = (perMinute: number[], rest: Partial<Count>) => ({
  minutes: perMinute.map((requests, i) => ({ atMs: now - i * minute, tokenId: "t1", endpointId: 3, requests })),
  counts: [count("allowed", 25_000, { endpointId: 3, ...rest })],
});
const path = (code: Count["outcome"], requests: number) => ({
  refused: [
    {
      ...{ tokenId: "t1", endpointId: 0, code, method: "GET", path: "/v2/mail", missingScope: null, limiterName: null },
      ...{ requests, addresses: 1, firstAtMs: now - hour, lastAtMs: now },
    },
  ],
});
const tooDear = (requests: number) => ({
  tooDear: [{ tokenId: "t1", endpointId: 1, requests, cost: 200, limiter, firstAtMs: now - hour, lastAtMs: now }],
});
const shared = (spent: number, own: number) => ({
  counts: [count("allowed", own), count("allowed", spent - own, { tokenId: "t2" })],
});

const answered = (status: number, requests: number, all = requests) => ({
  answered: [
    {
      ...{ tokenId: "t1", endpointId: 1, status, method: "POST", path: "/v1/email", requests },
      ...{ firstAtMs: now - hour, lastAtMs: now - minute },
    },
  ],
  counts: [count("allowed", all)],
});
const walked = (ids: number, apart = 1) => ({
  walked: [
    {
      ...{ tokenId: "t1", endpointId: 4, method: "GET", path: "/v1/domains/{n}", requests: ids, ids },
      ...{ lowest: 1, highest: Math.round(ids * apart), firstAtMs: now - hour, lastAtMs: now - minute },
    },
  ],
});

/** Each threshold just reached and just missed. */
const cases: [FindingKind, is: Partial<DiagnosisFacts>, isNot: Partial<DiagnosisFacts>][] = [
  ["retries_without_waiting", retries(10, 50), retries(9, 9)],
  ["retries_without_waiting", retries(200, 1_000), retries(199, 1_000)],
  ["no_backoff", fixedRetries(22, 1), fixedRetries(20, 1)],
  ["no_backoff", fixedRetries(22, 1), fixedRetries(40, 0.4)],
  ["demand_above_limit", obedient(5, 2), obedient(4, 20)],
  ["demand_above_limit", obedient(9, 2), obedient(9, 1)],
  ["wrong_content_type", answered(415, 20), answered(415, 19)],
  ["same_request_failed", answered(422, 100), answered(422, 99)],
  ["same_request_failed", answered(400, 100, 200), answered(400, 100, 201)],
  ["same_request_failed", answered(403, 1_000), answered(404, 1_000)],
  ["same_request_failed", answered(405, 1_000), answered(409, 1_000)],
  ["walking_ids", walked(50), walked(49)],
  ["walking_ids", walked(306, 4), walked(306, 4.1)],
  ["thundering_herd", herd(3, 20, 0), herd(2, 100, 0)],
  ["thundering_herd", herd(6, 20, 10), herd(6, 18, 10)],
  ["thundering_herd", herd(6, 20, 20), herd(6, 20, 21)],
  ["thundering_herd", herd(3, 50, 0, minute, 0, 10), herd(3, 49, 0, minute, 0, 9)],
  ["thundering_herd", herd(3, 60, 0, minute, 0, 12), herd(3, 60, 0, minute, 0, 11)],
  ["thundering_herd", herd(3, 60, 0, hour), herd(3, 60, 0, hour, 17)],
  ["thundering_herd", herd(3, 60, 0, 24 * hour), herd(2, 60, 0, 24 * hour)],
  ["thundering_herd", herd(10, 60, 0, minute, 17), herd(9, 60, 0, minute, 17)],
  ["parallel_workers", workers(3, 5), workers(2, 10)],
  ["parallel_workers", workers(3, 5), workers(3, 4)],
  ["parallel_workers", workers(11, 2), workers(20, 1)],
  ["calls_after_quota", { counts: [count("quota_exceeded", 1_000)] }, { counts: [count("quota_exceeded", 999)] }],
  [
    "calls_after_quota",
    { quotaPerDay: 100, counts: [count("quota_exceeded", 50)] },
    { quotaPerDay: 100, counts: [count("quota_exceeded", 49)] },
  ],
  ["quota_spent_by_one_token", shared(80_000, 64_000), shared(79_999, 79_000)],
  ["quota_spent_by_one_token", shared(80_000, 64_000), shared(80_000, 63_999)],
  ["single_sends", { counts: [count("allowed", 25_000)] }, { counts: [count("allowed", 24_999)] }],
  [
    "single_sends",
    { quotaPerDay: 4_000, counts: [count("allowed", 1_000)] },
    { quotaPerDay: 3_996, counts: [count("allowed", 999)] },
  ],
  ["single_sends", { counts: [count("allowed", 25_000)] }, { counts: [count("allowed", 25_000, { endpointId: 2 })] }],
  [
    "tight_polling",
    polled(
      many(50, () => 12),
      {},
    ),
    polled(
      many(49, () => 12),
      {},
    ),
  ],
  [
    "tight_polling",
    polled(
      many(50, () => 12),
      {},
    ),
    polled(
      many(60, () => 11),
      {},
    ),
  ],
  [
    "tight_polling",
    polled(
      many(60, (i) => (i % 2 ? 13 : 7) * 2),
      {},
    ),
    polled(
      many(60, (i) => (i % 2 ? 14 : 7) * 2),
      {},
    ),
  ],
  [
    "tight_polling",
    polled(
      many(60, () => 60),
      {},
    ),
    polled(
      many(60, () => 60),
      { spentToday: 24_999 },
    ),
  ],
  ["cost_above_limit", tooDear(3), tooDear(2)],
  ["missing_scope", { counts: [count("insufficient_scope", 10)] }, { counts: [count("insufficient_scope", 9)] }],
  ["dead_token", { counts: [count("token_revoked", 20)] }, { counts: [count("token_revoked", 19)] }],
  ["dead_token", { counts: [count("token_expired", 20)] }, { counts: [count("token_expired", 19)] }],
  ["dead_token", { counts: [count("token_paused", 20)] }, { counts: [count("token_paused", 19)] }],
  ["same_request_refused", path("unknown_endpoint", 20), path("unknown_endpoint", 19)],
  ["same_request_refused", path("ip_not_allowed", 20), path("rate_limited", 20)],
];

describe("the diagnosis", () => {
  it.each(cases)("finds %s at its threshold and not below it", (kind, is, isNot) => {
    expect(kindsOf(is)).toContain(kind);
    expect(kindsOf(isNot)).not.toContain(kind);
  });

  it("has a case for each kind", () => {
    expect(new Set(cases.map(([kind]) => kind))).toEqual(new Set(findingKinds));
  });

  it("finds nothing in ordinary traffic", () => {
    const perMinute = many(60, (i) => ({
      atMs: now - i * minute,
      tokenId: "t1",
      endpointId: 3,
      requests: 30 + (i % 9),
    }));
    const counts = [
      count("allowed", 20_000),
      count("allowed", 4_000, { endpointId: 3 }),
      count("rate_limited", 12),
      count("insufficient_scope", 2),
    ];
    const seconds = many(300, (i) => ({ atMs: now - i * 2 * second, allowed: 2, refused: i === 150 ? 12 : 0 }));
    const waits = [{ atMs: now - 300 * second, seconds: 1, address: null }];
    expect(kindsOf({ counts, minutes: perMinute, ...spell({ seconds, waits }) })).toEqual([]);
  });

  it("names token, endpoint, time and numbers", () => {
    const counts = [count("rate_limited", 460), count("rate_limited", 9, { endpointId: 3 })];
    expect(diagnose({ ...nothing, ...retries(400, 1_000), counts })).toEqual([
      {
        kind: "retries_without_waiting",
        tokenId: "t1",
        endpointId: 1,
        fromMs: now - 6 * minute,
        toMs: now,
        isOver: false,
        requests: 400,
        refused: 460,
        facts: { early: 400, refused: 1_000, limiter },
      },
    ]);
  });

  it("says the exact thing once: what is seen more exactly is not said in general as well", () => {
    const seconds = many(10, (m) => ({ atMs: now - m * minute - 10 * second, allowed: 0, refused: 30 }));
    const told = { waits: many(10, (m) => ({ atMs: now - m * minute - 20 * second, seconds: 20, address: null })) };
    expect(kindsOf({ ...spell({ seconds }), ...herd(10, 60, 0) })).toEqual(["thundering_herd"]);
    const spread = seconds.map((row, i) => ({ ...row, atMs: row.atMs + ((i * 7) % 9) * second }));
    expect(kindsOf(spell({ seconds: spread }))).toEqual(["demand_above_limit"]);
    expect(kindsOf(spell({ seconds: spread, ...told }))).toEqual(["retries_without_waiting"]);
    expect(kindsOf(fixedRetries(40, 1))).toEqual(["no_backoff"]);
    expect(kindsOf(workers(8, 9))).toEqual(["parallel_workers"]);
  });

  it("keeps what it has found through a weaker moment, since when it began, and calls it over after half an hour", () => {
    const tries = (fromMs: number, count: number) =>
      many(count, (i) => ({ atMs: fromMs + i * 8 * second, seconds: 60, address: null }));
    // 40 tries, then for a quarter of an hour 9 early ones in ten minutes at most: fewer than it takes to find it.
    const waits = [...tries(now - 30 * minute, 40), ...many(6, (i) => tries(now - (21 - 4 * i) * minute, 4)).flat()];
    const seconds = waits.map(({ atMs }) => ({ atMs, allowed: 0, refused: 1 }));
    const toMs = waits.at(-1)?.atMs ?? 0;
    const later = (minutes: number) =>
      diagnose({ ...nothing, nowMs: toMs + minutes * minute, ...spell({ waits, seconds, toMs }) })[0];
    expect(later(0)).toMatchObject({ kind: "no_backoff", fromMs: now - 30 * minute, isOver: false });
    expect(later(30)).toMatchObject({ kind: "no_backoff", isOver: false });
    expect(later(31)).toMatchObject({ kind: "no_backoff", fromMs: now - 30 * minute, isOver: true });
    const fresh = waits.filter(({ atMs }) => atMs >= now - 22 * minute);
    expect(
      kindsOf(spell({ waits: fresh, seconds: seconds.filter((one) => one.atMs >= now - 22 * minute), toMs })),
    ).toEqual([]);
  });

  it("sees a herd that comes over the turn of the minute", () => {
    const bursts = many(12, (i) => ({
      ...{ atMs: now - (1 + Math.floor(i / 3)) * minute + (59 + (i % 3)) * second, allowed: 5, refused: 5 },
      ...{ tokenId: "t1", endpointId: 1 },
    }));
    expect(diagnose({ ...nothing, bursts })[0]?.facts).toMatchObject({
      within: 120,
      all: 120,
      fromSecond: 59,
      toSecond: 1,
      times: 4,
      everySeconds: 60,
    });
  });

  it("takes one burst for no herd", () => {
    expect(kindsOf(herd(1, 500, 0))).not.toContain("thundering_herd");
  });

  it("puts first what costs most refusals", () => {
    const counts = [count("insufficient_scope", 30), count("token_revoked", 500, { tokenId: "t2" })];
    expect(diagnose({ ...nothing, counts }).map(({ kind, refused }) => [kind, refused])).toEqual([
      ["dead_token", 500],
      ["missing_scope", 30],
    ]);
  });

  it("knows the limit of the token's own day, and the scope that is missing", () => {
    const kept = {
      endpointId: 1,
      method: null,
      path: null,
      addresses: 1,
      firstAtMs: now - hour,
      lastAtMs: now,
      requests: 3,
      tokenId: "t1",
    };
    const found = diagnose({
      ...nothing,
      counts: [count("quota_exceeded", 2_000), count("insufficient_scope", 40)],
      refused: [
        { ...kept, code: "quota_exceeded", missingScope: null, limiterName: "token-quota" },
        { ...kept, code: "insufficient_scope", missingScope: "email:send", limiterName: null },
      ],
    });
    expect(found.map(({ facts }) => facts)).toEqual([
      { requests: 2_000, isTokenCap: true },
      { requests: 40, scope: "email:send" },
    ]);
  });

  it.each([
    ["POST", "/v1/email", "/v1/bulk-email", true],
    ["POST", "/v1/email", "/v1/email/bulk", true],
    ["POST", "/v1/email", "/v1/email/batch", true],
    ["POST", "/v1/email", "/v1/email-batch", true],
    ["POST", "/v1/email", "/v1/bulk-sms", false],
    ["POST", "/v1/email", "/v2/bulk-email", false],
    ["POST", "/v1/bulk-email", "/v1/bulk-email/bulk", false],
    ["GET", "/v1/email", "/v1/bulk-email", false],
  ])("%s %s has %s as its bulk call: %s", (method, single, other, is) => {
    expect(bulkOf(route(1, method, single), [route(1, method, single), route(2, "POST", other)]) !== undefined).toBe(
      is,
    );
  });

  it("holds for any facts: one finding per kind, token, endpoint and facts, none without requests, none in the future", () => {
    const tokenId = fc.constantFrom("t1", "t2");
    const endpointId = fc.constantFrom(0, 1, 2, 3);
    const amount = fc.integer({ min: 1, max: 50_000 });
    const atMs = fc.integer({ min: 0, max: 599 }).map((ago) => now - ago * second);
    const facts = fc.record({
      ...{ nowMs: fc.constant(now), fromMs: fc.constant(nothing.fromMs), endpoints: fc.constant(nothing.endpoints) },
      quotaPerDay: fc.option(fc.integer({ min: 0, max: 100_000 })),
      counts: fc.uniqueArray(
        fc.record({ tokenId, endpointId, outcome: fc.constantFrom(...decisionCodes), requests: amount }),
        { selector: (row) => `${row.tokenId} ${row.endpointId} ${row.outcome}`, maxLength: 40 },
      ),
      spells: fc.array(
        fc.record({
          seconds: fc.array(fc.record({ atMs, allowed: fc.nat(90), refused: fc.nat(90) }), { maxLength: 60 }),
          waits: fc.array(
            fc.record({ atMs, seconds: fc.nat(90), address: fc.option(fc.constantFrom("a", "b", "c")) }),
            {
              maxLength: 60,
            },
          ),
        }),
        { maxLength: 1 },
      ),
      bursts: fc.array(fc.record({ atMs, tokenId, endpointId, allowed: fc.nat(90), refused: fc.nat(90) }), {
        maxLength: 60,
      }),
      minutes: fc.array(fc.record({ atMs, tokenId, endpointId, requests: amount }), { maxLength: 60 }),
      networks: fc.array(fc.record({ tokenId, network: fc.ipV4(), requests: amount }), { maxLength: 12 }),
    });
    fc.assert(
      fc.property(facts, ({ counts, spells, ...rest }) => {
        const found = diagnose({
          ...rest,
          ...{ refused: [], tooDear: [] },
          counts: counts.map((row) => count(row.outcome, row.requests, row)),
          spells: spells.flatMap((own) => spell(own).spells ?? []),
        });
        const keys = found.map((row) => `${row.kind} ${row.tokenId} ${row.endpointId} ${JSON.stringify(row.facts)}`);
        expect(new Set(keys).size).toBe(keys.length);
        for (const finding of found) {
          const { requests, refused, fromMs, toMs } = finding;
          const { evidence, instruction } = words.finding(finding);
          expect(requests).toBeGreaterThan(0);
          expect(refused).toBeGreaterThanOrEqual(0);
          expect(fromMs).toBeLessThanOrEqual(toMs);
          expect(toMs).toBeLessThanOrEqual(now);
          const said = `${evidence} ${instruction}`;
          expect(said).not.toMatch(/NaN|undefined|null|Infinity/);
          for (const [, part, whole] of said.matchAll(/([\d,]+) of ([\d,]+|ten minutes)/g))
            expect(numberOf(part)).toBeLessThanOrEqual(numberOf(whole));
          for (const [, share] of said.matchAll(/([\d,.]+)%/g)) expect(numberOf(share)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});

function numberOf(text: string | undefined): number {
  return text === "ten minutes" ? 10 : Number(text?.replaceAll(",", ""));
}

function kindsOf(facts: Partial<DiagnosisFacts>): FindingKind[] {
  return diagnose({ ...nothing, ...facts }).map((found) => found.kind);
}
