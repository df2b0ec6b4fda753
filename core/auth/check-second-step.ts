import { and, eq, isNull } from "drizzle-orm";
import { recoveryCode, user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { unseal } from "./seal.ts";
import { hashRecoveryCode, totpStep } from "./totp.ts";

/**
 * Whether a person has passed their second step: `none` = they have none. A code of the app or a recovery code is used up by
 * this, in the caller's transaction.
 */
export async function checkSecondStep(
  ctx: Ctx,
  userId: string,
  code: string | undefined,
): Promise<"none" | "passed" | "required" | "wrong"> {
  const [found] = await ctx.db
    .select({ sealed: user.totpSealed, since: user.totpSince, lastStep: user.totpLastStep })
    .from(user)
    .where(eq(user.id, userId))
    .for("update");
  if (!found?.sealed || !found.since) return "none";
  if (code === undefined || code === "") return "required";
  const step = totpStep(unseal("totp", userId, found.sealed), code, ctx.now, found.lastStep);
  if (step !== null) {
    await ctx.db.update(user).set({ totpLastStep: step }).where(eq(user.id, userId));
    return "passed";
  }
  const [used] = await ctx.db
    .update(recoveryCode)
    .set({ usedAt: ctx.now })
    .where(
      and(
        eq(recoveryCode.userId, userId),
        eq(recoveryCode.codeHash, hashRecoveryCode(code)),
        isNull(recoveryCode.usedAt),
      ),
    )
    .returning({ id: recoveryCode.id });
  return used ? "passed" : "wrong";
}
