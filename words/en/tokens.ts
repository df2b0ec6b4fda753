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
