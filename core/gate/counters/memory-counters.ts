import { checkLimits, type LimitName } from "../../rules/limits/check-order.ts";
import { quotaResetSeconds } from "../../rules/limits/quota.ts";
import {
  newRateRing,
  type RateRing,
  rateRefund,
  rateSpend,
  rateUsed,
  resetSeconds,
  retryAfterSeconds,
} from "../../rules/limits/rate-limit.ts";
import { dayMs } from "../../rules/time.ts";
import type { Moment } from "../state/clock.ts";
import type { Counters, CountsHolder, LimitState, LimitsAsked, Taken } from "./counters.ts";
import { RingSlots } from "./ring-slots.ts";

const tokenWindowSeconds = 60;
const daySeconds = 86_400;
const sweepParts = 600;

/** A ring in the list of its owner; endpoint 0 is the token's own. A class, so that all of them have one shape. */
class OwnedRing implements RateRing {
  head = 0;
  headSlot = 0;
  headEndsMs = 0;
  span = 0;
  sum = 0;
  next: OwnedRing | null;

  constructor(
    readonly owner: Counts,
    readonly endpointId: number,
    readonly windowMs: number,
    readonly slots: Uint32Array,
    readonly base: number,
  ) {
    this.next = owner.rings;
  }
}

/** Of one account or token: what was spent on one UTC day (counted from 1970), and its rings (few: one per endpoint in use). */
class Counts {
  used = 0;
  rings: OwnedRing | null = null;
  /** Forgotten: whoever still holds it must look again. */
  isGone = false;

  constructor(public day: number) {}
}

/** The counters of a gate that is alone. Rings are made when something is first counted and freed when nothing counts any more. */
export class MemoryCounters implements Counters {
  readonly #accounts = new Map<string, Counts>();
  readonly #tokens = new Map<string, Counts>();
  readonly #slots = new RingSlots();
  readonly #rings: OwnedRing[] = [];
  #cursor = 0;
  #sweptDay = 0;

  readonly isUp = true;

  end(): void {}

  get ringCount(): number {
    return this.#rings.length;
  }

