import { findLimit, type LimitName } from "../../core/rules/limits/catalogue.ts";
import { type DecisionCode, decisionCodes } from "../../core/rules/vocabulary.ts";

export type DecisionWords = {
  title: string;
  /** Why the gate said so, as a whole sentence. */
  why: string;
  /** What the owner of the client can do. */
  advice: string;
};

/** Every decision code as people read it. */
export const decisions: Record<DecisionCode, DecisionWords> = {
  allowed: { title: "Allowed", why: "The request was allowed.", advice: "Nothing to do." },
  malformed_token: {
    title: "Not a token",
    why: "The text sent cannot be a token: its length, letters or checksum is wrong.",
    advice: "Copy the whole token again. A missing or doubled character is the usual cause.",
  },
  unknown_token: {
    title: "Unknown token",
    why: "No token with this text exists.",
    advice: "Check that the client uses a token of this installation. If its text is lost, create a new token.",
  },
  token_revoked: {
    title: "Token revoked",
    why: "The token was revoked.",
    advice: "Create a new token and put it into the client that still sends the old one.",
  },
  token_expired: {
    title: "Token expired",
    why: "The token had expired.",
    advice: "If its client should keep running, extend the token under Edit or create a new one.",
  },
  token_paused: {
    title: "Token paused",
    why: "The token was paused.",
    advice: "Unpause it under Tokens if the client should run. If the provider paused it, see Standing.",
  },
  account_closed: {
    title: "Account closed",
    why: "The provider closed the account.",
    advice: "Stop the client. Ask the provider if the account should be reopened.",
  },
  account_suspended: {
    title: "Account suspended",
    why: "The account was suspended.",
    advice: "See Standing for the reason and the end. Do not retry, and do not create new tokens.",
  },
  account_terminated: {
    title: "Account terminated",
    why: "The provider terminated the account.",
    advice: "See Standing for the reason. Waiting does not help.",
  },
  surface_suspended: {
    title: "Surface suspended",
    why: "One surface (HTTP, SMTP or inbound) was suspended for this account.",
    advice: "See Standing for the reason and the end. The other surfaces keep working.",
  },
  ip_not_allowed: {
    title: "Address not allowed",
    why: "The call came from an address outside the token's allow-list.",
    advice: "Call from a listed network, or add this address to the token under Edit.",
  },
  account_ip_not_allowed: {
    title: "Address not allowed for the account",
    why: "The call came from an address outside the account's allow-list.",
    advice: "Call from a listed network, or have an owner add this address under Settings.",
  },
  ambiguous_path: {
    title: "Ambiguous path",
    why: "Servers read this path in different ways, so it could reach another endpoint than the one that was checked.",
    advice:
      "Send the path without dot segments, double slashes, backslashes, semicolons, encoded slashes and needless escapes.",
  },
  unknown_endpoint: {
    title: "No such endpoint",
    why: "The method and path match no endpoint of this API.",
    advice: "Check the method and the path against the API reference.",
  },
  endpoint_denied: {
    title: "Endpoint closed",
    why: "The provider closed this endpoint.",
    advice: "Use another endpoint, or ask the provider when it opens again.",
  },
  insufficient_scope: {
    title: "Missing scope",
    why: "The token lacks the scope that this endpoint needs.",
    advice: "Add the scope to the token under Edit, or use a token that has it.",
  },
  rate_limited: {
    title: "Rate limit reached",
    why: "The account had used up its rate limit on this endpoint.",
    advice: "Wait for the time in Retry-After before the next call, and spread your calls out.",
  },
  quota_exceeded: {
    title: "Daily quota used up",
    why: "The account had used up its quota for the UTC day.",
    advice: "Stop until the reset at 00:00 UTC, or ask the provider for a larger quota.",
  },
};

/** Which limit refused, where the words of its code do not say so; null = they do. */
const limitRefusals: Record<LimitName, Pick<DecisionWords, "why" | "advice"> | null> = {
  "endpoint-rate": null,
  "token-rate": {
    why: "The token had used up its own cap per minute.",
    advice: "Wait for the time in Retry-After before the next call, or raise the token's cap under Edit.",
  },
  "token-quota": {
    why: "The token had used up its own cap for the UTC day.",
    advice: "Stop until the reset at 00:00 UTC, or raise the token's cap under Edit.",
  },
  "account-quota": null,
};

/** Where a token lives, and only the secret that was sent has retired. */
const replacedSecret: DecisionWords = {
  title: "Secret replaced",
  why: "The token was rotated, and this old secret has retired.",
  advice: "Put the token's new secret into the client that still sends the old one.",
};

/** Where a request costs more than its whole limit. */
const neverFits: Pick<DecisionWords, "why" | "advice"> = {
  why: "This request alone costs more than the whole limit.",
  advice: "Waiting does not help. Split the request, or ask for a higher limit.",
};

type Limiter = { name: string; limit?: number; cost?: number };
type Facts = { code: string; limiter?: Limiter | null; isSecretReplaced?: boolean };

/** The words of one refusal, which know whose limit was used up; a code of a later version is its own title. */
export function refusal({ code, limiter, isSecretReplaced }: Facts): DecisionWords {
  if (isSecretReplaced) return replacedSecret;
  const known = decisionCodes.find((one) => one === code);
  if (!known) return { title: code, why: "", advice: "" };
  if (limiter && isBeyondLimit(limiter)) return { ...decisions[known], ...neverFits };
  const limit = limiter ? findLimit(limiter.name) : undefined;
  return { ...decisions[known], ...(limit ? limitRefusals[limit.name] : null) };
}

/** Whether no wait lets the request pass under this limit. */
export function isBeyondLimit({ limit = 0, cost = 0 }: Omit<Limiter, "name">): boolean {
  return cost > limit;
}
