import { type CountedSecond, type Told, type Waiting, waitingOf } from "../usage/waiting.ts";
import type { DecisionCode, Surface } from "../vocabulary.ts";
import type { AnsweredRequest, LastingStatus, WalkedIds } from "./answered.ts";

/** What one client does wrong, most of it after the policy's promise to tell the problems of how an API is used. */
export const findingKinds = [
  "cost_above_limit",
  "retries_without_waiting",
  "thundering_herd",
  "parallel_workers",
  "no_backoff",
  "demand_above_limit",
  "calls_after_quota",
  "quota_spent_by_one_token",
  "single_sends",
  "tight_polling",
  "missing_scope",
  "dead_token",
  "same_request_refused",
  "wrong_content_type",
  "same_request_failed",
  "walking_ids",
] as const;
export type FindingKind = (typeof findingKinds)[number];

export type EndpointFacts = {
  id: number;
  name: string;
  surface: Surface;
  method: string;
  path: string;
  /** Requests per window; null = no limit. */
  limit: number | null;
  windowSeconds: number;
};

/** Decisions of one token on one endpoint with one outcome, over the whole time looked at. */
export type OutcomeCount = {
  tokenId: string;
  endpointId: number;
  outcome: DecisionCode;
  requests: number;
  /** Since 00:00 UTC. */
  requestsToday: number;
  /** Cost taken from the quota since 00:00 UTC. */
  spentToday: number;
  /** Start of the hour of the first of them. */
  firstAtMs: number;
  /** Start of the minute of the last hour, else of the hour, of the last of them. */
  lastAtMs: number;
};

/** A limiter as its refusals name it: a `LimitName`, or what a later version stored. */
export type LimiterFacts = { name: string; limit: number; windowSeconds: number };

/** The time up to the last refusal of one token on one endpoint by a rate limit: ten minutes, or longer for the course of it. */
export type LimitedSpell = {
  tokenId: string;
  endpointId: number;
  fromMs: number;
  /** The last refusal. */
  toMs: number;
  /** Seconds with requests, in minutes that saw a refusal. */
  seconds: readonly CountedSecond[];
  /** Refusals that are kept, with the seconds that Retry-After said. */
  waits: readonly Told[];
  /** What refused last. */
  limiter: LimiterFacts | null;
};

/** Kept refusals of requests that alone cost more than the limit which refused them; `cost` = the most that one cost. */
export type TooDear = {
  tokenId: string;
  endpointId: number;
  requests: number;
  cost: number;
  limiter: LimiterFacts;
  firstAtMs: number;
  lastAtMs: number;
};

/** A second of the last three days, of a minute in one second of which ten or more were refused. */
export type BurstSecond = { tokenId: string; endpointId: number; atMs: number; allowed: number; refused: number };

/** Refused requests that are kept, alike in token, code, method and path. */
export type RefusedRequest = {
  tokenId: string;
  endpointId: number;
  code: DecisionCode;
  method: string | null;
  path: string | null;
  missingScope: string | null;
  limiterName: string | null;
  /** Kept ones; of very many alike some are counted only. */
  requests: number;
  /** Distinct addresses they came from. */
  addresses: number;
  firstAtMs: number;
  lastAtMs: number;
};

/** One account's last 24 hours as the diagnosis looks at them. */
export type DiagnosisFacts = {
  nowMs: number;
  fromMs: number;
  /** Requests per UTC day; null = unlimited. */
  quotaPerDay: number | null;
  endpoints: readonly EndpointFacts[];
  counts: readonly OutcomeCount[];
  spells: readonly LimitedSpell[];
  bursts: readonly BurstSecond[];
  tooDear: readonly TooDear[];
  refused: readonly RefusedRequest[];
  /** Allowed and refused requests by minute of the last hour. */
  minutes: readonly { atMs: number; tokenId: string; endpointId: number; requests: number }[];
  /** Requests today by token and network (/24, /48). */
  networks: readonly { tokenId: string; network: string; requests: number }[];
  /** What the API answered; absent = it reports no statuses. */
  answered?: readonly AnsweredRequest[];
  walked?: readonly WalkedIds[];
};

