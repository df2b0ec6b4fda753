import { checkLimits, type LimitName } from "../rules/check-order.ts";
import { dayStartMs, quotaResetSeconds } from "../rules/quota.ts";
import {
  newRateRing,
  type RateRing,
  rateRefund,
  rateSpend,
  rateUsed,
  resetSeconds,
  retryAfterSeconds,
} from "../rules/rate-limit.ts";
import type { Moment } from "./clock.ts";
import type { Counters, LimitState, LimitsAsked, Taken } from "./counters.ts";
import { RingSlots } from "./ring-slots.ts";

const tokenWindowSeconds = 60;
const daySeconds = 86_400;

/** A ring in the list of its owner; endpoint 0 is the token's own. */
type OwnedRing = RateRing & { owner: Counts; endpointId: number; next: OwnedRing | null };

/** Of one account or token: what was spent on one UTC day, and its rings (few: one per endpoint in use). */
type Counts = { dayMs: number; used: number; rings: OwnedRing | null };

/** The counters of a gate that is alone. Rings are made when something is first counted and freed when nothing counts any more. */
export class MemoryCounters implements Counters {
  readonly #accounts = new Map<string, Counts>();
  readonly #tokens = new Map<string, Counts>();
  readonly #slots = new RingSlots();
  readonly #rings: OwnedRing[] = [];
  #cursor = 0;
  #sweptDayMs = 0;

  get ringCount(): number {
    return this.#rings.length;
  }

