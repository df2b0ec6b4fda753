import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decisionCodes } from "#core/rules/vocabulary.ts";
import { CallRefused, GateAway, type VerifyCall } from "../gate-client.ts";
import { add, minus, type TokenCounts, totalOf } from "./database-counts.ts";
import { inTimeOrder } from "./in-time-order.ts";
import { paced } from "./pace.ts";
import { decidedUnseen } from "./reconcile.ts";
import { newHead, RunState, readHead } from "./run-state.ts";
import { OutOfPatience, sendUntilAnswered } from "./send-until-answered.ts";
import { compare, summarize, summaryText } from "./summary.ts";

const counts = (entries: Record<string, Record<string, number>>): TokenCounts =>
  new Map(Object.entries(entries).map(([token, codes]) => [token, new Map(Object.entries(codes))]));

describe("the state of a run", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "gatehouse-run-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const paths = (name: string) => [join(folder, `${name}.json`), join(folder, `${name}.answers`)] as const;
  const head = newHead("rp-1", new Date(0), { spread: 3, limit: null }, counts({ t: { allowed: 2 } }));

  it("is found again after a kill, without the line that was being written", () => {
    const [headPath, answersPath] = paths("torn");
    const state = RunState.begin(headPath, answersPath, head);
    state.answered(7, "allowed");
    state.answered(5_000, "rate_limited");
    state.answered(8, "not_sent");
    appendFileSync(answersPath, "9 allo");
    const found = readHead(headPath);
    expect(found).toEqual(head);
    const again = RunState.resume(headPath, answersPath, head);
    expect([7, 5_000, 8, 9, 6, 99_999].map((line) => again.answerOf(line))).toEqual([
      "allowed",
      "rate_limited",
      "not_sent",
      null,
      null,
      null,
    ]);
    again.answered(9, "allowed");
    const third = RunState.resume(headPath, answersPath, head);
    expect([9, 5_000].map((line) => third.answerOf(line))).toEqual(["allowed", "rate_limited"]);
  });

  it("adds up the time of all parts, and may be read by this user alone", () => {
    const [headPath, answersPath] = paths("time");
    RunState.begin(headPath, answersPath, head).close(1_500, false);
    const next = readHead(headPath) ?? head;
    RunState.resume(headPath, answersPath, next).close(500, true);
    expect(readHead(headPath)).toMatchObject({ earlierMs: 2_000, isFinished: true });
    expect(statSync(headPath).mode & 0o777).toBe(0o600);
    expect(statSync(answersPath).mode & 0o777).toBe(0o600);
  });

  it("that something else has written is not trusted", () => {
    const [headPath, answersPath] = paths("damaged");
    RunState.begin(headPath, answersPath, head);
    appendFileSync(headPath, "x");
    expect(() => readHead(headPath)).toThrow("is damaged");
    appendFileSync(answersPath, "nonsense\n-1 allowed\n1e3 allowed\n3 allowed\n");
    const state = RunState.resume(headPath, answersPath, head);
    expect([1, 1_000, 3].map((line) => state.answerOf(line))).toEqual([null, null, "allowed"]);
    expect(readFileSync(answersPath, "utf8")).toContain("nonsense");
    expect(readHead(join(folder, "none.json"))).toBeNull();
  });
});

describe("requests decided unseen", () => {
  it("are given to open lines of their token, each once, and never more than there are", () => {
    const code = fc.constantFrom(...decisionCodes);
    const arrangement = fc.dictionary(
      fc.constantFrom("a", "b", "c"),
      fc.record({ open: fc.uniqueArray(fc.integer({ min: 1, max: 500 })), codes: fc.dictionary(code, fc.nat(20)) }),
    );
    fc.assert(
      fc.property(arrangement, (tokens) => {
        const open = new Map(Object.entries(tokens).map(([token, one]) => [token, one.open]));
        const uncounted = counts(Object.fromEntries(Object.entries(tokens).map(([token, one]) => [token, one.codes])));
        const found = decidedUnseen(open, uncounted);
        const expected = Object.values(tokens).map((one) =>
          Math.min(
            one.open.length,
            Object.values(one.codes).reduce((a, b) => a + b, 0),
          ),
        );
        expect(found).toHaveLength(expected.reduce((a, b) => a + b, 0));
      }),
    );
    expect(decidedUnseen(new Map([["a", [4, 9, 11]]]), counts({ a: { rate_limited: 1, allowed: 1 } }))).toEqual([
      { line: 4, code: "allowed" },
      { line: 9, code: "rate_limited" },
    ]);
  });
});

describe("a request", () => {
  const call: VerifyCall = { token: "t", method: "GET", path: "/", request_id: "rp-1:1" };
  const options = { patienceMs: 5_000, signal: new AbortController().signal, onAway: () => undefined };

  it("is sent again unchanged until the gate is back", async () => {
    const calls: VerifyCall[] = [];
    const reasons: string[] = [];
    const gate = {
      verify: async (given: VerifyCall) => {
        calls.push(given);
        if (calls.length < 4) throw new GateAway("connect ECONNREFUSED");
        return "allowed" as const;
      },
    };
    expect(await sendUntilAnswered(gate, call, { ...options, onAway: (why) => reasons.push(why) })).toBe("allowed");
    expect(calls).toEqual([call, call, call, call]);
    expect(reasons).toHaveLength(3);
  });

  it("is given up when patience is at its end, and at once when the gate does not take it", async () => {
    const away = { verify: () => Promise.reject(new GateAway("status 503")) };
    await expect(sendUntilAnswered(away, call, { ...options, patienceMs: 0 })).rejects.toThrow(OutOfPatience);
    const strict = { verify: () => Promise.reject(new CallRefused(400, "'path' must be a string")) };
    await expect(sendUntilAnswered(strict, call, options)).rejects.toThrow(CallRefused);
  });

  it("is not repeated after a stop", async () => {
    const stop = new AbortController();
    const gate = {
      verify: () => {
        stop.abort();
        return Promise.reject(new GateAway("gone"));
      },
    };
    expect(await sendUntilAnswered(gate, call, { ...options, signal: stop.signal })).toBeNull();
  });
});

