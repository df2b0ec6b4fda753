import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import type { TrafficFilter } from "./traffic-filter.ts";

/** What a view is narrowed to, by name: its accounts with their open case, and its token. */
export async function describeChosen(ctx: Ctx, { accountIds, tokenId }: TrafficFilter) {
  const accounts =
    accountIds.length === 0
      ? []
      : await ctx.db
          .select({ id: account.id, name: account.name, openCaseId: abuseCase.id })
          .from(account)
          .leftJoin(abuseCase, and(eq(abuseCase.accountId, account.id), ne(abuseCase.state, "closed")))
          .where(inArray(account.id, [...accountIds]))
          .orderBy(asc(account.name));
  const [named] = tokenId ? await ctx.db.select({ name: token.name }).from(token).where(eq(token.id, tokenId)) : [];
  return { accounts, tokenName: named?.name ?? null };
}
