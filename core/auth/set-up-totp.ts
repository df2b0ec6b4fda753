import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { recoveryCode, secondStepRemoval, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { type Fact, fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { endOtherSessions } from "./end-sessions.ts";
import { hasSecondStep } from "./has-second-step.ts";
import { findSelf, provePassword, type Refused, takeProof } from "./prove-password.ts";
import { seal, unseal } from "./seal.ts";
import { tellOfChange } from "./tell-of-change.ts";
import { hashRecoveryCode, newRecoveryCodes, newTotpSecret, totpStep, totpUri } from "./totp.ts";

/** Begins to set up an authenticator app: gives its secret, once. Nothing is asked for until `confirmTotp` has seen a code. */
export const startTotp = command({
  permission: "session:own",
  input: z.strictObject({ password: z.string().max(1_000) }),
  prepare: async (ctx, { password }) => {
    if ((await findSelf(ctx)).totpSince) throw new AppError("conflict", words.errors.totpExists);
    return provePassword(ctx, password);
  },
  run: async (ctx, _input, proof): Promise<{ ok: true; userId: string; secret: string; uri: string } | Refused> => {
    const proven = await takeProof(ctx, proof);
    if (!proven.ok) return proven;
    const { userId, email } = proven;
    const [found] = await ctx.db.select({ since: user.totpSince }).from(user).where(eq(user.id, userId));
    if (found?.since) throw new AppError("conflict", words.errors.totpExists);
    const secret = newTotpSecret();
    await ctx.db
      .update(user)
      .set({ totpSealed: seal("totp", userId, secret), totpLastStep: null })
      .where(eq(user.id, userId));
    return { ok: true, userId, secret, uri: totpUri(secret, email) };
  },
  happened: (_input, result) => factOf("totp.started", result),
});

/**
 * Ends the set-up with a first code of the app. Returns the recovery codes, once. From then on signing in asks for a code; other sessions
 * end, and so does a proposal of staff to remove the app that was there before.
 */
export const confirmTotp = command({
  permission: "session:own",
  input: z.strictObject({ code: z.string().trim().max(40) }),
  run: async (ctx, { code }) => {
    const userId = ownId(ctx);
    await voidRemovals(ctx, userId);
    const [found] = await ctx.db
      .select({ email: user.email, name: user.name, sealed: user.totpSealed, since: user.totpSince })
      .from(user)
      .where(eq(user.id, userId))
      .for("update");
    if (!found?.sealed || found.since) throw new AppError("conflict", words.errors.totpNotStarted);
    const step = totpStep(unseal("totp", userId, found.sealed), code, ctx.now, null);
    if (step === null) throw invalid("code", words.errors.codeWrong);
    await ctx.db.update(user).set({ totpSince: ctx.now, totpLastStep: step }).where(eq(user.id, userId));
    await endOtherSessions(ctx, userId);
    await tellOfChange(ctx, { userId, ...found }, { kind: "app_added" });
    return { userId, codes: await replaceRecoveryCodes(ctx, userId) };
  },
  happened: (_input, result) => factOf("totp.confirmed", { ok: true, ...result }),
});

const passwordAndCode = z.strictObject({
  password: z.string().max(1_000),
  /** Of the app, or a recovery code. Without it a password takes away no second step. */
  code: z.string().trim().max(40).optional(),
});

/** Makes ten new recovery codes; the old ones stop working. */
export const renewRecoveryCodes = command({
  permission: "session:own",
  input: passwordAndCode,
  prepare: (ctx, { password }) => provePassword(ctx, password),
  run: async (ctx, { code }, proof): Promise<{ ok: true; userId: string; codes: string[] } | Refused> => {
    const proven = await takeProof(ctx, proof, { code });
    if (!proven.ok) return proven;
    return { ok: true, userId: proven.userId, codes: await replaceRecoveryCodes(ctx, proven.userId) };
  },
  happened: (_input, result) => factOf("totp.codes_renewed", result),
});

/** Takes the second step away again. The person's other sessions end. */
export const removeTotp = command({
  permission: "session:own",
  input: passwordAndCode,
  prepare: (ctx, { password }) => provePassword(ctx, password),
  run: async (ctx, { code }, proof): Promise<{ ok: true; userId: string } | Refused> => {
    const proven = await takeProof(ctx, proof, { code });
    if (!proven.ok) return proven;
    const { userId } = proven;
    await ctx.db.update(user).set({ totpSealed: null, totpSince: null, totpLastStep: null }).where(eq(user.id, userId));
    // Who has a passkey left needs them for the day it is lost.
    if (!(await hasSecondStep(ctx.db, userId)))
      await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
    await endOtherSessions(ctx, userId);
    await tellOfChange(ctx, proven, { kind: "app_removed" });
    return { ok: true, userId };
  },
  happened: (_input, result) => factOf("totp.removed", result),
});

function ownId(ctx: Ctx): string {
  const userId = actorUserId(ctx.actor);
  if (userId === null) throw new AppError("unauthenticated", words.errors.signInFirst);
  return userId;
}

/** Voids open proposals of staff, before the person's row is locked, in the order in which the approval locks the two. */
export async function voidRemovals(ctx: Ctx, userId: string): Promise<void> {
  await ctx.db
    .update(secondStepRemoval)
    .set({ decidedAt: ctx.now })
    .where(and(eq(secondStepRemoval.userId, userId), isNull(secondStepRemoval.decidedAt)));
}

export async function replaceRecoveryCodes(ctx: Ctx, userId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  await ctx.db
    .insert(recoveryCode)
    .values(codes.map((code) => ({ userId, codeHash: hashRecoveryCode(code), createdAt: ctx.now })));
  return codes;
}

/** A refusal changed nothing but the count of failures, which is no fact for the audit. */
type TotpFact = "totp.started" | "totp.confirmed" | "totp.codes_renewed" | "totp.removed";

function factOf(name: TotpFact, result: { ok: true; userId: string } | Refused): Fact | null {
  return result.ok ? fact(name, { subjectId: result.userId, accountId: null }) : null;
}
