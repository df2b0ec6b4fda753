import type { TokenRow } from "#core/tokens/list-tokens.ts";

/** A row of the table: a token with what its cells need to link and act. */
export type ShownToken = TokenRow & { account: string; mayWrite: boolean; scopesKnown: number };

/** What acting on a token needs to know of it. */
export type ActedToken = Pick<
  ShownToken,
  | "id"
  | "name"
  | "account"
  | "mayWrite"
  | "state"
  | "isPausedByProvider"
  | "version"
  | "today"
  | "hours"
  | "lastUsedAt"
  | "lastUsedIp"
>;
