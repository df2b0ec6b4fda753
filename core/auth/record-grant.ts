import { staffRoleGrant } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";

/**
 * Keeps who gave a person a role on the staff, each time: until a day is over, those who gave it and who got it count as one person
 * where two are asked for. Null = the operator, who ties nobody.
 */
export async function recordGrant(ctx: Ctx, userId: string, givers: readonly (string | null)[]): Promise<void> {
  const people = givers.filter((byUserId) => byUserId !== null);
  const others = [...new Set(people)].filter((byUserId) => byUserId !== userId);
  if (others.length === 0) return;
  await ctx.db.insert(staffRoleGrant).values(others.map((byUserId) => ({ userId, byUserId, at: ctx.now })));
}
