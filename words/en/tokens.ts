import type { ExpiryFault } from "../../core/rules/tokens/token-expiry.ts";
import type { TokenScope } from "../../core/rules/tokens/token-scopes.ts";
import type { TokenState } from "../../core/rules/tokens/token-state.ts";
import { count, list, plural } from "./numbers.ts";
import { relative, utc } from "./time.ts";

export const tokenStates: Record<TokenState, string> = {
  active: "Active",
  paused: "Paused",
  expired: "Expired",
  revoked: "Revoked",
};

/** Of a pause that no member can end. */
export const pausedByProvider: string = "Paused by the provider";

/** What a scope of Gatehouse itself lets a token do; the provider's own scopes bring their descriptions. */
export const tokenScopes: Record<TokenScope, string> = {
  "account:read": "Read the account, its plan and its limits",
  "domains:read": "See the account's domains",
  "domains:write": "Add and verify the account's domains",
  "networks:write": "Change from where the account's tokens may call",
  "members:read": "See who belongs to the account",
  "members:write": "Invite, change and remove members",
  "tokens:read": "See tokens, never their secrets",
  "tokens:write": "Create, change, pause and revoke tokens",
  "usage:read": "Read usage, quota, limits and refusals",
  "alerts:read": "See alerts and when they are sent",
  "alerts:write": "Change when alerts are sent, and send a test",
  "standing:read": "Read the standing, its reasons and notices",
  "notices:acknowledge": "Acknowledge notices",
  "appeals:read": "Read appeals and their messages",
  "appeals:write": "Submit and withdraw appeals",
  "appeals:message": "Write messages in an appeal",
  "loads:write": "Announce loads, ask for larger limits",
  "integrations:read": "See integrations",
  "integrations:write": "Register and change integrations",
  "provider:read": "See the endpoints, plans and scopes of the API",
  "audit:read": "Read the account's audit log",
  "webhooks:read": "See webhook endpoints and deliveries",
  "webhooks:write": "Change webhook endpoints and resend deliveries",
};

type Use = {
  requestsToday: number;
  requestsLastDay: number;
  lastUsedAt: Date | string | null;
  lastUsedIp: string | null;
};

/** What a token did, in numbers, so that stopping it is no surprise. `now` in epoch milliseconds. */
export function tokenUse({ requestsToday, requestsLastDay, lastUsedAt, lastUsedIp }: Use, now: number): string {
  if (!lastUsedAt) return "It was never used.";
  const requests = plural(requestsToday, { one: "request", other: "requests" });
  const ofDay = requestsLastDay > requestsToday ? `, ${count(requestsLastDay)} in the last 24 hours,` : "";
  const from = lastUsedIp ? ` from ${lastUsedIp}` : "";
  return `It made ${requests} today${ofDay} and was last used ${relative(lastUsedAt, now)}${from}.`;
}

/** What is wrong with the end of a token, and what to do. */
export function expiryFault(fault: ExpiryFault): string {
  return fault.code === "past"
    ? "Choose a time in the future."
    : `Tokens of this provider live ${plural(fault.maxDays, { one: "day", other: "days" })} at most. Choose an end by ${utc(fault.latest, "date")}.`;
}

type Abilities = {
  /** What its scopes let it do; null = all that the API offers. */
  scopes: readonly string[] | null;
  networks: number;
  /** Null = never. */
  expiresAt: Date | null;
  capPerDay: number | null;
  capPerMinute: number | null;
};

/** What a token with these settings could do, in one sentence. */
export function tokenSummary({ scopes, networks, expiresAt, capPerDay, capPerMinute }: Abilities): string {
  const from = networks === 0 ? "from any address" : `from ${plural(networks, { one: "network", other: "networks" })}`;
  const until = expiresAt ? `until ${utc(expiresAt, "date")}` : "with no expiry";
  const caps = [...cap(capPerDay, "day"), ...cap(capPerMinute, "minute")];
  const most = caps.length > 0 ? `, at most ${list(caps)}` : "";
  return `Can ${abilities(scopes)}, ${from}, ${until}${most}.`;
}

/** Nothing for what is no cap, such as a number that is still being typed. */
function cap(calls: number | null, unit: string): string[] {
  if (calls === null || !Number.isInteger(calls) || calls < 1) return [];
  return [`${plural(calls, { one: "call", other: "calls" })} per ${unit}`];
}

function abilities(scopes: readonly string[] | null): string {
  if (scopes === null) return "do everything this API offers";
  if (scopes.length === 0) return "call only endpoints that need no scope";
  const shown = scopes.slice(0, 3).map(lowerFirst);
  const more = scopes.length - shown.length;
  return list(more > 0 ? [...shown, `${count(more)} more`] : shown);
}

/** "Read opens" → "read opens", and "E-mail" stays, like every word whose second letter is not small. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
