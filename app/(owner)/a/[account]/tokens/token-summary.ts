import { format } from "#words/format.ts";
import type { ScopeRow } from "./token-choices.ts";

type Wanted = {
  scopes: readonly string[];
  known: readonly ScopeRow[];
  networks: number;
  /** Null = never. */
  expiresAt: Date | null;
  capPerDay: string;
  capPerMinute: string;
};

/** What a token with these settings could do, in one sentence. */
export function tokenSummary(wanted: Wanted): string {
  const from = wanted.networks === 0 ? "from any address" : `from ${countOf(wanted.networks, "network")}`;
  const until = wanted.expiresAt ? `until ${format.utc(wanted.expiresAt, "date")}` : "without an end";
  const caps = [capOf(wanted.capPerDay, "day"), capOf(wanted.capPerMinute, "minute")].filter((text) => text !== "");
  const most = caps.length > 0 ? `, at most ${caps.join(" and ")}` : "";
  return `Can ${abilities(wanted)} ${from}, ${until}${most}.`;
}

function abilities({ scopes, known }: Wanted): string {
  if (scopes.length === 0) return "call only what needs no scope,";
  if (scopes.length === known.length) return "do everything this API offers,";
  const words = known.filter((one) => scopes.includes(one.name)).map((one) => lowerFirst(one.description));
  const shown = words.slice(0, 3);
  const more = words.length - shown.length;
  const list = more > 0 ? [...shown, `${more} more`] : shown;
  return `${joined(list)},`;
}

function joined(words: readonly string[]): string {
  if (words.length < 2) return words[0] ?? "";
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function capOf(text: string, unit: string): string {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? `${format.count(value)} calls a ${unit}` : "";
}

function countOf(count: number, noun: string): string {
  return count === 1 ? `one ${noun}` : `${count} ${noun}s`;
}

/** "Read opens" → "read opens", and "E-mail" stays, like every word whose second letter is not small. */
function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
