import { type ActionInForce, standingRefusalAt, tokenPauseAt } from "../standing/standing.ts";
import type { DecisionCode, RefusalCode, Surface } from "../vocabulary.ts";
import { type LimitCode, type LimitName, limitKinds } from "./catalogue.ts";

/** The published order of the checks. The first one that fails gives the code; nothing after it is looked at. */
export const checkOrder = [
  { step: 1, check: "well-formed", codes: ["malformed_token"] },
  { step: 2, check: "known", codes: ["unknown_token"] },
  { step: 3, check: "not revoked, not expired", codes: ["token_revoked", "token_expired"] },
  { step: 4, check: "not paused", codes: ["token_paused"] },
  {
    step: 5,
    check: "account standing",
    codes: ["account_closed", "account_terminated", "account_suspended", "surface_suspended"],
  },
  { step: 6, check: "address allowed", codes: ["ip_not_allowed", "account_ip_not_allowed"] },
  {
    step: 7,
    check: "endpoint and scope",
    codes: ["ambiguous_path", "unknown_endpoint", "endpoint_denied", "insufficient_scope"],
  },
  { step: 8, check: "rate limit", codes: [limitKinds.rate.code] },
  { step: 9, check: "quota", codes: [limitKinds.quota.code] },
] as const satisfies readonly { step: number; check: string; codes: readonly RefusalCode[] }[];

/** The HTTP status to answer with. Never 429 or 401 for a suspension: clients retry the one and rotate keys on the other. */
export const statusOf: Record<DecisionCode, 200 | 400 | 401 | 403 | 429> = {
  allowed: 200,
  malformed_token: 401,
  unknown_token: 401,
  token_revoked: 401,
  token_expired: 401,
  token_paused: 403,
  account_closed: 403,
  account_terminated: 403,
  account_suspended: 403,
  surface_suspended: 403,
  ip_not_allowed: 403,
  account_ip_not_allowed: 403,
  ambiguous_path: 400,
  unknown_endpoint: 403,
  endpoint_denied: 403,
  insufficient_scope: 403,
  rate_limited: 429,
  quota_exceeded: 429,
};

/** What the checks need of a token. Times are epoch milliseconds, null = never. */
export type TokenFacts = {
  id: string;
  scopes: ReadonlySet<string>;
  expiresAtMs: number | null;
  pausedAtMs: number | null;
  revokedAtMs: number | null;
  /** From then on this one of its secrets is refused as revoked. */
  secretRetiresAtMs: number | null;
};

export type EndpointFacts = { deniedAtMs: number | null; scope: string | null };

export type AccessFacts = {
  isWellFormed: boolean;
  /** Null = no such token. */
  token: TokenFacts | null;
  /** When the account was closed, epoch milliseconds; null = it is open. */
  closedAtMs: number | null;
  /** All actions of the account whose change has been committed, whether in force now or not. */
  actions: readonly ActionInForce[];
  surface: Surface;
  /** By the token's own list. */
  isAddressAllowed: boolean;
  /** By the list for all tokens of the account; both must admit. */
  isAddressOfAccount: boolean;
  /** Null = no endpoint matched; `ambiguous` = servers may route the path differently. */
  endpoint: EndpointFacts | "ambiguous" | null;
  /** A scope the caller asks for beside the endpoint's own; null = none. */
  askedScope: string | null;
};

export type AccessRefusal = {
  code: Exclude<RefusalCode, LimitCode>;
  /** The action behind a suspension, termination or staff pause. */
  action: ActionInForce | null;
  missingScope: string | null;
};

/** Steps 1 to 7: may this token do this at all? Null = yes, as far as limits allow. */
export function checkAccess(facts: AccessFacts, nowMs: number): AccessRefusal | null {
  if (!facts.isWellFormed) return refused("malformed_token");
  const { token, endpoint } = facts;
  if (token === null) return refused("unknown_token");
  if (isPast(token.revokedAtMs, nowMs) || isPast(token.secretRetiresAtMs, nowMs)) return refused("token_revoked");
  if (isPast(token.expiresAtMs, nowMs)) return refused("token_expired");
  if (isPast(token.pausedAtMs, nowMs)) return refused("token_paused");
  if (facts.actions.length > 0) {
    const pause = tokenPauseAt(facts.actions, token.id, nowMs);
    if (pause) return refused("token_paused", pause);
  }
  if (isPast(facts.closedAtMs, nowMs)) return refused("account_closed");
  if (facts.actions.length > 0) {
    const standing = standingRefusalAt(facts.actions, facts.surface, nowMs);
    if (standing) return refused(standing.code, standing.action);
  }
  if (!facts.isAddressAllowed) return refused("ip_not_allowed");
  if (!facts.isAddressOfAccount) return refused("account_ip_not_allowed");
  if (endpoint === "ambiguous") return refused("ambiguous_path");
  if (endpoint === null) return refused("unknown_endpoint");
  if (isPast(endpoint.deniedAtMs, nowMs)) return refused("endpoint_denied");
  if (endpoint.scope !== null && !token.scopes.has(endpoint.scope)) return lacking(endpoint.scope);
  if (facts.askedScope !== null && !token.scopes.has(facts.askedScope)) return lacking(facts.askedScope);
  return null;
}

/** What one limit allows and has seen; null limit = unlimited. */
export type LimitUse = { name: LimitName; limit: number | null; used: number };

/**
 * Steps 8 and 9, all or nothing: the name of the first limit that `cost` does not fit under, or null when it fits under
 * all of them. Only on null may it be spent, and then from each. `uses` stand in the order of the catalogue.
 */
export function checkLimits(uses: readonly LimitUse[], cost: number): LimitName | null {
  if (cost === 0) return null;
  for (const use of uses) {
    if (use.limit !== null && use.used + cost > use.limit) return use.name;
  }
  return null;
}

function isPast(atMs: number | null, nowMs: number): boolean {
  return atMs !== null && atMs <= nowMs;
}

function refused(code: AccessRefusal["code"], action: ActionInForce | null = null): AccessRefusal {
  return { code, action, missingScope: null };
}

function lacking(missingScope: string): AccessRefusal {
  return { code: "insufficient_scope", action: null, missingScope };
}
