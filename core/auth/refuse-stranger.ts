import type { Ctx } from "../frame/context.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { forgetOwnTries, uncountTry } from "./count-try.ts";
import { type RightPassword, stillRight, type Throttled, throttled } from "./judge-password.ts";

export type StrangerRefusal = { ok: false; reason: "wrong" | "code_required" | "wrong_code" } | Throttled;

/**
 * The second half of judging whoever is not signed in, inside the transaction: that the password is still theirs, and the code of who
 * has a second step. Null = it is the person; what they tried before is forgotten.
 */
export async function refuseStranger(
  ctx: Ctx,
  judged: RightPassword,
  code: string | undefined,
): Promise<StrangerRefusal | null> {
  if (!(await stillRight(ctx, judged))) return { ok: false, reason: "wrong" };
  const second = await checkSecondStep(ctx, judged, code);
  if (second === "required") {
    // No failure, though nothing was opened.
    await uncountTry(ctx, judged.tryId);
    return { ok: false, reason: "code_required" };
  }
  if (typeof second === "object") return throttled(second.waitSeconds);
  if (second === "wrong") {
    return judged.silentSeconds === null ? { ok: false, reason: "wrong_code" } : throttled(judged.silentSeconds);
  }
  await forgetOwnTries(ctx, judged);
  return null;
}
