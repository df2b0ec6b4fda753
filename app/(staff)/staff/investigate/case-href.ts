import { minuteParam } from "#app/_lib/param.ts";
import { minuteMs } from "#core/rules/time.ts";

type Flagged = { firstSeenAt: Date; lastSeenAt: Date };

/** The view of a case: its account in the time of its flag, with some minutes around it; without a flag the last day. */
export function investigateHref(accountId: string, flag: Flagged | undefined): string {
  if (!flag) return `/staff/investigate?account=${accountId}`;
  const from = minuteParam(new Date(flag.firstSeenAt.getTime() - 30 * minuteMs));
  const until = minuteParam(new Date(flag.lastSeenAt.getTime() + 10 * minuteMs));
  return `/staff/investigate?${new URLSearchParams({ account: accountId, from, until })}`;
}