  take(asked: LimitsAsked, cost: number, spend: number, now: Moment): Taken {
    const { wallMs, steadyMs } = now;
    const dayMs = dayStartMs(wallMs);
    const { endpointRate, tokenRate, tokenQuota, accountQuota, windowSeconds } = asked;
    let account = this.#accounts.get(asked.accountId);
    let token = this.#tokens.get(asked.tokenId);
    let endpointRing = endpointRate === null ? null : ringOf(account, asked.endpointId, windowSeconds);
    let tokenRing = tokenRate === null ? null : ringOf(token, 0, tokenWindowSeconds);

    const states: LimitState[] = [];
    if (endpointRate !== null)
      states.push(rateState("endpoint-rate", endpointRate, endpointRing, windowSeconds, steadyMs));
    if (tokenRate !== null) states.push(rateState("token-rate", tokenRate, tokenRing, tokenWindowSeconds, steadyMs));
    if (tokenQuota !== null) states.push(quotaLimit("token-quota", tokenQuota, token, dayMs));
    if (accountQuota !== null) states.push(quotaLimit("account-quota", accountQuota, account, dayMs));

    const refusing = checkLimits(states, cost);
    const spent = refusing === null ? spend : 0;
    if (spent > 0) {
      account ??= newCounts(this.#accounts, asked.accountId, dayMs);
      token ??= newCounts(this.#tokens, asked.tokenId, dayMs);
      // Counted for every token and account, so that a cap set at noon knows the morning.
      addToDay(account, spent, dayMs);
      addToDay(token, spent, dayMs);
      if (endpointRate !== null) {
        endpointRing ??= this.#newRing(account, asked.endpointId, windowSeconds);
        rateSpend(endpointRing, spent, steadyMs);
      }
      if (tokenRate !== null) {
        tokenRing ??= this.#newRing(token, 0, tokenWindowSeconds);
        rateSpend(tokenRing, spent, steadyMs);
      }
    }
    const quotaReset = quotaResetSeconds(wallMs);
    let refusedBy: LimitState | null = null;
    for (const state of states) {
      state.used += spent;
      state.remaining = Math.max(0, state.limit - state.used);
      if (state.kind === "quota") state.resetSeconds = quotaReset;
      else {
        const ring = state.name === "endpoint-rate" ? endpointRing : tokenRing;
        state.resetSeconds = ring === null ? 0 : resetSeconds(ring, steadyMs);
      }
      if (state.name === refusing) refusedBy = state;
    }
    const ring = refusing === "endpoint-rate" ? endpointRing : tokenRing;
    return { refusedBy, states, retryAfterSeconds: refusedBy === null ? 0 : waitFor(refusedBy, ring, cost, steadyMs) };
  }

  giveBack(asked: LimitsAsked, spent: number, now: Moment): void {
    const dayMs = dayStartMs(now.wallMs);
    const account = this.#accounts.get(asked.accountId);
    const token = this.#tokens.get(asked.tokenId);
    const endpointRing = asked.endpointRate === null ? null : ringOf(account, asked.endpointId, asked.windowSeconds);
    const tokenRing = asked.tokenRate === null ? null : ringOf(token, 0, tokenWindowSeconds);
    if (endpointRing) rateRefund(endpointRing, spent, now.steadyMs);
    if (tokenRing) rateRefund(tokenRing, spent, now.steadyMs);
    if (account) addToDay(account, -spent, dayMs);
    if (token) addToDay(token, -spent, dayMs);
  }

  /** Start-up: what was spent before on the day that begins at `dayMs`. */
  restoreDay(accountId: string, tokenId: string, spent: number, dayMs: number): void {
    addToDay(this.#accounts.get(accountId) ?? newCounts(this.#accounts, accountId, dayMs), spent, dayMs);
    addToDay(this.#tokens.get(tokenId) ?? newCounts(this.#tokens, tokenId, dayMs), spent, dayMs);
  }

  /** Start-up: one recorded decision whose cost may still count against rate limits. Records come in order of time. */
  restoreRate(
    accountId: string,
    tokenId: string,
    endpointId: number,
    windowSeconds: number,
    spent: number,
    atMs: number,
  ): void {
    const dayMs = dayStartMs(atMs);
    const account = this.#accounts.get(accountId) ?? newCounts(this.#accounts, accountId, dayMs);
    const token = this.#tokens.get(tokenId) ?? newCounts(this.#tokens, tokenId, dayMs);
    const endpointRing =
      ringOf(account, endpointId, windowSeconds) ?? this.#newRing(account, endpointId, windowSeconds);
    rateSpend(endpointRing, spent, atMs);
    rateSpend(ringOf(token, 0, tokenWindowSeconds) ?? this.#newRing(token, 0, tokenWindowSeconds), spent, atMs);
  }

  /** Frees up to `budget` idle rings per call, and the counts of past days once a day: call it often, it is cheap. */
  sweep(budget: number, now: Moment): void {
    for (let i = 0; i < budget && this.#rings.length > 0; i++) {
      if (this.#cursor >= this.#rings.length) this.#cursor = 0;
      const ring = this.#rings[this.#cursor];
      if (!ring || rateUsed(ring, now.steadyMs) > 0) this.#cursor++;
      else this.#free(ring, this.#cursor);
    }
    const dayMs = dayStartMs(now.wallMs);
    if (dayMs === this.#sweptDayMs) return;
    this.#sweptDayMs = dayMs;
    for (const all of [this.#accounts, this.#tokens]) {
      for (const [key, counts] of all) if (counts.dayMs < dayMs && counts.rings === null) all.delete(key);
    }
  }

  #newRing(owner: Counts, endpointId: number, windowSeconds: number): OwnedRing {
    const { slots, base } = this.#slots.take();
    const ring: OwnedRing = { ...newRateRing(windowSeconds, slots, base), owner, endpointId, next: owner.rings };
    owner.rings = ring;
    this.#rings.push(ring);
    return ring;
  }

  #free(ring: OwnedRing, at: number): void {
    const last = this.#rings.pop();
    if (last && last !== ring) this.#rings[at] = last;
    const { owner } = ring;
    if (owner.rings === ring) owner.rings = ring.next;
    for (let one = owner.rings; one !== null; one = one.next) if (one.next === ring) one.next = ring.next;
    this.#slots.giveBack(ring.slots, ring.base);
  }
}

/** A ring of another window belongs to the limit as it was before it was changed; the new one starts empty. */
function ringOf(owner: Counts | undefined, endpointId: number, windowSeconds: number): OwnedRing | null {
  let ring = owner === undefined ? null : owner.rings;
  while (ring !== null && (ring.endpointId !== endpointId || ring.windowMs !== windowSeconds * 1000)) ring = ring.next;
  return ring;
}

function rateState(
  name: LimitName,
  limit: number,
  ring: RateRing | null,
  windowSeconds: number,
  steadyMs: number,
): LimitState {
  const used = ring === null ? 0 : rateUsed(ring, steadyMs);
  return { name, kind: "rate", limit, used, remaining: 0, windowSeconds, resetSeconds: 0 };
}

/** A day that lies ahead of the clock is the same day: the clock was set back, and what is spent stays spent. */
function quotaLimit(name: LimitName, limit: number, counts: Counts | undefined, dayMs: number): LimitState {
  const used = counts !== undefined && counts.dayMs >= dayMs ? counts.used : 0;
  return { name, kind: "quota", limit, used, remaining: 0, windowSeconds: daySeconds, resetSeconds: 0 };
}

/** Seconds until `cost` fits under the limit that refused. */
function waitFor(refusedBy: LimitState, ring: RateRing | null, cost: number, steadyMs: number): number {
  if (refusedBy.kind === "quota") return refusedBy.resetSeconds;
  return retryAfterSeconds(ring ?? newRateRing(refusedBy.windowSeconds), refusedBy.limit, cost, steadyMs);
}

function newCounts(all: Map<string, Counts>, key: string, dayMs: number): Counts {
  const counts: Counts = { dayMs, used: 0, rings: null };
  all.set(key, counts);
  return counts;
}

function addToDay(counts: Counts, spent: number, dayMs: number): void {
  if (counts.dayMs >= dayMs) counts.used = Math.max(0, counts.used + spent);
  else {
    counts.dayMs = dayMs;
    counts.used = Math.max(0, spent);
  }
}
