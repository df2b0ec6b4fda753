import type { AlertKind } from "#core/rules/vocabulary.ts";

/** What each kind of rule measures. */
export const kindWords: Record<AlertKind, { label: string; help: string }> = {
  quota: { label: "Quota used", help: "Share of the day's quota that is used." },
  pace: { label: "Pace", help: "Share of the quota that will be used by the reset, by the lower of two estimates." },
  rate_pressure: { label: "Rate limit", help: "The fullest rate limit of any endpoint, over the last minute." },
  refused_share: {
    label: "Refused",
    help: "Share of the last hour's requests that was refused; at least 20 requests.",
  },
};

/** What an alert of the history was about. */
export function historyWords(kind: string): string {
  const others: Record<string, string> = {
    token_expiry: "Token ends",
    retired_secret: "Retired secret",
    token_leak: "Token in public",
    test: "Test",
  };
  return kindWords[kind as AlertKind]?.label ?? others[kind] ?? kind;
}

export const cooldowns = [
  { value: "900", label: "15 minutes" },
  { value: "3600", label: "1 hour" },
  { value: "21600", label: "6 hours" },
  { value: "86400", label: "1 day" },
];
