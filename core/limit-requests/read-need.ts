import { and, desc, eq, gte, ne, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { usageDay, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { standingOf } from "../frame/standing-of.ts";
import { dayStartMs } from "../rules/limits/quota.ts";
import { dayMs } from "../rules/time.ts";
import { readQuota } from "../usage/get-quota.ts";
import type { WhichLimit } from "./read-limit.ts";

const usageDays = 30;
/** Minutes are many: a week of them holds every weekday. */
const minuteDays = 7;

/**
 * What speaks for and against a larger limit: the most that was used, how often it refused in 30 days, what today comes to, the account's
 * standing and its open case. Of a quota the peak is of a UTC day in 30 days, of a rate limit of a minute in 7, refused calls included.
 */
export async function readNeed(ctx: Ctx, { accountId, ...which }: WhichLimit & { accountId: string }) {
  const todayMs = dayStartMs(ctx.now.getTime());
  const [[peak], refused, quota, standing, [openCase]] = await Promise.all([
    which.kind === "quota" ? peakDay(ctx, accountId, todayMs) : peakMinute(ctx, accountId, which.endpointId ?? 0),
    refusedDays(ctx, accountId, which, todayMs),
    readQuota(ctx, accountId),
    standingOf(ctx, accountId),
    ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.accountId, accountId), ne(abuseCase.state, "closed"))),
  ]);
  return {
    plan: quota.plan,
    peak: peak && peak.requests > 0 ? peak : null,
    refused30Days: refused.reduce((sum, day) => sum + day.requests, 0),
    /** UTC days of the last 30 on which it refused anything. */
    refusingDays: refused.length,
    usedToday: quota.used,
    forecast: quota.forecast,
    standing,
    openCaseId: openCase?.id ?? null,
  };
}

function peakDay(ctx: Ctx, accountId: string, todayMs: number) {
  const requests = sql<number>`sum(${usageDay.spent})::float8`;
  return ctx.db
    .select({ at: usageDay.at, requests })
    .from(usageDay)
    .where(and(eq(usageDay.accountId, accountId), gte(usageDay.at, new Date(todayMs - (usageDays - 1) * dayMs))))
    .groupBy(usageDay.at)
    .orderBy(desc(requests), desc(usageDay.at))
    .limit(1);
}

function peakMinute(ctx: Ctx, accountId: string, endpointId: number) {
  const requests = sql<number>`sum(${usageMinute.requests})::float8`;
  return ctx.db
    .select({ at: usageMinute.at, requests })
    .from(usageMinute)
    .where(
      and(
        eq(usageMinute.accountId, accountId),
        gte(usageMinute.at, new Date(ctx.now.getTime() - minuteDays * dayMs)),
        eq(usageMinute.endpointId, endpointId),
      ),
    )
    .groupBy(usageMinute.at)
    .orderBy(desc(requests), desc(usageMinute.at))
    .limit(1);
}

function refusedDays(ctx: Ctx, accountId: string, { kind, endpointId }: WhichLimit, todayMs: number) {
  const outcome = kind === "quota" ? "quota_exceeded" : "rate_limited";
  return ctx.db
    .select({ at: usageDay.at, requests: sql<number>`sum(${usageDay.requests})::float8` })
    .from(usageDay)
    .where(
      and(
        eq(usageDay.accountId, accountId),
        gte(usageDay.at, new Date(todayMs - (usageDays - 1) * dayMs)),
        eq(usageDay.outcome, outcome),
        endpointId === null ? undefined : eq(usageDay.endpointId, endpointId),
      ),
    )
    .groupBy(usageDay.at);
}
