import { and, eq, isNull, sql } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import { token, tokenSecret } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { notifyToken } from "../frame/outbox.ts";
import { scoped } from "../frame/scope.ts";

type Change = Partial<
  Pick<
    typeof token.$inferInsert,
    | "name"
    | "scopes"
    | "allowedNetworks"
    | "capPerDay"
    | "capPerMinute"
    | "integrationId"
    | "expiresAt"
    | "pausedAt"
    | "revokedAt"
    | "revokedReason"
  >
>;

/**
 * Changes a live token of the actor's account and tells the gates. `version`, when given, must be the one that was read:
 * losing the race is a `conflict` that says to whom. A revoked token is a `conflict` too; a token of somebody else is
 * `not_found`.
 */
export async function changeToken(ctx: Ctx, tokenId: string, version: number | undefined, change: Change) {
  const [changed] = await ctx.db
    .update(token)
    .set({
      ...change,
      version: sql`${token.version} + 1`,
      updatedAt: ctx.now,
      updatedByUserId: actorUserId(ctx.actor),
    })
    .where(
      and(
        eq(token.id, tokenId),
        scoped(ctx, token.accountId),
        isNull(token.revokedAt),
        version === undefined ? undefined : eq(token.version, version),
      ),
    )
    .returning({
      id: token.id,
      name: token.name,
      accountId: token.accountId,
      version: token.version,
      scopes: token.scopes,
    });
  if (!changed) throw await whyNot(ctx, tokenId);
  await tellGates(ctx, tokenId);
  return changed;
}

/** Tells the gates to read all secrets of a token anew. */
export async function tellGates(ctx: Ctx, tokenId: string): Promise<void> {
  const secrets = await ctx.db
    .select({ hash: tokenSecret.hash })
    .from(tokenSecret)
    .where(eq(tokenSecret.tokenId, tokenId));
  await notifyToken(
    ctx,
    tokenId,
    secrets.map((secret) => secret.hash.toString("hex")),
  );
}

async function whyNot(ctx: Ctx, tokenId: string): Promise<AppError> {
  const [found] = await ctx.db
    .select({ name: token.name, revokedAt: token.revokedAt, updatedAt: token.updatedAt, updatedBy: user.name })
    .from(token)
    .leftJoin(user, eq(user.id, token.updatedByUserId))
    .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)));
  if (!found) return notFound("token");
  if (found.revokedAt) return new AppError("conflict", words.errors.tokenRevoked(found.name));
  return new AppError("conflict", words.errors.tokenChanged(found));
}
