import { and, eq } from "drizzle-orm";
import { member } from "#db/schema/accounts.ts";
import * as words from "#words/words.ts";
import type { Actor, Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";

/** Owners are made and ended by people: a token that leaks, or outlives its maker's role, must not take the account over. */
export function refuseToken(actor: Actor): void {
  if (actor.kind !== "token") return;
  throw new AppError("forbidden", words.errors.tokenMakesNoOwner);
}

/** The same where the member it is about is an owner. */
export async function refuseTokenForOwner(ctx: Ctx, accountId: string, userId: string): Promise<void> {
  if (ctx.actor.kind !== "token") return;
  const [found] = await ctx.db
    .select({ role: member.role })
    .from(member)
    .where(and(eq(member.accountId, accountId), eq(member.userId, userId)))
    .for("update");
  if (found?.role === "owner") refuseToken(ctx.actor);
}
