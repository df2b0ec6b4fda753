import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { auditEvent } from "#db/schema/audit.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { scoped } from "../frame/scope.ts";

type TokenStateThen = "active" | "paused" | "expired" | "revoked";

const edits = ["token.edit", "token.rename", "token.drop_scopes", "token.cap"];

/**
 * Tokens that existed at an instant and the state each had. Name and scopes are today's; `editedSince` says that they were changed
 * after it.
 */
export async function tokensAsOf(ctx: Ctx, accountId: string, at: Date) {
  const rows = await ctx.db
    .select({
      id: token.id,
      name: token.name,
      scopes: token.scopes,
      createdAt: token.createdAt,
      expiresAt: token.expiresAt,
      pausedAt: token.pausedAt,
      revokedAt: token.revokedAt,
    })
    .from(token)
    .where(and(eq(token.accountId, accountId), scoped(ctx, token.accountId), lte(token.createdAt, at)))
    .orderBy(asc(token.createdAt));
  const events = await ctx.db
    .select({ tokenId: auditEvent.subjectId, action: auditEvent.action, at: auditEvent.at })
    .from(auditEvent)
    .where(
      and(eq(auditEvent.accountId, accountId), inArray(auditEvent.action, ["token.pause", "token.unpause", ...edits])),
    )
    .orderBy(asc(auditEvent.id));
  return rows.map(({ pausedAt, revokedAt, expiresAt, ...row }) => {
    const own = events.filter((one) => one.tokenId === row.id);
    const pauses = own.filter((one) => !edits.includes(one.action));
    const last = pauses.filter((one) => one.at <= at).at(-1);
    // Without a record of an earlier pause, what holds since then tells.
    const isPaused = last ? last.action === "token.pause" : pausedAt !== null && pausedAt <= at;
    const state: TokenStateThen =
      revokedAt && revokedAt <= at
        ? "revoked"
        : expiresAt && expiresAt <= at
          ? "expired"
          : isPaused
            ? "paused"
            : "active";
    const editedSince = own.some((one) => edits.includes(one.action) && one.at > at);
    return { ...row, state, editedSince };
  });
}
