import { describe, expect, it } from "vitest";
import type { DecisionCode } from "../vocabulary.ts";
import { type AccountWindow, detectorIds, type MinuteCount } from "./detector.ts";
import { probing } from "./probing.ts";
import { rateExcess } from "./rate-excess.ts";
import { detectors } from "./registry.ts";
import { thresholdKeys } from "./threshold-keys.ts";

const now = 10 * 3_600_000;
const minute = 60_000;

function counts(
  rows: [minutesAgo: number, outcome: DecisionCode, requests: number, tokenId?: string][],
): MinuteCount[] {
  return rows.map(([ago, outcome, requests, tokenId = "t1"]) => ({
    atMs: now - ago * minute,
    tokenId,
    endpointId: 1,
    outcome,
    requests,
  }));
}
const windowOf = (minutes: MinuteCount[], refusedPaths: AccountWindow["refusedPaths"] = []): AccountWindow => ({
  nowMs: now,
  accountId: "acc",
  minutes,
  refusedPaths,
  seconds: [],
  waits: [],
  failingAddresses: [],
  unknownAttempts: [],
  tokens: [],
});
const run = (detector: (typeof detectors)[number], window: AccountWindow) =>
  detector.looksAt === "minutes" ? detector.evaluate(window, detector.defaults) : [];

describe("rate_excess", () => {
  it("fires when both windows agree and there is enough of it", () => {
    const [signal] = run(
      rateExcess,
      windowOf(
        counts([
          [2, "allowed", 300],
          [2, "rate_limited", 100],
        ]),
      ),
    );
    expect(signal).toMatchObject({ scope: "token", scopeId: "t1", severity: 1, magnitude: 100 });
    expect(signal?.facts).toEqual({
      ...{ kind: "rate_excess", shareOf10Minutes: 0.25, shareOf60Minutes: 0.25, refused: 100, requests: 400 },
    });
  });
  it("is severe from half refused on", () => {
    expect(
      run(
        rateExcess,
        windowOf(
          counts([
            [2, "allowed", 120],
            [2, "rate_limited", 120],
          ]),
        ),
      )[0]?.severity,
    ).toBe(2);
  });
  it.each<[string, Parameters<typeof counts>[0]]>([
    [
      "99 refused",
      [
        [2, "allowed", 100],
        [2, "rate_limited", 99],
      ],
    ],
    [
      "a hiccup in an hour of good traffic",
      [
        [40, "allowed", 5_000],
        [2, "allowed", 100],
        [2, "rate_limited", 100],
      ],
    ],
    [
      "an offence that is over",
      [
        [30, "allowed", 100],
        [30, "rate_limited", 500],
        [2, "allowed", 100],
      ],
    ],
    [
      "refusals for other reasons",
      [
        [2, "allowed", 10],
        [2, "quota_exceeded", 500],
        [2, "insufficient_scope", 500],
      ],
    ],
    ["no traffic", []],
  ])("stays quiet on %s", (_what, rows) => {
    expect(run(rateExcess, windowOf(counts(rows)))).toEqual([]);
  });
  it("sees an offence spread over many tokens as the account's", () => {
    const rows = Array.from({ length: 10 }, (_, i): [number, DecisionCode, number, string][] => [
      [2, "allowed", 40, `t${i}`],
      [2, "rate_limited", 20, `t${i}`],
    ]).flat();
    expect(run(rateExcess, windowOf(counts(rows)))).toMatchObject([
      { scope: "account", scopeId: "acc", magnitude: 200 },
    ]);
  });
});

