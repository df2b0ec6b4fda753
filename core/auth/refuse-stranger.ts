import type { Ctx } from "../frame/context.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { forgetOwnTries, uncountTry } from "./count-try.ts";
import { type RightPassword, type Silent, silent, stillRight, type Throttled, throttled } from "./judge-password.ts";

export type StrangerRefusal = { ok: false; reason: "wrong" | "code_required" | "wrong_code" } | Throttled | Silent;

/**
 * The second half of judging whoever is not signed in, inside the transaction: that the password is still theirs, and the code of who
 * has a second step. Null = it is the person; what they tried before is forgotten. While they would have to wait, only a second step
 * opens: anybody can send a code along, so a person without one waits.
 */
export async function refuseStranger(
  ctx: Ctx,
  judged: RightPassword,
  code: string | undefined,
): Promise<StrangerRefusal | null> {
  const { silentSeconds } = judged;
  if (!(await stillRight(ctx, judged)))
    return silentSeconds === null ? { ok: false, reason: "wrong" } : silent(silentSeconds);
  const second = await checkSecondStep(ctx, judged, code);
  if (silentSeconds !== null && second !== "passed") return silent(silentSeconds);
  if (second === "required") {
    // No failure, though nothing was opened.
    await uncountTry(ctx, judged.tryId);
    return { ok: false, reason: "code_required" };
  }
  if (typeof second === "object") return throttled(second.waitSeconds);
  if (second === "wrong") return { ok: false, reason: "wrong_code" };
  await forgetOwnTries(ctx, judged);
  return null;
}

/** What the person who tried is answered. */
export function answerTo(refusal: StrangerRefusal): Exclude<StrangerRefusal, Silent> {
  return refusal.reason === "silent" ? throttled(refusal.retryAfterSeconds) : refusal;
}
