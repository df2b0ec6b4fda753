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

/** Spent on one UTC day. */
type DayCount = { dayMs: number; used: number };
type OwnedRing = RateRing & { owner: Map<string, OwnedRing>; key: string };

/** The counters of a gate that is alone. Rings are made when something is first counted and freed when nothing counts any more. */
export class MemoryCounters implements Counters {
  readonly #accountDays = new Map<string, DayCount>();
  readonly #tokenDays = new Map<string, DayCount>();
  /** Per account × endpoint: one map per endpoint, by account. */
  readonly #endpointRings = new Map<number, Map<string, OwnedRing>>();
  readonly #tokenRings = new Map<string, OwnedRing>();
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
    const { endpointRate, tokenRate, tokenQuota, accountQuota } = asked;
    const states: LimitState[] = [];
    const endpointRing = endpointRate === null ? undefined : this.#endpointRing(asked);
    if (endpointRate !== null) {
      states.push(rateState("endpoint-rate", endpointRate, endpointRing, asked.windowSeconds, steadyMs));
    }
    const tokenRing = tokenRate === null ? undefined : this.#tokenRings.get(asked.tokenId);
    if (tokenRate !== null) states.push(rateState("token-rate", tokenRate, tokenRing, tokenWindowSeconds, steadyMs));
    const tokenUsed = usedOn(this.#tokenDays.get(asked.tokenId), dayMs);
    if (tokenQuota !== null) states.push(quotaLimit("token-quota", tokenQuota, tokenUsed));
    const accountUsed = usedOn(this.#accountDays.get(asked.accountId), dayMs);
    if (accountQuota !== null) states.push(quotaLimit("account-quota", accountQuota, accountUsed));

    const refusing = checkLimits(states, cost);
    if (refusing === null && spend > 0) {
      this.#count(asked, spend, now, dayMs);
      for (const state of states) state.used += spend;
    }
    const quotaReset = quotaResetSeconds(wallMs);
    let refusedBy: LimitState | null = null;
    for (const state of states) {
      state.remaining = Math.max(0, state.limit - state.used);
      if (state.name === refusing) refusedBy = state;
      if (state.kind === "quota") state.resetSeconds = quotaReset;
      else state.resetSeconds = this.#rateReset(state, asked, steadyMs);
    }
    return { refusedBy, states, retryAfterSeconds: this.#retryAfter(refusedBy, asked, cost, now) };
  }

  giveBack(asked: LimitsAsked, spent: number, now: Moment): void {
    const endpointRing = this.#endpointRing(asked);
    if (endpointRing && asked.endpointRate !== null) rateRefund(endpointRing, spent, now.steadyMs);
    const tokenRing = this.#tokenRings.get(asked.tokenId);
    if (tokenRing && asked.tokenRate !== null) rateRefund(tokenRing, spent, now.steadyMs);
    addToDay(this.#tokenDays, asked.tokenId, -spent, dayStartMs(now.wallMs));
    addToDay(this.#accountDays, asked.accountId, -spent, dayStartMs(now.wallMs));
  }

  /** Start-up: what was spent before on the day that begins at `dayMs`. */
  restoreDay(accountId: string, tokenId: string, spent: number, dayMs: number): void {
    addToDay(this.#accountDays, accountId, spent, dayMs);
    addToDay(this.#tokenDays, tokenId, spent, dayMs);
  }

  /** Start-up: one recorded decision whose cost may still count against rate limits. Records come in order of time. */
  restoreRate(
    record: { accountId: string; tokenId: string; endpointId: number },
    windowSeconds: number,
    spent: number,
    atMs: number,
  ): void {
    const asked = { ...record, windowSeconds };
    rateSpend(this.#endpointRing(asked) ?? this.#newEndpointRing(asked), spent, atMs);
    rateSpend(this.#tokenRings.get(record.tokenId) ?? this.#newTokenRing(record.tokenId), spent, atMs);
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
    for (const days of [this.#accountDays, this.#tokenDays]) {
      for (const [key, day] of days) if (day.dayMs < dayMs) days.delete(key);
    }
  }

  #count(asked: LimitsAsked, spend: number, { steadyMs }: Moment, dayMs: number): void {
    if (asked.endpointRate !== null) {
      rateSpend(this.#endpointRing(asked) ?? this.#newEndpointRing(asked), spend, steadyMs);
    }
    if (asked.tokenRate !== null) {
      rateSpend(this.#tokenRings.get(asked.tokenId) ?? this.#newTokenRing(asked.tokenId), spend, steadyMs);
    }
    // Counted for every token and account, so that a cap set at noon knows the morning.
    addToDay(this.#tokenDays, asked.tokenId, spend, dayMs);
    addToDay(this.#accountDays, asked.accountId, spend, dayMs);
  }

  #retryAfter(refusedBy: LimitState | null, asked: LimitsAsked, cost: number, now: Moment): number {
    if (refusedBy === null) return 0;
    if (refusedBy.kind === "quota") return refusedBy.resetSeconds;
    const ring = this.#ringOf(refusedBy.name, asked) ?? newRateRing(refusedBy.windowSeconds);
    return retryAfterSeconds(ring, refusedBy.limit, cost, now.steadyMs);
  }

  #rateReset(state: LimitState, asked: LimitsAsked, steadyMs: number): number {
    const ring = state.used === 0 ? undefined : this.#ringOf(state.name, asked);
    return ring ? resetSeconds(ring, steadyMs) : 0;
  }

  #ringOf(name: LimitName, asked: LimitsAsked): OwnedRing | undefined {
    return name === "endpoint-rate" ? this.#endpointRing(asked) : this.#tokenRings.get(asked.tokenId);
  }

  /** A ring of another window belongs to the limit as it was before it was changed; the new one starts empty. */
  #endpointRing(asked: Pick<LimitsAsked, "accountId" | "endpointId" | "windowSeconds">): OwnedRing | undefined {
    const ring = this.#endpointRings.get(asked.endpointId)?.get(asked.accountId);
    return ring && ring.windowMs === asked.windowSeconds * 1000 ? ring : undefined;
  }

  #newEndpointRing(asked: Pick<LimitsAsked, "accountId" | "endpointId" | "windowSeconds">): OwnedRing {
    const owner = this.#endpointRings.get(asked.endpointId) ?? new Map<string, OwnedRing>();
    this.#endpointRings.set(asked.endpointId, owner);
    return this.#newRing(owner, asked.accountId, asked.windowSeconds);
  }

  #newTokenRing(tokenId: string): OwnedRing {
    return this.#newRing(this.#tokenRings, tokenId, tokenWindowSeconds);
  }

  #newRing(owner: OwnedRing["owner"], key: string, windowSeconds: number): OwnedRing {
    const { slots, base } = this.#slots.take();
    const ring = { ...newRateRing(windowSeconds, slots, base), owner, key };
    owner.set(key, ring);
    this.#rings.push(ring);
    return ring;
  }

  #free(ring: OwnedRing, at: number): void {
    const last = this.#rings.pop();
    if (last && last !== ring) this.#rings[at] = last;
    if (ring.owner.get(ring.key) === ring) ring.owner.delete(ring.key);
    this.#slots.giveBack(ring.slots, ring.base);
  }
}

function rateState(
  name: LimitName,
  limit: number,
  ring: RateRing | undefined,
  windowSeconds: number,
  steadyMs: number,
): LimitState {
  const used = ring === undefined ? 0 : rateUsed(ring, steadyMs);
  return { name, kind: "rate", limit, used, remaining: 0, windowSeconds, resetSeconds: 0 };
}

function quotaLimit(name: LimitName, limit: number, used: number): LimitState {
  return { name, kind: "quota", limit, used, remaining: 0, windowSeconds: daySeconds, resetSeconds: 0 };
}

/** A day that lies ahead of the clock is the same day: the clock was set back, and what is spent stays spent. */
function usedOn(day: DayCount | undefined, dayMs: number): number {
  return day !== undefined && day.dayMs >= dayMs ? day.used : 0;
}

function addToDay(days: Map<string, DayCount>, key: string, spend: number, dayMs: number): void {
  const day = days.get(key);
  if (day === undefined) days.set(key, { dayMs, used: Math.max(0, spend) });
  else if (day.dayMs >= dayMs) day.used = Math.max(0, day.used + spend);
  else {
    day.dayMs = dayMs;
    day.used = Math.max(0, spend);
  }
}
