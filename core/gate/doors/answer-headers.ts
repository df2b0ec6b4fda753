import { type LimitHeaders, limitHeaderNames, limitNamed } from "../../rules/limits/catalogue.ts";
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
 * in ISO 8601. −1 = unlimited. A decision about no account names no limits, one about no endpoint no rate limit.
 */
export function answerHeaders(decision: Decision): HeaderList {
  const list: HeaderList = [];
  if (decision.accountId !== null) {
    if (decision.limits.length > 0) {
      list.push("RateLimit-Policy", policyField(decision.limits), "RateLimit", limitField(decision.limits));
    }
    pushLimits(list, decision);
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

type HeaderRules = {
  /** Left out of a decision about no endpoint. */
  isOfEndpoint: boolean;
  /** The `-Reset` of a decision at `atMs`; `told` = the limit that the headers tell, null = unlimited. */
  reset: (atMs: number, told: LimitState | null) => string;
};

const headerRules: Record<LimitHeaders, HeaderRules> = {
  "X-RateLimit": {
    isOfEndpoint: true,
    reset: (atMs, told) => String(Math.ceil(atMs / 1000) + (told?.resetSeconds ?? 0)),
  },
  "X-ApiQuota": { isOfEndpoint: false, reset: nextMidnight },
};

/** The same as a list with what does not change, in the order they are written. */
export const limitHeaders = limitHeaderNames.map((name) => ({
  name,
  ...headerRules[name],
  unlimitedJson: `,"${name}-Limit":"-1","${name}-Remaining":"-1`,
  resetJson: `","${name}-Reset":"`,
}));

/** The tightest of the limits that these headers tell; null = there is none. */
export function tightest(name: LimitHeaders, limits: readonly LimitState[]): LimitState | null {
  let found: LimitState | null = null;
  for (const one of limits) {
    if (limitNamed[one.name].headers === name && (found === null || one.remaining < found.remaining)) found = one;
  }
  return found;
}

/** The limit that refused, else the tightest. */
function toldBy(name: LimitHeaders, decision: Decision): LimitState | null {
  const limiter = isAllowed(decision) ? null : decision.limiter;
  const isTold = limiter !== null && limitNamed[limiter.name].headers === name;
  return isTold ? limiter : tightest(name, decision.limits);
}

function pushLimits(list: HeaderList, decision: Decision): void {
  for (const { name, isOfEndpoint, reset } of limitHeaders) {
    if (isOfEndpoint && decision.endpoint === null) continue;
    const told = toldBy(name, decision);
    list.push(`${name}-Limit`, told === null ? "-1" : String(told.limit));
    list.push(`${name}-Remaining`, told === null ? "-1" : String(told.remaining));
    list.push(`${name}-Reset`, reset(decision.atMs, told));
  }
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
