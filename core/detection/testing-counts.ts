import { MemoryCounters } from "../gate/counters/memory-counters.ts";
import { KeptRefusals } from "../gate/import/kept-refusals.ts";
import { tally } from "../gate/import/tally.ts";
import { readShape, type SecondCount, type UsageCount } from "../gate/import/usage-count.ts";
import type { JournalRecord } from "../gate/journal/journal-line.ts";
import { askedFor } from "../gate/testing/testing-limits.ts";
import type { AccountWindow } from "../rules/detectors/detector.ts";
import { courseMs, spellMs } from "../rules/diagnosis/course.ts";
import type { DiagnosisFacts, LimitedSpell } from "../rules/diagnosis/finding.ts";
import { hourMs, minuteMs } from "../rules/time.ts";

const tokenId = "00000000-0000-4000-8000-000000000001";
const accountId = "00000000-0000-4000-8000-000000000002";

/** `retryAfterSeconds` null = it was allowed, or no wait helps. */
export type Decided = { isAllowed: boolean; retryAfterSeconds: number | null };

/** One token on one endpoint: decided by the gate's own counters, counted as the importer counts, read as the detectors and the diagnosis read. */
export class CountedTraffic {
  nowMs: number;
  readonly #counters = new MemoryCounters();
  readonly #asked;
  readonly #limit: number;
  readonly #windowSeconds: number;
  readonly #fromMs: number;
  #batch: JournalRecord[] = [];
  readonly #minutes = new Map<string, UsageCount>();
  readonly #seconds = new Map<string, SecondCount>();
  readonly #refusals: JournalRecord[] = [];
  readonly #kept = new KeptRefusals();

  constructor(limit: number, windowSeconds: number, fromMs: number) {
    this.nowMs = fromMs;
    this.#fromMs = fromMs;
    this.#limit = limit;
    this.#windowSeconds = windowSeconds;
    this.#asked = askedFor({ "endpoint-rate": limit }, { accountId, tokenId, windowSeconds });
  }

  decide(atMs: number, address: string, cost: number): Decided {
    const now = { wallMs: Math.floor(atMs), steadyMs: Math.floor(atMs) };
    const { refusedBy, retryAfterSeconds } = this.#counters.take(this.#asked, cost, cost, now);
    const isAllowed = refusedBy === null;
    const told = refusedBy === null || cost > refusedBy.limit ? null : retryAfterSeconds;
    this.#batch.push({
      ...{ atMs: now.wallMs, code: isAllowed ? "allowed" : "rate_limited", surface: "http", accountId, tokenId },
      ...{ secretId: null, endpointId: 1, spent: isAllowed ? cost : 0, recipients: null, ip: address, userAgent: null },
      ...{ caller: "", requestId: null },
      refusal: refusedBy && {
        ...{ receipt: "rcp", method: "GET", path: "/v1/things/1", missingScope: null, tokenKey: null },
        ...{ limiter: { ...refusedBy, cost }, retryAfterSeconds: told },
      },
    });
    return { isAllowed, retryAfterSeconds: told };
  }

  /** As readWindow reads it. */
  window(): AccountWindow {
    const shortMs = Math.ceil((this.nowMs - 10 * minuteMs) / minuteMs) * minuteMs;
    return {
      ...{ nowMs: this.nowMs, accountId, refusedPaths: [], failingAddresses: [], unknownAttempts: [] },
      minutes: [...this.#minutes.values()].filter((one) => one.atMs >= this.nowMs - hourMs),
      seconds: this.#secondsFrom(shortMs),
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
      ...{ nowMs: this.nowMs, fromMs: this.#fromMs, quotaPerDay: null, refused: [], networks: [] },
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

  /** Counts what was decided up to now, as each batch of the import does. */
  importTo(nowMs: number): void {
    this.nowMs = nowMs;
    const sums = tally(this.#batch);
    this.#batch = [];
    for (const one of sums.minutes) {
      const key = `${one.atMs} ${one.outcome}`;
      const known = this.#minutes.get(key);
      if (known) Object.assign(known, { requests: known.requests + one.requests, spent: known.spent + one.spent });
      else this.#minutes.set(key, one);
    }
    for (const one of sums.minutes.flatMap(readShape)) {
      const known = this.#seconds.get(String(one.atMs));
      if (!known) this.#seconds.set(String(one.atMs), one);
      else Object.assign(known, { allowed: known.allowed + one.allowed, refused: known.refused + one.refused });
    }
    this.#refusals.push(...sums.refusals.filter((one) => this.#kept.keeps(one)));
  }
}
