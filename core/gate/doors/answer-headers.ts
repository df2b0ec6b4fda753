import { statusOf } from "../../rules/limits/check-order.ts";
import { dayStartMs } from "../../rules/limits/quota.ts";
import { dayMs } from "../../rules/time.ts";
import type { LimitState } from "../counters/counters.ts";
import { type Decision, isAllowed, type Refused } from "../decision/decision.ts";
import { limitTexts } from "./limit-texts.ts";

/** Name and value, one after the other, as node:http takes them. */
export type HeaderList = string[];

/**
 * The headers of a decided answer, for the client. Draft-10 of the RateLimit fields for all limits; `X-RateLimit-*` for the
 * tightest rate limit (or the one that refused), its reset in epoch seconds; `X-ApiQuota-*` for the account's quota, its reset
 * in ISO 8601. −1 = unlimited. A decision about no account names no limits, one about no
 * endpoint no rate limit.
 */
export function answerHeaders(decision: Decision): HeaderList {
  const list: HeaderList = [];
  if (decision.accountId !== null) {
    if (decision.limits.length > 0) {
      list.push("RateLimit-Policy", policyField(decision.limits), "RateLimit", limitField(decision.limits));
    }
    if (decision.endpoint !== null) pushRate(list, decision);
    pushQuota(list, decision);
  }
  if (!isAllowed(decision)) pushRefusal(list, decision);
  return list;
}

function policyField(limits: readonly LimitState[]): string {
  let field = "";
  for (const one of limits) field = field === "" ? limitTexts(one).policy : `${field}, ${limitTexts(one).policy}`;
  return field;
}

/** `t` = seconds until more becomes available; left out while nothing is used. */
function limitField(limits: readonly LimitState[]): string {
  let field = "";
  for (const one of limits) {
    const reset = one.resetSeconds > 0 ? `;t=${one.resetSeconds}` : "";
    field += `${field === "" ? "" : ", "}${limitTexts(one).field}${one.remaining}${reset}`;
  }
  return field;
}

/** The limit that `X-RateLimit-*` tell: the one that refused, else the tightest; null = none. */
export function tightestRate(decision: Decision): LimitState | null {
  if (!isAllowed(decision) && decision.limiter?.kind === "rate") return decision.limiter;
  let tightest: LimitState | null = null;
  for (const one of decision.limits) {
    if (one.kind === "rate" && (tightest === null || one.remaining < tightest.remaining)) tightest = one;
  }
  return tightest;
}

function pushRate(list: HeaderList, decision: Decision): void {
  const tightest = tightestRate(decision);
  const resetAt = Math.ceil(decision.atMs / 1000) + (tightest?.resetSeconds ?? 0);
  list.push("X-RateLimit-Limit", tightest === null ? "-1" : String(tightest.limit));
  list.push("X-RateLimit-Remaining", tightest === null ? "-1" : String(tightest.remaining));
  list.push("X-RateLimit-Reset", String(resetAt));
}

function pushQuota(list: HeaderList, decision: Decision): void {
  let quota: LimitState | null = null;
  for (const one of decision.limits) if (one.name === "account-quota") quota = one;
  list.push("X-ApiQuota-Limit", quota === null ? "-1" : String(quota.limit));
  list.push("X-ApiQuota-Remaining", quota === null ? "-1" : String(quota.remaining));
  list.push("X-ApiQuota-Reset", nextMidnight(decision.atMs));
}

function pushRefusal(list: HeaderList, refused: Refused): void {
  if (refused.retryAfterSeconds !== null) list.push("Retry-After", String(refused.retryAfterSeconds));
  if (refused.receipt !== null) list.push("X-Receipt-Id", refused.receipt);
  const challenge = bearerChallenge(refused);
  if (challenge !== null) list.push("WWW-Authenticate", challenge);
}

/** RFC 6750 section 3. */
export function bearerChallenge(refused: Refused): string | null {
  if (refused.code === "insufficient_scope") {
    const scope = (refused.missingScope ?? "").replace(/[^\x21\x23-\x5b\x5d-\x7e]/g, "");
    return `Bearer realm="api", error="insufficient_scope", scope="${scope}"`;
  }
  if (statusOf[refused.code] !== 401) return null;
  return refused.isWithoutToken ? 'Bearer realm="api"' : 'Bearer realm="api", error="invalid_token"';
}

let midnight = { dayMs: -1, text: "" };

/** The same text for a whole day, so it is kept. */
export function nextMidnight(atMs: number): string {
  const start = dayStartMs(atMs);
  if (midnight.dayMs !== start) {
    midnight = { dayMs: start, text: new Date(start + dayMs).toISOString().replace(".000Z", "Z") };
  }
  return midnight.text;
}