/** Calls of one token on one endpoint today, and what they cost. */
export type CostToday = {
  requests: number;
  /** By the rate limit. */
  refused: number;
  /** Of the daily quota, 0 to 1. */
  quotaShare: number;
};

/** What is known of each kind of mistake; its sentences are made of it in words/. */
export type MistakeFacts = {
  cost_above_limit: { requests: number; cost: number; limiter: LimiterFacts };
  retries_without_waiting: { early: number; refused: number; limiter: LimiterFacts | null };
  /** Seconds of the minute, 0 to 59, both included; they may go over its turn. */
  thundering_herd: {
    within: number;
    all: number;
    fromSecond: number;
    toSecond: number;
    times: number;
    everySeconds: number;
    limiter: LimiterFacts | null;
  };
  /** `workers` = how many waited at the same time at least, from so many addresses. */
  parallel_workers: { workers: number; addresses: number; refused: number; limiter: LimiterFacts | null };
  /** The usual time between tries within a wait, and the wait that was told. */
  no_backoff: { early: number; refused: number; gapMs: number; toldSeconds: number };
  /** `perWindow` = requests that were tried, on average over the minutes with refusals. */
  demand_above_limit: { refused: number; minutes: number; perWindow: number; limiter: LimiterFacts };
  /** `isTokenCap` = it was the token's cap, not the account's quota. */
  calls_after_quota: { requests: number; isTokenCap: boolean };
  quota_spent_by_one_token: { spent: number; spentByAll: number; quotaPerDay: number; refusedOthers: number };
  single_sends: { cost: CostToday; bulk: EndpointFacts };
  tight_polling: { perMinute: number; minutes: number; cost: CostToday };
  missing_scope: { requests: number; scope: string | null };
  dead_token: { requests: number; code: DeadTokenCode };
  same_request_refused: { requests: number; code: HopelessCode; method: string | null; path: string | null };
  wrong_content_type: { requests: number; method: string | null; path: string | null };
  /** `all` = of the token's calls to that endpoint in the same time. */
  same_request_failed: {
    requests: number;
    all: number;
    status: LastingStatus;
    method: string | null;
    path: string | null;
  };
  walking_ids: {
    requests: number;
    ids: number;
    lowest: number;
    highest: number;
    method: string | null;
    path: string;
  };
};

/** Refusals of a token that is over or stopped. */
export const deadTokenCodes = ["token_revoked", "token_expired", "token_paused"] as const;
export type DeadTokenCode = (typeof deadTokenCodes)[number];

/** Refusals that no repetition can mend. Those of tokens and scopes have findings of their own. */
export const hopelessCodes = [
  "unknown_endpoint",
  "endpoint_denied",
  "ip_not_allowed",
  "account_ip_not_allowed",
] as const;
export type HopelessCode = (typeof hopelessCodes)[number];

export type Mistake = { [Kind in FindingKind]: { kind: Kind; facts: MistakeFacts[Kind] } }[FindingKind];

export type Found = Mistake & {
  /** Null = it concerns the account as a whole. */
  tokenId: string | null;
  /** Null = it concerns no endpoint, or the path matched none. */
  endpointId: number | null;
  /** Since when, as far as the time looked at goes back. */
  fromMs: number;
  /** The last time it was seen. */
  toMs: number;
  /** How many requests it is about. */
  requests: number;
  /** How many of them were refused: what it costs. */
  refused: number;
};

/** `isOver` = it was not seen for so long that it has ended. */
export type Finding = Found & { isOver: boolean };

type Named = {
  kind: FindingKind;
  /** The same mistake seen more exactly: where one of these is found for a token and endpoint, this one says nothing new. */
  unless?: readonly FindingKind[];
};

