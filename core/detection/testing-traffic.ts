import { MemoryCounters } from "../gate/counters/memory-counters.ts";
import { type SecondCount, tally, type UsageCount } from "../gate/import/import-tally.ts";
import { KeptRefusals } from "../gate/import/kept-refusals.ts";
import type { JournalRecord } from "../gate/journal/journal-line.ts";
import { askedFor } from "../gate/testing/testing-limits.ts";
import type { AccountWindow } from "../rules/detectors/detector.ts";
import { courseMs, spellMs } from "../rules/diagnosis/course.ts";
import type { DiagnosisFacts, LimitedSpell } from "../rules/diagnosis/finding.ts";
import { hourMs, minuteMs, secondMs } from "../rules/time.ts";

/** What a client asks its world for: to wait, or to make a call that costs so much. */
export type Step = { waitMs: number } | { cost: number };
/** What a call came back with. `early` = it was refused, and its own client knew of a wait that was not over. */
export type Answer = { isAllowed: boolean; retryAfterMs: number | null };
/** A client, or one worker of it: what it does, step by step. Times are milliseconds of the world's clock. */
export type Program = (world: { now: () => number; random: () => number }) => Generator<Step, void, Answer>;
export type Client = { address: string; program: Program };

/** Midnight of a day. */
export const startMs = Date.UTC(2026, 0, 5);
const tokenId = "00000000-0000-4000-8000-000000000001";
const accountId = "00000000-0000-4000-8000-000000000002";
const roundTripMs = 40;
const answerMs = 30;

type Event = { atMs: number; order: number; run: () => void };

/** Clients against the gate's own counters on a clock that jumps from one event to the next, counted as the importer counts them. */
export class SimulatedTraffic {
  nowMs = startMs;
  readonly #counters = new MemoryCounters();
  readonly #asked;
  readonly #limit: number;
  readonly #windowSeconds: number;
  #events: Event[] = [];
  #order = 0;
  #batch: JournalRecord[] = [];
  readonly #minutes = new Map<string, UsageCount>();
  readonly #seconds = new Map<string, SecondCount>();
  readonly #refusals: JournalRecord[] = [];
  readonly #kept = new KeptRefusals();
  #seed = 7;
  /** As the clients know it. */
  readonly truth = { allowed: 0, refused: 0 };

  constructor(limit: number, windowSeconds: number, clients: readonly Client[]) {
    this.#limit = limit;
    this.#windowSeconds = windowSeconds;
    this.#asked = askedFor({ "endpoint-rate": limit }, { accountId, tokenId, windowSeconds });
    for (const { address, program } of clients) this.#start(address, program);
  }

