import type { LimitName } from "../../core/rules/limits/catalogue.ts";
import type { CredentialMistake } from "../../core/rules/tokens/credential-mistake.ts";
import type { GateUnavailableCode, RefusalCode } from "../../core/rules/vocabulary.ts";
import { count, plural } from "./numbers.ts";

/** Short names of the gate's problems (RFC 9457 `title`). They stay the same from one occurrence to the next. */
export const gateProblems: Record<RefusalCode | GateUnavailableCode, string> = {
  malformed_token: "No usable token",
  unknown_token: "Unknown token",
  token_revoked: "Token revoked",
  token_expired: "Token expired",
  token_paused: "Token paused",
  account_closed: "Account closed",
  account_suspended: "Account suspended",
  account_terminated: "Account terminated",
  surface_suspended: "Access suspended for this kind of request",
  ip_not_allowed: "Address not allowed",
  account_ip_not_allowed: "Address not allowed",
  ambiguous_path: "Ambiguous path",
  unknown_endpoint: "Unknown endpoint",
  endpoint_denied: "Endpoint closed",
  insufficient_scope: "Scope missing",
  rate_limited: "Rate limit reached",
  quota_exceeded: "Daily quota used up",
  gate_starting: "Not ready yet",
  gate_stale: "Temporarily unavailable",
  gate_journal: "Temporarily unavailable",
  gate_counters: "Temporarily unavailable",
};

export const pathTooLong = {
  title: "Path too long",
  detail: (most: number) => `The path is longer than ${count(most)} characters. The query does not count.`,
};

type GateRefusal = {
  code: RefusalCode;
  /** Whole seconds; null where no wait helps. */
  retryAfterSeconds: number | null;
  isWithoutToken: boolean;
  isSecretReplaced: boolean;
  mistake: CredentialMistake | null;
  missingScope: string | null;
  /** The limit that refused, and what the request would have taken from it. */
  limiter: { name: LimitName; limit: number; windowSeconds: number } | null;
  cost: number;
  /** The provider's reason, in the words for the owner; null while the owner has not been notified. */
  reason: string | null;
  /** Epoch milliseconds; null = no end, or not notified. */
  endsAtMs: number | null;
};

/** What happened and what to do, for the client's developer. Never holds the token. */
export function gateRefusal(refused: GateRefusal): string {
  const wait = refused.retryAfterSeconds ?? 0;
  if (refused.mistake !== null) return credentialMistakes[refused.mistake];
  switch (refused.code) {
    case "malformed_token":
      return refused.isWithoutToken
        ? "The request carries no token. Send it as 'Authorization: Bearer <token>'."
        : "The token is incomplete or was altered. Copy it again from where it was created.";
    case "unknown_token":
      return "This token does not exist. Check that it belongs to this API, or create a new one.";
    case "token_revoked":
      return refused.isSecretReplaced
        ? "This secret was replaced and no longer works. Put the token's new secret into your client."
        : "This token was revoked. Create a new one and put it into your client.";
    case "token_expired":
      return "This token has expired. Create a new one and put it into your client.";
    case "token_paused":
      return `This token is paused${until(refused)}. ${why(refused)}An owner of the account can see its state.`;
    case "account_closed":
      return "The account is closed. Stop sending requests; its owners can ask the provider to reopen it.";
    case "account_suspended":
      return `The account is suspended${until(refused)}. ${why(refused)}Stop sending requests; an owner of the account can see what to do.`;
    case "account_terminated":
      return `The account is terminated. ${why(refused)}An owner of the account can see what to do.`;
    case "surface_suspended":
      return `The account is suspended for this kind of request${until(refused)}. ${why(refused)}An owner of the account can see what to do.`;
    case "ip_not_allowed":
      return "This token cannot be used from this address. Call from an allowed address, or ask an owner to extend the token's allow-list.";
    case "account_ip_not_allowed":
      return "The account's tokens cannot be used from this address. Call from an allowed address, or ask an owner to extend the account's allow-list.";
    case "ambiguous_path":
      return "Servers read this path in different ways. Send it without '.' and '..', '//', '\\', ';', encoded slashes and needless escapes.";
    case "unknown_endpoint":
      return "There is no such endpoint. Check the method and the path against the API's reference.";
    case "endpoint_denied":
      return "This endpoint is closed. Use another one, or ask the provider when it opens again.";
    case "insufficient_scope":
      return `The token lacks the scope '${refused.missingScope ?? ""}'. Use one that has it, or ask an owner of the account to add it.`;
    case "rate_limited":
      return overLimit(refused, "endpoint-rate", `is reached. Wait ${seconds(wait)} and send more slowly.`);
    case "quota_exceeded":
      return overLimit(refused, "account-quota", `is used up. It resets at 00:00 UTC, in ${seconds(wait)}.`);
  }
}

/** Why what came is no token, and what to do. */
const credentialMistakes: Record<CredentialMistake, string> = {
  in_query:
    "The token is in the address, where proxies and logs keep it. Send it as 'Authorization: Bearer <token>', and replace this token.",
  empty_variable:
    "The client sent the word of an empty variable, such as 'undefined', instead of a token. Check where it reads the token from.",
  quoted: "The client sent quotation marks around the token. Send it without them.",
  placeholder: "The client sent a placeholder instead of a token. Put a token of your account in its place.",
};

/** Why the gate could not decide. */
export function gateUnavailable(code: GateUnavailableCode): string {
  return code === "gate_starting"
    ? "The access check is starting. Try again in a few seconds."
    : "The access check cannot decide right now. Try again in a few seconds.";
}

/** `ifGone`: the limit of a refusal that is repeated may have been removed meanwhile. */
function overLimit({ limiter, cost }: GateRefusal, ifGone: LimitName, whenToRetry: string): string {
  const limit = limitTexts[limiter?.name ?? ifGone](limiter?.limit ?? 0, limiter?.windowSeconds ?? 0);
  const isBeyond = limiter !== null && cost > limiter.limit;
  return isBeyond
    ? `${limit} is less than the ${cost} that this request costs, so waiting does not help. Split the request, or ask for a higher limit.`
    : `${limit} ${whenToRetry}`;
}

const limitTexts: Record<LimitName, (limit: number, windowSeconds: number) => string> = {
  "endpoint-rate": (limit, window) => `The rate limit of ${limit} requests per ${seconds(window)} on this endpoint`,
  "token-rate": (limit) => `This token's own cap of ${limit} requests per minute`,
  "token-quota": (limit) => `This token's own cap of ${limit} requests per day`,
  "account-quota": (limit) => `The account's quota of ${limit} requests per day`,
};

function seconds(count: number): string {
  return plural(count, { one: "second", other: "seconds" });
}

function until({ endsAtMs }: GateRefusal): string {
  return endsAtMs === null ? "" : ` until ${new Date(endsAtMs).toISOString().slice(0, 16)}Z`;
}

function why({ reason }: GateRefusal): string {
  return reason === null || reason === "" ? "" : `Reason: ${reason} `;
}
