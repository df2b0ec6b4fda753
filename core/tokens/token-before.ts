import { and, eq } from "drizzle-orm";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

/** What can be changed of a token of the actor's account, as it is until now; locked, so that it is what the change replaces. */
export async function tokenBefore(ctx: Ctx, tokenId: string) {
  const [found] = await ctx.db
    .select({
      accountId: token.accountId,
      name: token.name,
      scopes: token.scopes,
      expiresAt: token.expiresAt,
      allowedNetworks: token.allowedNetworks,
      capPerDay: token.capPerDay,
      capPerMinute: token.capPerMinute,
      integrationId: token.integrationId,
    })
    .from(token)
    .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)))
    .for("update");
  if (!found) throw notFound("token");
  const { accountId, ...was } = found;
  return { accountId, was };
}