  take(asked: LimitsAsked, cost: number, spend: number, now: Moment): Taken {
    const { wallMs, steadyMs } = now;
    const day = dayOf(wallMs);
    const { endpointRate, tokenRate, tokenQuota, accountQuota, windowSeconds } = asked;
    let account = held(this.#accounts, asked.accountId, asked.accountHolder);
    let token = held(this.#tokens, asked.tokenId, asked.tokenHolder);
    let endpointRing = endpointRate === null ? null : ringOf(account, asked.endpointId, windowSeconds);
    let tokenRing = tokenRate === null ? null : ringOf(token, 0, tokenWindowSeconds);

    const states: LimitState[] = [];
    if (endpointRate !== null)
      states.push(rateState("endpoint-rate", endpointRate, endpointRing, windowSeconds, steadyMs));
    if (tokenRate !== null) states.push(rateState("token-rate", tokenRate, tokenRing, tokenWindowSeconds, steadyMs));
    if (tokenQuota !== null) states.push(quotaLimit("token-quota", tokenQuota, token, day));
    if (accountQuota !== null) states.push(quotaLimit("account-quota", accountQuota, account, day));

    const refusing = checkLimits(states, cost);
    const spent = refusing === null ? spend : 0;
    if (spent > 0) {
      account ??= newCounts(this.#accounts, asked.accountId, day, asked.accountHolder);
      token ??= newCounts(this.#tokens, asked.tokenId, day, asked.tokenHolder);
      // Counted for every token and account, so that a cap set at noon knows the morning.
      addToDay(account, spent, day);
      addToDay(token, spent, day);
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
    const wait = refusedBy === null ? 0 : waitFor(refusedBy, ring, cost, steadyMs);
    return { refusedBy, states, retryAfterSeconds: wait, at: now };
  }

  giveBack(asked: LimitsAsked, spent: number, now: Moment): void {
    const day = dayOf(now.wallMs);
    const account = this.#accounts.get(asked.accountId);
    const token = this.#tokens.get(asked.tokenId);
    const endpointRing = asked.endpointRate === null ? null : ringOf(account, asked.endpointId, asked.windowSeconds);
    const tokenRing = asked.tokenRate === null ? null : ringOf(token, 0, tokenWindowSeconds);
    if (endpointRing) rateRefund(endpointRing, spent, now.steadyMs);
    if (tokenRing) rateRefund(tokenRing, spent, now.steadyMs);
    if (account) addToDay(account, -spent, day);
    if (token) addToDay(token, -spent, day);
  }

  /** Start-up: what was spent before on the day of `wallMs`. */
  restoreDay(accountId: string, tokenId: string, spent: number, wallMs: number): void {
    const day = dayOf(wallMs);
    addToDay(this.#accounts.get(accountId) ?? newCounts(this.#accounts, accountId, day), spent, day);
    addToDay(this.#tokens.get(tokenId) ?? newCounts(this.#tokens, tokenId, day), spent, day);
  }

  /** Start-up: one recorded decision whose cost may still count against rate limits. Records come in order of time. */
  restoreRate(
    of: Pick<LimitsAsked, "accountId" | "tokenId" | "endpointId" | "windowSeconds">,
    spent: number,
    at: Moment,
  ): void {
    const day = dayOf(at.wallMs);
    const account = this.#accounts.get(of.accountId) ?? newCounts(this.#accounts, of.accountId, day);
    const token = this.#tokens.get(of.tokenId) ?? newCounts(this.#tokens, of.tokenId, day);
    const { endpointId, windowSeconds } = of;
    const ring = ringOf(account, endpointId, windowSeconds) ?? this.#newRing(account, endpointId, windowSeconds);
    rateSpend(ring, spent, at.steadyMs);
    rateSpend(ringOf(token, 0, tokenWindowSeconds) ?? this.#newRing(token, 0, tokenWindowSeconds), spent, at.steadyMs);
  }

  /**
   * Frees idle rings, a part of them per call: called ten times a second, it comes round once a minute. Once a day it also
   * forgets the counts of days that are over.
   */
  sweep(now: Moment): void {
    for (let left = Math.max(50, this.#rings.length / sweepParts); left > 0 && this.#rings.length > 0; left--) {
      if (this.#cursor >= this.#rings.length) this.#cursor = 0;
      const ring = this.#rings[this.#cursor];
      if (!ring || rateUsed(ring, now.steadyMs) > 0) this.#cursor++;
      else this.#free(ring, this.#cursor);
    }
    const day = dayOf(now.wallMs);
    if (day === this.#sweptDay) return;
    this.#sweptDay = day;
    for (const all of [this.#accounts, this.#tokens]) {
      for (const [key, counts] of all) {
        if (counts.day >= day || counts.rings !== null) continue;
        counts.isGone = true;
        all.delete(key);
      }
    }
  }

  #newRing(owner: Counts, endpointId: number, windowSeconds: number): OwnedRing {
    const { slots, base } = this.#slots.take();
    const ring = new OwnedRing(owner, endpointId, windowSeconds * 1000, slots, base);
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
function quotaLimit(name: LimitName, limit: number, counts: Counts | undefined, day: number): LimitState {
  const used = counts !== undefined && counts.day >= day ? counts.used : 0;
  return { name, kind: "quota", limit, used, remaining: 0, windowSeconds: daySeconds, resetSeconds: 0 };
}

/** Seconds until `cost` fits under the limit that refused. */
function waitFor(refusedBy: LimitState, ring: RateRing | null, cost: number, steadyMs: number): number {
  if (refusedBy.kind === "quota") return refusedBy.resetSeconds;
  return retryAfterSeconds(ring ?? newRateRing(refusedBy.windowSeconds), refusedBy.limit, cost, steadyMs);
}

/** What the holder remembers, else what is among all. */
function held(all: Map<string, Counts>, key: string, holder: CountsHolder | undefined): Counts | undefined {
  const remembered = holder?.counts;
  if (remembered instanceof Counts && !remembered.isGone) return remembered;
  const found = all.get(key);
  if (holder && found) holder.counts = found;
  return found;
}

function newCounts(all: Map<string, Counts>, key: string, day: number, holder?: CountsHolder): Counts {
  const counts = new Counts(day);
  all.set(key, counts);
  if (holder) holder.counts = counts;
  return counts;
}

function addToDay(counts: Counts, spent: number, day: number): void {
  if (counts.day >= day) counts.used = Math.max(0, counts.used + spent);
  else {
    counts.day = day;
    counts.used = Math.max(0, spent);
  }
}

function dayOf(wallMs: number): number {
  return Math.floor(wallMs / dayMs);
}
