import { and, eq, gte, inArray, sql } from "drizzle-orm";
import { usageMinute, usageSecond } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import type { Offence, Signal } from "../rules/detectors/detector.ts";
import { dayMs, minuteMs } from "../rules/time.ts";
import { secondsOf } from "../usage/seconds-of.ts";

/**
 * When the traffic of a signal began and when it was last seen: to the second where seconds are kept, else the start of its minute.
 * Nothing from before `sinceMs`. Null = there is none, or the signal is of a network, whose calls are not the account's.
 */
export async function offenceTimes(
  ctx: Ctx,
  accountId: string,
  { outcomes, lookBackMs }: Offence,
  { scope, scopeId }: Pick<Signal, "scope" | "scopeId">,
  sinceMs: number,
): Promise<{ firstSeenAt: Date; lastSeenAt: Date } | null> {
  if (scope !== "account" && scope !== "token") return null;
  const nowMs = ctx.now.getTime();
  const startMs = lookBackMs === "utc_day" ? Math.floor(nowMs / dayMs) * dayMs : nowMs - lookBackMs;
  const from = new Date(Math.floor(Math.max(startMs, sinceMs) / minuteMs) * minuteMs);
  const isAny = outcomes === "any";
  const [minutes] = await ctx.db
    .select({ first: sql<Date | null>`min(${usageMinute.at})`, last: sql<Date | null>`max(${usageMinute.at})` })
    .from(usageMinute)
    .where(
      and(
        eq(usageMinute.accountId, accountId),
        gte(usageMinute.at, from),
        scope === "token" ? eq(usageMinute.tokenId, scopeId) : undefined,
        isAny ? undefined : inArray(usageMinute.outcome, [...outcomes]),
      ),
    );
  if (!minutes?.first || !minutes.last) return null;
  const [first, last] = [new Date(minutes.first), new Date(minutes.last)];
  const second = async (minute: Date, which: "min" | "max") => {
    const inMinute = secondsOf(accountId, minute, new Date(minute.getTime() + minuteMs));
    const [row] = await ctx.db
      .select({
        at: which === "min" ? sql<Date | null>`min(${usageSecond.at})` : sql<Date | null>`max(${usageSecond.at})`,
      })
      .from(inMinute)
      .where(
        and(
          scope === "token" ? eq(usageSecond.tokenId, scopeId) : undefined,
          isAny ? undefined : sql`${usageSecond.refused} > 0`,
        ),
      );
    return row?.at ? new Date(row.at) : minute;
  };
  return { firstSeenAt: await second(first, "min"), lastSeenAt: await second(last, "max") };
}
