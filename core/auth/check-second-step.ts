import { and, eq, isNull } from "drizzle-orm";
import { recoveryCode, user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { codeWaitSeconds, countWrongCode } from "./count-try.ts";
import { secondStepExists } from "./has-second-step.ts";
import { unseal } from "./seal.ts";
import { tellOfChange } from "./tell-of-change.ts";
import { hashRecoveryCode, totpStep } from "./totp.ts";

type SecondStep = "none" | "passed" | "required" | "wrong" | { waitSeconds: number };

/**
 * Whether a person has passed their second step by a code: `none` = they have none. Who has only a passkey has recovery codes. A code of
 * the app or a recovery code is used up by this, in the caller's transaction, and a wrong one counted. Too many wrong ones make it wait; on a device that has signed in before
 * they are counted with its passwords.
 */
export async function checkSecondStep(
  ctx: Ctx,
  { userId, email, isStranger }: { userId: string; email: string; isStranger: boolean },
  code: string | undefined,
): Promise<SecondStep> {
  const [found] = await ctx.db
    .select({
      sealed: user.totpSealed,
      since: user.totpSince,
      lastStep: user.totpLastStep,
      hasOne: secondStepExists(),
    })
    .from(user)
    .where(eq(user.id, userId))
    .for("update");
  if (!found?.hasOne) return "none";
  if (code === undefined || code === "") return "required";
  const wait = isStranger ? await codeWaitSeconds(ctx, email) : 0;
  if (wait > 0) return { waitSeconds: wait };
  const isRight =
    (found.since !== null && (await takeAppCode(ctx, userId, found, code))) ||
    (await takeRecoveryCode(ctx, userId, code));
  if (!isRight && isStranger && (await countWrongCode(ctx, email)))
    await tellOfChange(ctx, { userId, email }, { kind: "wrong_codes" });
  return isRight ? "passed" : "wrong";
}

type App = { sealed: string | null; lastStep: number | null };

async function takeAppCode(ctx: Ctx, userId: string, { sealed, lastStep }: App, code: string): Promise<boolean> {
  if (sealed === null) return false;
  const step = totpStep(unseal("totp", userId, sealed), code, ctx.now, lastStep);
  if (step === null) return false;
  await ctx.db.update(user).set({ totpLastStep: step }).where(eq(user.id, userId));
  return true;
}

async function takeRecoveryCode(ctx: Ctx, userId: string, code: string): Promise<boolean> {
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
  return used !== undefined;
}
