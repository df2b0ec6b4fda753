import { type DecisionCode, decisionCodes } from "#core/rules/vocabulary.ts";

type Words = {
  /** The code in plain words. */
  title: string;
  /** Why the gate said so, as a whole sentence. */
  why: string;
  /** What the client's owner can do, as one sentence. */
  advice: string;
};

/** Every decision code as people read it. The only table of these words. */
export const decisionWords: Record<DecisionCode, Words> = {
  allowed: { title: "Allowed", why: "The request was let through.", advice: "Nothing to do." },
  malformed_token: {
    title: "Not a token",
    why: "What was sent cannot be a token: its length, letters or checksum are wrong.",
    advice: "Copy the whole token again; a missing or doubled character is the usual cause.",
  },
  unknown_token: {
    title: "Unknown token",
    why: "No token with this text exists.",
    advice: "Check that the client uses this installation's token, then create a new one if the text is lost.",
  },
  token_revoked: {
    title: "Token revoked",
    why: "The token was revoked for good.",
    advice: "Create a new token and put it into the client that still sends the old one.",
  },
  token_expired: {
    title: "Token expired",
    why: "The token's time was over.",
    advice: "Give the token a later end under Edit if its client should go on, or create a new one.",
  },
  token_paused: {
    title: "Token paused",
    why: "The token was paused.",
    advice: "Unpause it under Tokens if the client should run; if the provider paused it, see Standing.",
  },
  account_suspended: {
    title: "Account suspended",
    why: "The account was suspended as a whole.",
    advice: "See Standing for the reason and the end; do not retry and do not create new tokens.",
  },
  account_terminated: {
    title: "Account terminated",
    why: "The account was ended by the provider.",
    advice: "See Standing for the reason; waiting will not help.",
  },
  surface_suspended: {
    title: "Surface suspended",
    why: "One way of access (HTTP, SMTP or inbound) was suspended for this account.",
    advice: "See Standing for the reason and the end; the other surfaces go on working.",
  },
  ip_not_allowed: {
    title: "Address not allowed",
    why: "The call came from an address outside the token's allow-list.",
    advice: "Call from a listed network, or add this address to the token under Edit.",
  },
  unknown_endpoint: {
    title: "No such endpoint",
    why: "The method and path match no endpoint of this API.",
    advice: "Check the method and the path against the API reference.",
  },
  endpoint_denied: {
    title: "Endpoint closed",
    why: "The provider has closed this endpoint.",
    advice: "Use another endpoint, or ask the provider when it opens again.",
  },
  insufficient_scope: {
    title: "Scope missing",
    why: "The token does not hold the scope that this endpoint needs.",
    advice: "Give the token the missing scope under Edit, or use one that holds it.",
  },
  rate_limited: {
    title: "Rate limit reached",
    why: "The endpoint's rate limit for this account was used up for the moment.",
    advice: "Wait as long as Retry-After says before the next call, and spread the calls out.",
  },
  quota_exceeded: {
    title: "Daily quota used up",
    why: "The account's quota for the UTC day was used up.",
    advice: "Stop until the reset at 00:00 UTC, or ask the provider for a larger quota.",
  },
};

/** Where a limit of the token's own refused, by the limit's name. */
const ownLimitWords: Record<string, Pick<Words, "why" | "advice">> = {
  "token-rate": {
    why: "The token's own limit per minute was used up for the moment.",
    advice: "Wait as long as Retry-After says before the next call, or raise the token's limit under Edit.",
  },
  "token-quota": {
    why: "The token's own limit for the UTC day was used up.",
    advice: "Stop until the reset at 00:00 UTC, or raise the token's limit under Edit.",
  },
};

/** Where a token lives and only the secret that was sent is over. */
const replacedSecretWords: Words = {
  title: "Secret replaced",
  why: "The token was rotated, and the time of this old secret of it was over.",
  advice: "Put the token's new secret into the client that still sends the old one.",
};

/** Where a request alone costs more than its limit allows in all. */
const neverFitsWords: Pick<Words, "why" | "advice"> = {
  why: "The request alone costs more than its limit allows in all.",
  advice: "Waiting does not help: split the request, or have the limit raised.",
};

type Limiter = { name: string; limit?: number; cost?: number };
type Facts = { code: string; limiter?: Limiter | null; isSecretReplaced?: boolean };

/** Whether no wait lets the request pass under this limit. */
export function isBeyondLimit({ limit = 0, cost = 0 }: Omit<Limiter, "name">): boolean {
  return cost > limit;
}

/** The words of one refusal, which know what of it was over and whose limit it was; a code of a later version is its own title. */
export function refusalWords({ code, limiter, isSecretReplaced }: Facts): Words {
  if (isSecretReplaced) return replacedSecretWords;
  const known = decisionCodes.find((one) => one === code);
  if (!known) return { title: code, why: "", advice: "" };
  if (limiter && isBeyondLimit(limiter)) return { ...decisionWords[known], ...neverFitsWords };
  return { ...decisionWords[known], ...(limiter ? ownLimitWords[limiter.name] : {}) };
}
