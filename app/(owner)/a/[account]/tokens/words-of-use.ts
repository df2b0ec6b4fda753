import { formatCount } from "#components/ui/format.ts";
import { formatRelative } from "#components/ui/format-time.ts";
import type { ShownToken } from "./token-row.ts";

type Use = Pick<ShownToken, "today" | "lastUsedAt" | "lastUsedIp">;

/** What the token did, in numbers, so that stopping it is no surprise. */
export function wordsOfUse({ today, lastUsedAt, lastUsedIp }: Use): string {
  if (!lastUsedAt) return "It was never used.";
  const last = formatRelative(lastUsedAt, Date.now());
  const from = lastUsedIp ? ` from ${lastUsedIp}` : "";
  const requests = today.requests === 1 ? "1 request" : `${formatCount(today.requests)} requests`;
  return `It made ${requests} today and was last used ${last}${from}.`;
}