describe("probing", () => {
  const paths = (n: number, everySeconds: number, code: DecisionCode = "unknown_endpoint", distinct = true) =>
    Array.from({ length: n }, (_, i) => ({
      atMs: now - (n - i) * everySeconds * 1000,
      tokenId: "t1",
      code,
      path: distinct ? `/admin/${i}` : "/admin",
    }));
  const refused = (n: number, code: DecisionCode = "unknown_endpoint") => counts([[2, code, n]]);

  it("fires on many distinct refused paths in a short time", () => {
    expect(run(probing, windowOf(refused(12), paths(12, 1)))).toMatchObject([{ scope: "token", severity: 2 }]);
  });
  it.each<[string, AccountWindow]>([
    ["the same wrong path again and again", windowOf(refused(100), paths(100, 1, "unknown_endpoint", false))],
    ["a few wrong paths, slowly", windowOf(refused(100), paths(100, 20))],
    ["paths that were only rate limited", windowOf(refused(150, "rate_limited"), paths(150, 1, "rate_limited"))],
  ])("stays quiet on %s", (_what, window) => {
    expect(run(probing, window)).toEqual([]);
  });
  it("fires on a large share of calls that were not for it, but not below 200 calls or five paths", () => {
    const window = (calls: number, distinct: number) =>
      windowOf(
        counts([
          [2, "allowed", calls * 0.7],
          [2, "insufficient_scope", calls * 0.3],
        ]),
        paths(distinct, 60, "insufficient_scope"),
      );
    expect(run(probing, window(200, 5))).toHaveLength(1);
    expect(run(probing, window(190, 5))).toHaveLength(0);
    expect(run(probing, window(200, 4))).toHaveLength(0);
  });
});

describe("probing by the API's own answers", () => {
  type Asked = { status?: number; tokenId?: string; address?: string; path?: string };
  const answered = (n: number, everySeconds: number, of: (i: number) => Asked) =>
    Array.from({ length: n }, (_, i) => ({
      ...{
        atMs: now - (n - i) * everySeconds * 1000,
        tokenId: "t1",
        code: "allowed" as const,
        path: `/p${i}`,
        status: 404,
      },
      ...of(i),
    }));
  const good = counts([[2, "allowed", 900]]);

  it("counts what was not there or not allowed like a refusal", () => {
    const [found] = run(
      probing,
      windowOf(
        good,
        answered(12, 1, () => ({})),
      ),
    );
    expect(found).toMatchObject({
      scope: "token",
      scopeId: "t1",
      facts: { distinctPaths: 12, answered: 12, requests: 900 },
    });
    expect(found?.seen).toEqual({ fromMs: now - 12_000, toMs: now - 1_000 });
  });
  it.each([409, 412, 415, 422, 429, 500])("does not count %i: that says something of what was sent", (status) => {
    expect(
      run(
        probing,
        windowOf(
          good,
          answered(200, 1, () => ({ status })),
        ),
      ),
    ).toEqual([]);
  });
  it("does not count a share of it: an API may answer 404 to most who look things up", () => {
    const six = answered(600, 6, (i) => ({ path: `/p${i % 6}` }));
    expect(run(probing, windowOf(good, six))).toEqual([]);
  });
  it("finds one path in 11 seconds under 900 good calls within the hour", () => {
    expect(
      run(
        probing,
        windowOf(
          good,
          answered(100, 11, () => ({})),
        ),
      ),
    ).toEqual([]);
    expect(
      run(
        probing,
        windowOf(
          good,
          answered(101, 11, () => ({})),
        ),
      ),
    ).toHaveLength(1);
  });
  it("finds the address whose tokens take turns", () => {
    const turns = answered(360, 1, (i) => ({ tokenId: `t${i % 40}`, address: "192.0.2.9" }));
    expect(run(probing, windowOf(good, turns))).toMatchObject([
      { scope: "network", scopeId: "192.0.2.9", facts: { from: "192.0.2.9", tokens: 40 } },
    ]);
  });
  it("finds the account whose tokens and addresses take turns, with more room for chance", () => {
    const turns = (n: number) => answered(n, 1, (i) => ({ tokenId: `t${i % 40}`, address: `192.0.2.${i % 40}` }));
    expect(run(probing, windowOf(good, turns(360)))).toMatchObject([{ scope: "account", facts: { tokens: 40 } }]);
    expect(run(probing, windowOf(good, turns(30)))).toEqual([]);
  });
});

describe("the registry", () => {
  it("holds each detector once, with a half-life, a weight and defaults", () => {
    expect(detectors.map((one) => one.id).sort()).toEqual([...detectorIds].sort());
    for (const one of detectors) {
      expect(one.halfLifeDays).toBeGreaterThan(0);
      expect(one.weight).toBeGreaterThan(0);
      expect(one.weight).toBeLessThanOrEqual(1);
      expect(Object.keys(one.defaults).length).toBeGreaterThan(0);
    }
    const used = new Set(detectors.flatMap((one) => Object.keys(one.defaults)));
    expect([...used].sort()).toEqual([...thresholdKeys].sort());
  });
});