describe("the pace", () => {
  async function* items(times: number[]) {
    for (const atMs of times) yield { atMs };
  }
  const passed = async (times: number[], speed: number | null, signal: AbortSignal) => {
    const found: number[] = [];
    for await (const { atMs } of paced(items(times), speed, signal)) found.push(atMs);
    return found;
  };

  it("passes everything on in its order, however the times lie", async () => {
    const times = [5_000, 9_000, 2_000, 9_000];
    expect(await passed(times, null, new AbortController().signal)).toEqual(times);
    expect(await passed(times, 1_000_000, new AbortController().signal)).toEqual(times);
  });

  it("waits for what is due later, until it is stopped", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    expect(await passed([0, 3_600_000], 1, stop.signal)).toEqual([0]);
  });
});

describe("a log that is not in order", () => {
  async function* items(times: readonly number[]) {
    for (const [i, atMs] of times.entries()) yield { atMs, i };
  }
  const ordered = async (times: readonly number[], latenessMs: number) => {
    const found: { atMs: number; i: number }[] = [];
    for await (const one of inTimeOrder(items(times), latenessMs)) found.push(one);
    return found;
  };
  /** How far each lies behind the latest before it, the most of it. */
  const latenessOf = (times: readonly number[]) =>
    Math.max(0, ...times.map((atMs, i) => Math.max(...times.slice(0, i + 1)) - atMs));

  it("is put in order, whatever its order is, and lines of one time keep theirs", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(50)), async (times) => {
        const expected = times.map((atMs, i) => ({ atMs, i })).sort((a, b) => a.atMs - b.atMs || a.i - b.i);
        expect(await ordered(times, latenessOf(times))).toEqual(expected);
      }),
    );
  });

  it("keeps its rhythm at a speed: what was written late is sent at its own time, before what is due later", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const found: number[] = [];
    for await (const { atMs } of paced(inTimeOrder(items([0, 3_600_000, 1]), 3_599_999), 1, stop.signal))
      found.push(atMs);
    expect(found).toEqual([0, 1]);
  });
});

describe("the summary", () => {
  const token = (tokenId: string) => ({ accountId: `account-${tokenId}`, tokenId, secret: "s" });
  const tokens = new Map([
    ["Replay 10.0.0.1", token("a")],
    ["Replay 10.0.0.2", token("b")],
    ["Replay 10.0.0.3", token("unused")],
  ]);
  const answered = counts({ a: { allowed: 60, rate_limited: 40 }, b: { allowed: 20 } });
  const facts = { file: "x.log", requests: 120, counts: answered, tokens, leftOut: [], notSent: 0, tookMs: 2_000 };

  it("says by code what was decided, who asked most, and that the database agrees", () => {
    const summary = summarize({ ...facts, counted: answered });
    expect(summary).toMatchObject({
      decided: 120,
      perSecond: 60,
      clients: 2,
      clientsNeverRefused: 1,
      database: { agrees: true, requests: 120 },
    });
    expect(summary.codes).toEqual([
      { code: "allowed", requests: 80, share: 80 / 120 },
      { code: "rate_limited", requests: 40, share: 40 / 120 },
    ]);
    expect(summary.heaviest[0]).toEqual({ account: "Replay 10.0.0.1", requests: 100, allowed: 60, refused: 40 });
    const text = summaryText(summary);
    expect(text).toContain("database agrees: 120 requests, by code: allowed 80, rate_limited 40");
    expect(text).toContain("120 of 120 requests of 2 clients decided in 2.0 s (60/s)");
  });

  it("does not let sums hide that two clients were confused", () => {
    const confused = counts({ a: { allowed: 59, rate_limited: 40 }, b: { allowed: 21 } });
    const comparison = compare(answered, confused);
    expect(comparison).toEqual({
      agrees: false,
      tokens: 2,
      differences: [{ code: "allowed", answered: 80, counted: 80 }],
    });
    const missing = summarize({ ...facts, counted: counts({ a: { allowed: 60 } }) });
    expect(summaryText(missing)).toContain("database differs, for 2 tokens:");
    expect(summaryText(missing)).toContain("rate_limited: 40 answered, 0 in the database");
  });

  it("counts differences exactly, whatever the counts are", () => {
    const arbitrary = fc.array(fc.tuple(fc.constantFrom("a", "b"), fc.constantFrom("x", "y"), fc.nat(100)));
    const from = (list: [string, string, number][]) => {
      const made: TokenCounts = new Map();
      for (const [tokenId, code, n] of list) add(made, tokenId, code, n);
      return made;
    };
    fc.assert(
      fc.property(arbitrary, arbitrary, (one, two) => {
        const [a, b] = [from(one), from(two)];
        expect(totalOf(minus(a, b))).toBe(totalOf(a) - totalOf(b));
        expect(minus(a, a).size).toBe(0);
      }),
    );
  });
});
