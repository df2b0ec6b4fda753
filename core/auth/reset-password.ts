import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { passwordReset, recoveryCode, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { checkSecondStep } from "./check-second-step.ts";
import { closeDoors } from "./close-doors.ts";
import { forgetAllTries } from "./count-try.ts";
import { endSessionsOf } from "./end-sessions.ts";
import { hasSecondStep } from "./has-second-step.ts";
import { type Throttled, throttled } from "./judge-password.ts";
import { hashLinkSecret } from "./link-secret.ts";
import { hashPassword, newPassword } from "./password.ts";
import { proveAddress } from "./prove-address.ts";
import { refuseWeakPassword } from "./refuse-weak-password.ts";
import { tellOfChange } from "./tell-of-change.ts";

/** Whose password a one-time link sets; null = it was used, is over, or never was. */
export const findReset = query({
  permission: "session:open",
  input: z.strictObject({ secret: z.string().max(200) }),
  run: async (ctx, { secret }) => {
    const [found] = await ctx.db
      .select({
        userId: user.id,
        email: user.email,
        expiresAt: passwordReset.expiresAt,
        /** Nobody has proven the address yet, so the name is asked for as well. */
        isUnproven: sql<boolean>`${user.emailVerifiedAt} is null`,
      })
      .from(passwordReset)
      .innerJoin(user, and(eq(user.id, passwordReset.userId), isNull(user.disabledAt)))
      .where(
        and(
          eq(passwordReset.secretHash, hashLinkSecret(secret)),
          isNull(passwordReset.usedAt),
          gt(passwordReset.expiresAt, ctx.now),
        ),
      );
    if (!found) return null;
    const passkeys = await ctx.db
      .select({ name: passkey.name, createdAt: passkey.createdAt, lastUsedAt: passkey.lastUsedAt })
      .from(passkey)
      .where(eq(passkey.userId, found.userId))
      .orderBy(asc(passkey.createdAt));
    return { ...found, passkeys };
  },
});

/**
 * Sets a new password by a one-time link. All sessions of the person end, all their other links and their personal keys; other keys
 * pause, a second step stays; the page names the passkeys, which go with a code. The link went to the mailbox, or the operator handed it over: so it proves an address that nobody had proven, and then nothing
 * of what was set up in its name stays.
 */
export const resetPassword = command({
  permission: "session:open",
  input: z.strictObject({
    secret: z.string().max(200),
    newPassword,
    /** Needed for the first proof of an address. */
    name: z.string().trim().max(100).optional(),
    /** Whether passkeys go as well, which takes a code of the app or a recovery code: a mailbox takes no second step away. */
    removesPasskeys: z.stringbool().or(z.boolean()).default(false),
    code: z.string().trim().max(40).optional(),
  }),
  prepare: async (ctx, { secret, newPassword, name }) => {
    const found = await findReset(ctx, { secret });
    if (!found) throw overLink();
    await refuseWeakPassword(ctx, "newPassword", newPassword, { email: found.email, name: name ?? null });
    return hashPassword(newPassword);
  },
  run: async (ctx, input, passwordHash): Promise<ResetResult> => {
    const removed = input.removesPasskeys ? await removePasskeys(ctx, input) : [];
    if ("reason" in removed) return removed;
    const [taken] = await ctx.db
      .update(passwordReset)
      .set({ usedAt: ctx.now })
      .where(
        and(
          eq(passwordReset.secretHash, hashLinkSecret(input.secret)),
          isNull(passwordReset.usedAt),
          gt(passwordReset.expiresAt, ctx.now),
        ),
      )
      .returning({ userId: passwordReset.userId });
    const userId = taken?.userId ?? "";
    const [changed] = taken
      ? await ctx.db
          .update(user)
          .set({ passwordHash })
          .where(and(eq(user.id, userId), isNull(user.disabledAt)))
          .returning({ email: user.email, emailVerifiedAt: user.emailVerifiedAt })
      : [];
    if (!changed) throw overLink();
    if (changed.emailVerifiedAt === null) {
      if (!input.name) throw invalid("name", words.errors.enterYourName);
      await proveAddress(ctx, userId, input.name);
    }
    const keepsKeys = await closeDoors(ctx, userId, { pausesKeys: true });
    await endSessionsOf(ctx, userId);
    await forgetAllTries(ctx, changed.email);
    await tellOfChange(
      ctx,
      { userId, email: changed.email },
      { kind: "password_reset", keepsKeys, removed, kept: await namesOf(ctx, userId) },
    );
    return { ok: true, userId, removed: removed.length };
  },
  happened: (_input, result) =>
    result.ok
      ? fact("password.reset", { subjectId: result.userId, accountId: null }, { passkeysRemoved: result.removed })
      : null,
});

type Refusal = { ok: false; reason: "code_required" | "wrong_code" } | Throttled;
export type ResetResult = { ok: true; userId: string; removed: number } | Refusal;

/** The names of those that went. A wrong code leaves the link unused, and is counted. */
async function removePasskeys(
  ctx: Ctx,
  { secret, code }: { secret: string; code?: string },
): Promise<string[] | Refusal> {
  const found = await findReset(ctx, { secret });
  if (!found) throw overLink();
  const passed = await checkSecondStep(ctx, { ...found, isStranger: true }, code);
  if (typeof passed === "object") return throttled(passed.waitSeconds);
  if (passed === "required") return { ok: false, reason: "code_required" };
  if (passed === "wrong") return { ok: false, reason: "wrong_code" };
  const gone = await ctx.db.delete(passkey).where(eq(passkey.userId, found.userId)).returning({ name: passkey.name });
  if (!(await hasSecondStep(ctx.db, found.userId)))
    await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, found.userId));
  return gone.map(({ name }) => name);
}

async function namesOf(ctx: Ctx, userId: string): Promise<string[]> {
  const kept = await ctx.db.select({ name: passkey.name }).from(passkey).where(eq(passkey.userId, userId));
  return kept.map(({ name }) => name);
}

function overLink(): AppError {
  return new AppError("gone", words.errors.linkOver);
}