  /** Lets it all happen up to a moment. */
  runTo(untilMs: number): void {
    for (;;) {
      const next = this.#events[0];
      if (!next || next.atMs > untilMs) break;
      this.#pop();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
    this.#import();
  }

  /** As readWindow reads it. */
  window(): AccountWindow {
    const shortMs = Math.ceil((this.nowMs - 10 * minuteMs) / minuteMs) * minuteMs;
    return {
      ...{ nowMs: this.nowMs, accountId, refusedPaths: [], failingAddresses: [], unknownAttempts: [] },
      minutes: [...this.#minutes.values()].filter((one) => one.atMs >= this.nowMs - hourMs),
      seconds: this.#secondsFrom(shortMs).filter((one) => one.refused > 0),
      waits: this.#toldFrom(shortMs).map((told) => ({ ...told, tokenId, endpointId: 1 })),
      tokens: [{ id: tokenId, isRevoked: false }],
    };
  }

  /** As readDiagnosis reads it. */
  facts(): DiagnosisFacts {
    const minutes = [...this.#minutes.values()];
    const counts = new Map<string, DiagnosisFacts["counts"][number]>();
    for (const { outcome, requests, spent, atMs } of minutes) {
      const before = counts.get(outcome);
      const all = (before?.requests ?? 0) + requests;
      const spentToday = (before?.spentToday ?? 0) + spent;
      const lastAtMs = Math.max(before?.lastAtMs ?? 0, atMs);
      const at = { tokenId, endpointId: 1, firstAtMs: Math.min(before?.firstAtMs ?? atMs, atMs), lastAtMs };
      counts.set(outcome, { ...at, outcome, requests: all, requestsToday: all, spentToday });
    }
    const spell = this.#spell();
    return {
      ...{ nowMs: this.nowMs, fromMs: startMs, quotaPerDay: null, refused: [], networks: [] },
      endpoints: [
        {
          ...{ id: 1, name: "e", surface: "http", method: "GET", path: "/v1/things/{id}" },
          ...{ limit: this.#limit, windowSeconds: this.#windowSeconds },
        },
      ],
      counts: [...counts.values()],
      spells: spell ? [spell] : [],
      bursts: this.#bursts(),
      tooDear: this.#tooDear(),
      minutes: minutes.filter((one) => one.atMs >= this.nowMs - hourMs),
    };
  }

  #spell(): LimitedSpell | null {
    const last = this.#refusals.at(-1);
    if (!last) return null;
    const [fromMs, toMs] = [last.atMs - courseMs - spellMs, last.atMs];
    const endMs = (Math.floor(toMs / minuteMs) + 1) * minuteMs;
    const limiter = { name: "endpoint-rate", limit: this.#limit, windowSeconds: this.#windowSeconds };
    return {
      ...{ tokenId, endpointId: 1, fromMs, toMs, limiter },
      seconds: this.#secondsFrom(fromMs + 1).filter((one) => one.atMs < endMs),
      waits: this.#toldFrom(fromMs + 1).filter((one) => one.atMs <= toMs),
    };
  }

  #tooDear(): DiagnosisFacts["tooDear"] {
    const found = this.#refusals.filter(({ refusal }) => (refusal?.limiter?.cost ?? 0) > this.#limit);
    const limiter = { name: "endpoint-rate", limit: this.#limit, windowSeconds: this.#windowSeconds };
    const cost = Math.max(...found.map(({ refusal }) => refusal?.limiter?.cost ?? 0));
    const [firstAtMs, lastAtMs] = [found[0]?.atMs ?? 0, found.at(-1)?.atMs ?? 0];
    return found.length === 0
      ? []
      : [{ tokenId, endpointId: 1, requests: found.length, cost, limiter, firstAtMs, lastAtMs }];
  }

  #bursts(): DiagnosisFacts["bursts"] {
    const seconds = [...this.#seconds.values()];
    const minuteOf = (one: SecondCount) => Math.floor(one.atMs / minuteMs);
    const loud = new Set(seconds.filter((one) => one.refused >= 10).map(minuteOf));
    return seconds.filter((one) => loud.has(minuteOf(one)));
  }

  #secondsFrom(fromMs: number): SecondCount[] {
    return [...this.#seconds.values()].filter((one) => one.atMs >= fromMs);
  }

  #toldFrom(fromMs: number) {
    return this.#refusals.flatMap(({ atMs, ip, refusal }) =>
      atMs < fromMs || refusal === null || refusal.retryAfterSeconds === null
        ? []
        : [{ atMs, seconds: refusal.retryAfterSeconds, address: ip }],
    );
  }

  #start(address: string, program: Program): void {
    const random = () => {
      this.#seed = (this.#seed * 48_271) % 2_147_483_647;
      return this.#seed / 2_147_483_647;
    };
    const running = program({ now: () => this.nowMs, random });
    const advance = (answer: Answer) => {
      const { value, done } = running.next(answer);
      if (done || !value) return;
      if ("waitMs" in value) this.#after(value.waitMs, () => advance({ isAllowed: true, retryAfterMs: null }));
      else this.#after(roundTripMs / 2, () => this.#call(address, value.cost, advance));
    };
    this.#after(0, () => advance({ isAllowed: true, retryAfterMs: null }));
  }

  #call(address: string, cost: number, answer: (one: Answer) => void): void {
    const now = { wallMs: Math.floor(this.nowMs), steadyMs: Math.floor(this.nowMs) };
    const taken = this.#counters.take(this.#asked, cost, cost, now);
    const { refusedBy, retryAfterSeconds } = taken;
    const isAllowed = refusedBy === null;
    const told = refusedBy !== null && cost > refusedBy.limit ? null : retryAfterSeconds;
    this.truth[isAllowed ? "allowed" : "refused"]++;
    this.#batch.push({
      ...{ atMs: now.wallMs, code: isAllowed ? "allowed" : "rate_limited", surface: "http", accountId, tokenId },
      ...{
        secretId: null,
        endpointId: 1,
        spent: isAllowed ? cost : 0,
        recipients: null,
        ip: address,
        userAgent: null,
        caller: "",
      },
      requestId: null,
      refusal: refusedBy && {
        ...{ receipt: "rcp", method: "GET", path: "/v1/things/1", missingScope: null, tokenKey: null },
        ...{ limiter: { ...refusedBy, cost }, retryAfterSeconds: told },
      },
    });
    this.#after(roundTripMs / 2 + (isAllowed ? answerMs : 0), () =>
      answer({ isAllowed, retryAfterMs: isAllowed || told === null ? null : told * secondMs }),
    );
  }

  #import(): void {
    const sums = tally(this.#batch);
    this.#batch = [];
    for (const one of sums.minutes) {
      const key = `${one.atMs} ${one.outcome}`;
      const known = this.#minutes.get(key);
      if (known) Object.assign(known, { requests: known.requests + one.requests, spent: known.spent + one.spent });
      else this.#minutes.set(key, one);
    }
    for (const one of sums.seconds) {
      const known = this.#seconds.get(String(one.atMs));
      if (!known) this.#seconds.set(String(one.atMs), one);
      else Object.assign(known, { allowed: known.allowed + one.allowed, refused: known.refused + one.refused });
    }
    this.#refusals.push(...sums.refusals.filter((one) => this.#kept.keeps(one)));
  }

  #after(ms: number, run: () => void): void {
    const event = { atMs: this.nowMs + ms, order: this.#order++, run };
    // A heap: the next event is the first.
    const heap = this.#events;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, event)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#events;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (!left) break;
      if (right && isBefore(right, left)) child++;
      const next = heap[child];
      if (!next || isBefore(last, next)) break;
      heap[at] = next;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
