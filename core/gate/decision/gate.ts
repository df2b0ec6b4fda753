import { checkTokenFormat } from "../../rules/tokens/token.ts";
import type { GateUnavailableCode, Surface } from "../../rules/vocabulary.ts";
import type { Counters } from "../counters/counters.ts";
import type { Journal } from "../journal/journal.ts";
import type { AccountCache } from "../state/account-cache.ts";
import type { Clock, Moment } from "../state/clock.ts";
import type { Freshness } from "../state/freshness.ts";
import { GateCounts } from "../state/gate-counts.ts";
import type { Provider } from "../state/provider-cache.ts";
import { type CachedToken, type TokenCache, type TokenLookup, tokenKey } from "../state/token-cache.ts";
import { within } from "../state/within.ts";
import type { CheckRequest } from "./check-request.ts";
import { allowedUncounted, decide, findEndpoint, isUsable, type Known, type Result } from "./decide.ts";
import { type Decision, isAllowed, type Unavailable } from "./decision.ts";
import { PendingAnswer } from "./pending-answer.ts";
import { journalLine } from "./record-decision.ts";
import type { Reply } from "./reply.ts";
import { RequestMemory, requestKey } from "./request-memory.ts";

export type GateParts = {
  clock: Clock;
  tokens: TokenCache;
  accounts: AccountCache;
  counters: Counters;
  freshness: Freshness;
  /** `open`: requests that cannot be decided pass; `closed`: they are refused with 503. */
  fail: "closed" | "open";
};

/** Envoy gives up after 200 ms, nginx is configured to after 2 s; a database that takes longer counts as away. */
const lookupTimeoutMs = 2_000;
const noMoment: Moment = { wallMs: 0, steadyMs: 0 };

/** The decision loop: request in, decision recorded, answer out. Knows no HTTP. */
export class Gate {
  readonly counts = new GateCounts();
  readonly memory = new RequestMemory();
  /** Requests that are being counted, by their key in the memory: settled when they can be found there, or could not be counted. */
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #parts: GateParts;
  /** Null until the state is rebuilt. */
  provider: Provider | null = null;
  journal: Journal | null = null;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  get isReady(): boolean {
    const { clock, freshness, counters, fail } = this.#parts;
    if (this.provider === null || this.journal === null || freshness.isStale(clock().steadyMs)) return false;
    return counters.isUp || fail === "open";
  }

  check(request: CheckRequest, reply: Reply): void {
    const { provider } = this;
    const now = this.#parts.clock();
    const isStale = this.#parts.freshness.isStale(now.steadyMs);
    if (provider === null || this.journal === null) this.#unavailable("gate_starting", reply);
    else if (isStale && this.#parts.fail === "closed") this.#unavailable("gate_stale", reply);
    else this.#lookUp(provider, request, isStale, now, reply);
  }

  /** Brings the tokens of several requests into the cache with one query, as far as they can be had. */
  async warm(requests: readonly CheckRequest[]): Promise<void> {
    if (!this.isReady) return;
    const missing: Promise<unknown>[] = [];
    for (const key of new Set(
      requests.filter((one) => checkTokenFormat(one.token).ok).map((one) => tokenKey(one.token)),
    )) {
      const found = this.#parts.tokens.find(key);
      if (found instanceof Promise) missing.push(found);
    }
    if (missing.length > 0) await within(lookupTimeoutMs, Promise.allSettled(missing)).catch(() => undefined);
  }

  get nowMs(): number {
    return this.#parts.clock().wallMs;
  }

  /**
   * The token, if it may be used at all on a surface from an address: steps 1 to 6 of the checks, without spending or recording
   * anything. Null = it may not.
   */
  async inspect(asked: {
    token: string;
    surface: Surface;
    ip: string | null;
  }): Promise<{ token: CachedToken; atMs: number } | null | Unavailable> {
    const { clock, freshness, tokens } = this.#parts;
    if (this.provider === null) return { code: "gate_starting" };
    if (freshness.isStale(clock().steadyMs)) return { code: "gate_stale" };
    if (!checkTokenFormat(asked.token).ok) return null;
    try {
      const found = tokens.find(tokenKey(asked.token));
      const isSettled = !(found instanceof Promise) && found?.account.reload == null;
      const token = isSettled ? found : await within(lookupTimeoutMs, this.#settled(found));
      const atMs = clock().wallMs;
      return token !== null && isUsable(token, asked, atMs) ? { token, atMs } : null;
    } catch {
      return { code: "gate_stale" };
    }
  }

  #lookUp(provider: Provider, request: CheckRequest, isStale: boolean, now: Moment, reply: Reply): void {
    const isWellFormed = request.tokenKey !== null || checkTokenFormat(request.token).ok;
    const route = findEndpoint(provider, request);
    const isAmbiguous = route === "ambiguous";
    const endpoint = route === "ambiguous" ? null : route;
    const key = request.tokenKey ?? (isWellFormed ? tokenKey(request.token) : null);
    let found: TokenLookup | undefined | Promise<TokenLookup> = null;
    if (key !== null) found = isStale ? this.#parts.tokens.peek(key) : this.#parts.tokens.find(key);
    if (found === undefined) {
      this.#passUndecided(request, reply);
    } else if (!(found instanceof Promise) && (isStale || !found?.account.reload)) {
      this.#decide({ request, isWellFormed, token: found, endpoint, isAmbiguous, provider }, key, now, reply);
    } else {
      this.counts.lookups++;
      within(lookupTimeoutMs, this.#settled(found)).then(
        (token) =>
          this.#decide(
            { request, isWellFormed, token, endpoint, isAmbiguous, provider },
            key,
            this.#parts.clock(),
            reply,
          ),
        () => this.#undecidable(request, reply),
      );
    }
  }

