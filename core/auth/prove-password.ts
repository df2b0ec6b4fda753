import { and, eq, isNull } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { countProof, forgetOwnTries, uncountTry } from "./count-try.ts";
import { throttled } from "./judge-password.ts";
import { verifyPassword } from "./password.ts";

export type Refused =
  | { ok: false; reason: "wrong" | "code_required" | "wrong_code" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };
/** A password that was right when it was compared; `takeProof` says whether it still is. */
export type Proof = { ok: true; userId: string; email: string; passwordHash: string | null; tryId: number | null };

/**
 * Asks the signed-in person for their password again, before what a stolen session must not do; for `prepare` of a command, which holds
 * no connection. Tries are counted by session, before they are judged, and apart from those of whoever is not signed in.
 */
export async function provePassword(ctx: Ctx, password: string): Promise<Proof | Refused> {
  const { userId, sessionId, email, passwordHash } = await findSelf(ctx);
  const { id, wait } = await countProof(ctx, email, sessionId);
  if (wait > 0) return throttled(wait);
  if (!(await verifyPassword(passwordHash, password))) return { ok: false, reason: "wrong" };
  return { ok: true, userId, email, passwordHash, tryId: id };
}

/**
 * The person of this session. What they can be refused for besides their password is refused before `provePassword`: whatever is thrown
 * after it leaves a right password counted as a wrong try. Throws `unauthenticated`.
 */
export async function findSelf(ctx: Ctx) {
  const userId = actorUserId(ctx.actor);
  const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
  if (userId === null || sessionId === null) throw new AppError("unauthenticated", words.errors.signInFirst);
  const [found] = await ctx.db
    .select({ email: user.email, passwordHash: user.passwordHash, totpSince: user.totpSince })
    .from(user)
    .where(and(eq(user.id, userId), isNull(user.disabledAt)));
  if (!found) throw new AppError("unauthenticated", words.errors.signInFirst);
  return { userId, sessionId, ...found };
}

/**
 * Takes the proof inside the transaction: refuses it when the password was changed meanwhile, and locks the person's row. With
 * `secondStep`, who has a second step gives a code as well; a wrong one stays counted.
 */
export async function takeProof<Taken extends Proof>(
  ctx: Ctx,
  proof: Taken | Refused,
  secondStep?: { code: string | undefined },
): Promise<Taken | Refused> {
  if (!proof.ok) return proof;
  const [row] = await ctx.db
    .select({ passwordHash: user.passwordHash })
    .from(user)
    .where(and(eq(user.id, proof.userId), isNull(user.disabledAt)))
    .for("update");
  if (row?.passwordHash !== proof.passwordHash) return { ok: false, reason: "wrong" };
  if (secondStep) {
    const passed = await checkSecondStep(ctx, { ...proof, isStranger: false }, secondStep.code);
    if (passed === "required") await uncountTry(ctx, proof.tryId);
    if (passed === "required") return { ok: false, reason: "code_required" };
    if (passed !== "passed" && passed !== "none") return { ok: false, reason: "wrong_code" };
  }
  await forgetOwnTries(ctx, proof);
  return proof;
}
