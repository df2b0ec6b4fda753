import { eq } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import { withdrawOf } from "../auth/withdraw-invitations.ts";
import type { Ctx } from "../frame/context.ts";

/** An older link to this person, or one that they gave out, must not bring back what was taken from them. */
export async function withdrawOfMember(ctx: Ctx, accountId: string, userId: string): Promise<void> {
  const [person] = await ctx.db.select({ email: user.email }).from(user).where(eq(user.id, userId));
  if (person) await withdrawOf(ctx, { accountId }, { userId, email: person.email });
}
