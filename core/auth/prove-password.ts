import { eq } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { verifyPassword } from "./password.ts";
import { countFailure, throttledSeconds } from "./throttled.ts";

export type Refused = { ok: false; reason: "wrong" } | { ok: false; reason: "throttled"; retryAfterSeconds: number };
export type Proven = { ok: true; userId: string; email: string; name: string };

/**
 * Asks the signed-in person for their password again, before what a stolen session must not do. Wrong ones count like failed
 * sign-ins, so the answer is a result: an error would take the count back with it.
 */
export async function provePassword(ctx: Ctx, password: string): Promise<Proven | Refused> {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw new AppError("unauthenticated", "Sign in first.");
  const [found] = await ctx.db
    .select({ email: user.email, name: user.name, passwordHash: user.passwordHash })
    .from(user)
    .where(eq(user.id, userId));
  if (!found) throw new AppError("unauthenticated", "Sign in first.");
  const retryAfterSeconds = await throttledSeconds(ctx, found.email);
  if (retryAfterSeconds > 0) return { ok: false, reason: "throttled", retryAfterSeconds };
  if (!(await verifyPassword(found.passwordHash, password))) {
    await countFailure(ctx, found.email);
    return { ok: false, reason: "wrong" };
  }
  return { ok: true, userId, email: found.email, name: found.name };
}
