import { tokenStates } from "#core/rules/tokens/token-state.ts";
import type { TokenRow } from "#core/tokens/list-tokens.ts";
import * as words from "#words/words.ts";

/** States, and what wants looking after. */
export const tokenFilters = ["all", ...tokenStates, "rotating", "ending", "unused"] as const;
export type TokenFilter = (typeof tokenFilters)[number];

/** Filters by name: the states, and what is not a state. */
export const filterLabels: Record<TokenFilter, string> = {
  ...words.tokenStates,
  all: "All",
  rotating: "Rotating",
  ending: "Expiring soon",
  unused: "Unused",
};

const dayMs = 86_400_000;
const soonMs = 7 * dayMs;
const unusedMs = 30 * dayMs;

/** States are always offered; the others when a token is so. */
export function isAlwaysShown(filter: TokenFilter): boolean {
  return filter === "all" || tokenStates.some((state) => state === filter);
}

type Facts = Pick<TokenRow, "state" | "rotatingUntil" | "expiresAt" | "lastUsedAt" | "createdAt">;

export function isIn(token: Facts, filter: TokenFilter, now: Date): boolean {
  const isLive = token.state === "active" || token.state === "paused";
  switch (filter) {
    case "all":
      return true;
    case "rotating":
      return isLive && token.rotatingUntil !== null;
    case "ending":
      return isLive && token.expiresAt !== null && token.expiresAt.getTime() - now.getTime() < soonMs;
    case "unused":
      return isLive && now.getTime() - (token.lastUsedAt ?? token.createdAt).getTime() > unusedMs;
    default:
      return token.state === filter;
  }
}
