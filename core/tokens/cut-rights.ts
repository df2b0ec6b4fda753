import { and, desc, eq, isNull } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { can, isTokenScope } from "../frame/permissions.ts";

/** Rights in Gatehouse that a token has and its current secret does not carry, because the member who has that secret may not use them now. */
export async function cutRights(ctx: Ctx, tokenId: string): Promise<string[]> {
  const [found] = await ctx.db
    .select({
      scopes: token.scopes,
      accountId: token.accountId,
      name: token.name,
      userId: user.id,
      role: member.role,
      blockedAt: user.disabledAt,
    })
    .from(token)
    .innerJoin(tokenSecret, and(eq(tokenSecret.tokenId, token.id), isNull(tokenSecret.retiresAt)))
    .leftJoin(user, eq(user.id, tokenSecret.givenToUserId))
    .leftJoin(member, and(eq(member.userId, user.id), eq(member.accountId, token.accountId)))
    .where(eq(token.id, tokenId))
    .orderBy(desc(tokenSecret.createdAt))
    .limit(1);
  if (!found) return [];
  const { scopes, accountId, name, userId } = found;
  const maker = { userId, role: found.blockedAt === null ? found.role : null };
  const actor = { kind: "token" as const, tokenId, accountId, name, scopes, maker };
  return scopes.filter((scope) => isTokenScope(scope) && !can(actor, scope));
}
