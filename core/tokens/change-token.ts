import { and, eq, isNull, sql } from "drizzle-orm";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import type { Ctx } from "../context.ts";
import { AppError, notFound } from "../errors.ts";
import { notifyToken } from "../outbox.ts";
import { scoped } from "../scope.ts";

type Change = Partial<Pick<typeof token.$inferInsert, "name" | "pausedAt" | "revokedAt" | "revokedReason">>;

/**
 * Changes a live token of the actor's account and tells the gates. `version`, when given, must be the one that was read:
 * losing the race is a `conflict`. A revoked token is a `conflict` too; a token of somebody else is `not_found`.
 */
export async function changeToken(ctx: Ctx, tokenId: string, version: number | undefined, change: Change) {
  const [changed] = await ctx.db
    .update(token)
    .set({ ...change, version: sql`${token.version} + 1` })
    .where(
      and(
        eq(token.id, tokenId),
        scoped(ctx, token.accountId),
        isNull(token.revokedAt),
        version === undefined ? undefined : eq(token.version, version),
      ),
    )
    .returning({ id: token.id, name: token.name, accountId: token.accountId, version: token.version });
  if (!changed) throw await whyNot(ctx, tokenId);
  const secrets = await ctx.db
    .select({ hash: tokenSecret.hash })
    .from(tokenSecret)
    .where(eq(tokenSecret.tokenId, tokenId));
  await notifyToken(
    ctx,
    tokenId,
    secrets.map((secret) => secret.hash.toString("hex")),
  );
  return changed;
}

async function whyNot(ctx: Ctx, tokenId: string): Promise<AppError> {
  const [found] = await ctx.db
    .select({ name: token.name, revokedAt: token.revokedAt })
    .from(token)
    .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)));
  if (!found) return notFound("token");
  if (found.revokedAt) return new AppError("conflict", `The token “${found.name}” is revoked already.`);
  return new AppError("conflict", `Somebody changed “${found.name}” meanwhile. Reload and try again.`);
}
