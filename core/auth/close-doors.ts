import { and, count, eq, isNull } from "drizzle-orm";
import { staffKey } from "#db/schema/api.ts";
import { passwordReset } from "#db/schema/auth.ts";
import { signInLink } from "#db/schema/ways-in.ts";
import type { Ctx } from "../frame/context.ts";

/**
 * What a new password ends besides sessions: links that would set another one or sign in, and keys with which the person acts at a terminal. Keys
 * of their automation keep working after a change, or it would stop them; after a reset they
 * are to pause until the person has looked at them, for whoever reads their mail can reset. Returns whether there are such keys.
 */
export async function closeDoors(ctx: Ctx, userId: string, { pausesKeys = false } = {}): Promise<boolean> {
  await ctx.db
    .update(passwordReset)
    .set({ usedAt: ctx.now })
    .where(and(eq(passwordReset.userId, userId), isNull(passwordReset.usedAt)));
  await ctx.db
    .update(signInLink)
    .set({ usedAt: ctx.now })
    .where(and(eq(signInLink.userId, userId), isNull(signInLink.usedAt)));
  const live = and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt));
  await ctx.db
    .update(staffKey)
    .set({ revokedAt: ctx.now })
    .where(and(live, eq(staffKey.kind, "personal")));
  if (pausesKeys)
    await ctx.db
      .update(staffKey)
      .set({ pausedAt: ctx.now })
      .where(and(live, isNull(staffKey.pausedAt)));
  const [left] = await ctx.db.select({ keys: count() }).from(staffKey).where(live);
  return left !== undefined && left.keys > 0;
}
