import type { CredentialMistake } from "../../rules/tokens/credential-mistake.ts";
import type { DecisionCode, GateUnavailableCode, RefusalCode } from "../../rules/vocabulary.ts";
import type { LimitState } from "../counters/counters.ts";
import type { ExternalId } from "../state/account-cache.ts";
import type { ScopeSet } from "../state/scope-sets.ts";

/** What a decision says in any case. */
type Decided = {
  /** Epoch milliseconds. */
  atMs: number;
  /** Null = the token names no account. */
  accountId: string | null;
  /** The provider's own id of that account; null = it has none. */
  externalId: ExternalId | null;
  tokenId: string | null;
  /** Which secret of a token that has had several; null = its only one. */
  secretId: string | null;
  scopes: ScopeSet | null;
  /** Null = no endpoint matched. */
  endpoint: { id: number; name: string; nameJson: string } | null;
  /** Of the limits that exist, in the published order; empty when the token names no account. */
  limits: readonly LimitState[];
  policyVersion: number | null;
  /** Recorded and counted; false = only looked. */
  isCounted: boolean;
};

export type Allowed = Decided & { code: "allowed"; spent: number };

export type Refused = Decided & {
  code: RefusalCode;
  /** Null when it was only looked. */
  receipt: string | null;
  /** What the request would have taken from each limit. */
  cost: number;
  /** The limit that refused, as it stood. */
  limiter: LimitState | null;
  /** Whole seconds; set on every 429 but one that costs more than the whole limit, which no wait lets pass. */
  retryAfterSeconds: number | null;
  missingScope: string | null;
  /** Why, in the words for the owner; null while the owner has not been told. */
  reason: string | null;
  /** End of the suspension or pause, epoch milliseconds; null = none, or not told. */
  endsAtMs: number | null;
  /** With `token_revoked`: only this secret is over, since the token was rotated; the token has another that works. */
  isSecretReplaced: boolean;
  /** Why what was sent is no token, where that is known. */
  mistake: CredentialMistake | null;
  /** No credentials came at all: RFC 6750 wants no error code then. */
  isWithoutToken: boolean;
};

/** The gate's answer to one request. A refusal is a value, never an exception. */
export type Decision = Allowed | Refused;

export type Unavailable = { code: GateUnavailableCode };

export type Outcome = Decision | Unavailable;

export function isUnavailable(outcome: Outcome): outcome is Unavailable {
  return outcome.code.startsWith("gate_");
}

export function isAllowed(decision: Decision): decision is Allowed {
  return decision.code === "allowed";
}

export function isRefusalCode(code: DecisionCode): code is RefusalCode {
  return code !== "allowed";
}