/** Looks at one account for one kind of mistake. */
export type AccountDiagnosis = Named & { find: (facts: DiagnosisFacts) => Found[] };

/**
 * Looks at ten minutes of one token and endpoint. `ease` = the share of each threshold that is enough: 1 to find it, less to say
 * that what was found goes on.
 */
export type SpellDiagnosis = Named & {
  findIn: (spell: LimitedSpell, counts: readonly OutcomeCount[], ease: number) => Found | null;
};

export type Diagnosis = AccountDiagnosis | SpellDiagnosis;

const waitings = new WeakMap<LimitedSpell, Map<number, Waiting>>();

/** How the client of a spell keeps its waits; several diagnoses ask. `ease` as in `SpellDiagnosis`. */
export function waitingIn(spell: LimitedSpell, ease: number): Waiting {
  const byEase = waitings.get(spell) ?? new Map<number, Waiting>();
  const known = byEase.get(ease) ?? waitingOf(spell.waits, spell.seconds, ease);
  waitings.set(spell, byEase.set(ease, known));
  return known;
}

/** All counts of an account with one of these outcomes, joined by token, or by token and endpoint. */
export function sumCounts(
  counts: readonly OutcomeCount[],
  outcomes: readonly DecisionCode[],
  by: "token" | "endpoint",
): Omit<OutcomeCount, "outcome">[] {
  const sums = new Map<string, Omit<OutcomeCount, "outcome">>();
  for (const { outcome, ...one } of counts) {
    if (!outcomes.includes(outcome)) continue;
    const key = by === "token" ? one.tokenId : `${one.tokenId} ${one.endpointId}`;
    const sum = sums.get(key);
    if (!sum) {
      sums.set(key, { ...one });
      continue;
    }
    sum.requests += one.requests;
    sum.requestsToday += one.requestsToday;
    sum.spentToday += one.spentToday;
    sum.firstAtMs = Math.min(sum.firstAtMs, one.firstAtMs);
    sum.lastAtMs = Math.max(sum.lastAtMs, one.lastAtMs);
  }
  return [...sums.values()];
}

/**
 * Today's calls of one token on one endpoint that counted or met the rate limit. They are costly, and worth a word, from a
 * quarter of the quota on, or where one in fifty was refused.
 */
export function costToday(
  { counts, quotaPerDay }: Pick<DiagnosisFacts, "counts" | "quotaPerDay">,
  { tokenId, endpointId }: Pick<OutcomeCount, "tokenId" | "endpointId">,
): CostToday & { isCostly: boolean } {
  const own = counts.filter((one) => one.tokenId === tokenId && one.endpointId === endpointId);
  const [sum] = sumCounts(own, ["allowed", "rate_limited"], "endpoint");
  const [limited] = sumCounts(own, ["rate_limited"], "endpoint");
  const requests = sum?.requestsToday ?? 0;
  const refused = limited?.requestsToday ?? 0;
  // A quota that was lowered today may be overspent.
  const quotaShare = quotaPerDay ? Math.min(1, (sum?.spentToday ?? 0) / quotaPerDay) : 0;
  return { requests, refused, quotaShare, isCostly: quotaShare >= 0.25 || refused >= 0.02 * Math.max(1, requests) };
}

export function refusedOf(seconds: readonly { refused: number }[]): number {
  return seconds.reduce((sum, one) => sum + one.refused, 0);
}

export function requestsOf(seconds: LimitedSpell["seconds"]): number {
  return seconds.reduce((sum, one) => sum + one.allowed + one.refused, 0);
}

/** How many requests of a token the rate limit of an endpoint refused in the whole time looked at: what such a spell costs. */
export function rateLimited(
  counts: readonly OutcomeCount[],
  { tokenId, endpointId }: { tokenId: string; endpointId: number },
): number {
  const own = counts.filter((one) => one.tokenId === tokenId && one.endpointId === endpointId);
  return sumCounts(own, ["rate_limited"], "endpoint")[0]?.requests ?? 0;
}
