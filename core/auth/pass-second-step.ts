import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { staffSecondStep } from "../runtime/env.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { countProof, forgetOwnTries } from "./count-try.ts";
import { throttled } from "./judge-password.ts";
import { findSelf, type Refused } from "./prove-password.ts";

/**
 * Takes the code of staff who came in through an issuer that has checked no second step. Their session is then as good as one with a
 * password and a code. Wrong codes are counted by person as well as by session: whoever has their sign-in at the issuer opens as many
 * sessions as they like.
 */
export const passSecondStep = command({
  permission: "session:own",
  input: z.strictObject({ code: z.string().trim().min(1).max(40) }),
  prepare: async (ctx) => {
    const { userId, sessionId, email } = await findSelf(ctx);
    return { userId, sessionId, email, ...(await countProof(ctx, email, sessionId)) };
  },
  run: async (ctx, { code }, { userId, sessionId, email, wait }): Promise<{ ok: true; userId: string } | Refused> => {
    if (staffSecondStep() === "passkey") throw new AppError("forbidden", words.errors.passkeyNotCode);
    if (wait > 0) return throttled(wait);
    const passed = await checkSecondStep(ctx, { userId, email, isStranger: true }, code);
    if (typeof passed === "object") return throttled(passed.waitSeconds);
    if (passed !== "passed") return { ok: false, reason: "wrong_code" };
    await forgetOwnTries(ctx, { userId, email });
    await ctx.db
      .update(session)
      .set({ isTwoStep: true })
      .where(and(eq(session.id, sessionId), eq(session.userId, userId)));
    return { ok: true, userId };
  },
  happened: (_input, result) =>
    result.ok ? fact("session.proven", { subjectId: result.userId, accountId: null }, { by: "code" }) : null,
});
