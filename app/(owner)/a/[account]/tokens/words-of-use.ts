import { format } from "#words/format.ts";
import type { ActedToken } from "./token-row.ts";

type Use = Pick<ActedToken, "today" | "hours" | "lastUsedAt" | "lastUsedIp">;

/** What the token did, in numbers, so that stopping it is no surprise. */
export function wordsOfUse({ today, hours, lastUsedAt, lastUsedIp }: Use): string {
  if (!lastUsedAt) return "It was never used.";
  const last = format.relative(lastUsedAt, Date.now());
  const from = lastUsedIp ? ` from ${lastUsedIp}` : "";
  const requests = today.requests === 1 ? "1 request" : `${format.count(today.requests)} requests`;
  const lastDay = hours.reduce((sum, count) => sum + count, 0);
  const ofDay = lastDay > today.requests ? `, ${format.count(lastDay)} in the last 24 hours,` : "";
  return `It made ${requests} today${ofDay} and was last used ${last}${from}.`;
}
