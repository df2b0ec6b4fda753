import { and, asc, count, desc, eq, ilike, inArray, or, sql } from "drizzle-orm";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import { usageDay } from "#db/schema/usage.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { escapeLike } from "../frame/escape-like.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { standingsOf } from "../frame/standing-of.ts";
import { dayStartMs } from "../rules/limits/quota.ts";

const pageSize = 50;

/** Accounts for staff: by name, external id, member's e-mail or token preview; with plan, standing and today's requests. */
export const listAccounts = query({
  permission: "accounts:list",
  input: z.strictObject({
    search: z.string().trim().max(100).default(""),
    page: numberOrText(z.number().int().min(1).max(10_000)).default(1),
    sort: z.enum(["requests", "name", "newest"]).default("requests"),
  }),
  run: async (ctx, { search, page, sort }) => {
    const today = new Date(dayStartMs(ctx.now.getTime()));
    const day = ctx.db.$with("today").as(
      ctx.db
        .select({
          accountId: usageDay.accountId,
          requests: sql<number>`sum(${usageDay.requests})::float8`.as("requests"),
          refused:
            sql<number>`coalesce(sum(${usageDay.requests}) filter (where ${usageDay.outcome} <> 'allowed'), 0)::float8`.as(
              "refused",
            ),
        })
        .from(usageDay)
        .where(eq(usageDay.at, today))
        .groupBy(usageDay.accountId),
    );
    const matches = search === "" ? undefined : await searchCondition(ctx, search);
    const orders = {
      requests: [sql`${day.requests} desc nulls last`, asc(account.name)],
      name: [asc(account.name)],
      newest: [desc(account.createdAt)],
    };
    const rows = await ctx.db
      .with(day)
      .select({
        id: account.id,
        externalId: account.externalId,
        name: account.name,
        slug: account.slug,
        planName: plan.name,
        quotaPerDay: plan.quotaPerDay,
        createdAt: account.createdAt,
        closedAt: account.closedAt,
        isProtected: account.isProtected,
        requestsToday: sql<number>`coalesce(${day.requests}, 0)`,
        refusedToday: sql<number>`coalesce(${day.refused}, 0)`,
      })
      .from(account)
      .innerJoin(plan, eq(plan.id, account.planId))
      .leftJoin(day, eq(day.accountId, account.id))
      .where(matches)
      .orderBy(...orders[sort])
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    const [total] = await ctx.db.select({ accounts: count() }).from(account).where(matches);
    const standings = await standingsOf(
      ctx,
      rows.map((row) => row.id),
    );
    return {
      accounts: rows.map((row) => ({ ...row, standing: standings.get(row.id) ?? ("good" as const) })),
      total: total?.accounts ?? 0,
      page,
      pageSize,
    };
  },
});

async function searchCondition(ctx: Ctx, search: string) {
  const like = `%${escapeLike(search)}%`;
  const byMember = ctx.db
    .select({ id: member.accountId })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(ilike(user.email, like));
  const byToken = ctx.db
    .select({ id: token.accountId })
    .from(tokenSecret)
    .innerJoin(token, eq(token.id, tokenSecret.tokenId))
    .where(eq(tokenSecret.preview, search));
  return and(
    or(
      ilike(account.name, like),
      ilike(account.externalId, like),
      inArray(account.id, byMember),
      inArray(account.id, byToken),
    ),
  );
}