  /** The token, once no change of its account is being read. */
  async #settled(found: TokenLookup | Promise<TokenLookup>): Promise<CachedToken | null> {
    const token = await found;
    while (token?.account.reload) await token.account.reload;
    return token;
  }

  #decide(known: Known, key: string | null, now: Moment, reply: Reply): void {
    const { request, token, endpoint } = known;
    const { requestId } = request;
    const memoryKey =
      requestId === null || request.isProbe
        ? null
        : requestKey(request.caller, requestId, token?.id ?? key ?? "", endpoint?.id ?? 0);
    const underWay = memoryKey === null ? undefined : this.#underWay.get(memoryKey);
    if (underWay !== undefined) {
      const again = () => this.#decide(known, key, this.#parts.clock(), reply);
      underWay.then(again, again);
      return;
    }
    const before = memoryKey === null ? null : this.memory.find(memoryKey, now.wallMs);
    const result = decide(known, before, this.#parts.counters, now);
    if (result instanceof Promise) {
      const finished = result.then(
        (later) => this.#finish(later, request, key, memoryKey, reply),
        () => this.#uncounted(known, key, reply),
      );
      if (memoryKey !== null && before === null) this.#holdRepetitions(memoryKey, finished);
    } else this.#finish(result, request, key, memoryKey, reply);
  }

  /** Counters that answer later leave time for a repetition to arrive before the first is remembered. */
  #holdRepetitions(memoryKey: string, finished: Promise<void>): void {
    const over = finished.finally(() => this.#underWay.delete(memoryKey));
    this.#underWay.set(memoryKey, over);
  }

  #finish(result: Result, request: CheckRequest, key: string | null, memoryKey: string | null, reply: Reply): void {
    const { decision } = result;
    const { journal } = this;
    if (request.isProbe) {
      this.counts.probes++;
      reply.send(decision);
    } else if (journal === null) {
      this.#unavailable("gate_starting", reply);
    } else if (!decision.isCounted) {
      this.counts.repeated++;
      journal.follow(new PendingAnswer(this, result, reply, memoryKey));
    } else {
      this.counts.decided(decision.code);
      if (memoryKey !== null) this.memory.remember(memoryKey, rememberedAs(decision), decision.atMs);
      journal.record(journalLine(decision, request, key), new PendingAnswer(this, result, reply, memoryKey));
    }
  }

  /** The counters are away. */
  #uncounted(known: Known, key: string | null, reply: Reply): void {
    if (this.#parts.fail === "closed") {
      this.#unavailable("gate_counters", reply);
      return;
    }
    this.counts.failedOpen++;
    this.#finish(allowedUncounted(known, this.#parts.clock()), known.request, key, null, reply);
  }

  /** The journal could not be written: the decision is taken back, or let stand unrecorded, as GATE_FAIL says. */
  unrecorded({ decision, asked, takenAt }: Result, memoryKey: string | null, reply: Reply): void {
    if (this.#parts.fail === "open") {
      this.counts.failedOpen++;
      reply.send(decision);
      return;
    }
    if (memoryKey !== null) this.memory.forget(memoryKey);
    if (asked !== null && isAllowed(decision) && decision.isCounted) {
      // Counters that are away count too much rather than too little.
      void Promise.resolve(this.#parts.counters.giveBack(asked, decision.spent, takenAt)).catch(() => undefined);
    }
    this.#unavailable("gate_journal", reply);
  }

  #undecidable(request: CheckRequest, reply: Reply): void {
    if (this.#parts.fail === "open") this.#passUndecided(request, reply);
    else this.#unavailable("gate_stale", reply);
  }

  /** GATE_FAIL=open and nothing is known: the request passes, and the journal says that it did. */
  #passUndecided(request: CheckRequest, reply: Reply): void {
    this.counts.failedOpen++;
    const route = this.provider === null ? null : findEndpoint(this.provider, request);
    const decision: Decision = {
      code: "allowed",
      atMs: this.#parts.clock().wallMs,
      accountId: null,
      externalId: null,
      tokenId: null,
      secretId: null,
      scopes: null,
      endpoint: route === "ambiguous" ? null : route,
      limits: [],
      policyVersion: this.provider?.policyVersion ?? null,
      isCounted: true,
      spent: 0,
    };
    this.#finish({ decision, asked: null, takenAt: noMoment }, request, null, null, reply);
  }

  #unavailable(code: GateUnavailableCode, reply: Reply): void {
    this.counts.couldNot(code);
    reply.send({ code });
  }
}

function rememberedAs(decision: Decision) {
  const { atMs, code } = decision;
  if (isAllowed(decision)) {
    return { atMs, code, spent: decision.spent, receipt: null, limiter: null, retryAfterSeconds: null };
  }
  const { receipt, limiter, retryAfterSeconds } = decision;
  return { atMs, code, spent: 0, receipt, limiter: limiter?.name ?? null, retryAfterSeconds };
}
