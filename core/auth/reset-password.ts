import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { passwordReset, user } from "#db/schema/auth.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command, query } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { closeDoors } from "./close-doors.ts";
import { forgetAllTries } from "./count-try.ts";
import { endSessionsOf } from "./end-sessions.ts";
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
    return found ?? null;
  },
});

/**
 * Sets a new password by a one-time link. All sessions of the person end, all their other links and their personal keys; other keys
 * pause, a second step stays. The link went to the mailbox, or the operator handed it over: so it proves an address that nobody had proven, and then nothing
 * of what was set up in its name stays.
 */
export const resetPassword = command({
  permission: "session:open",
  input: z.strictObject({
    secret: z.string().max(200),
    newPassword,
    /** Needed for the first proof of an address. */
    name: z.string().trim().max(100).optional(),
  }),
  prepare: async (ctx, { secret, newPassword, name }) => {
    const found = await findReset(ctx, { secret });
    if (!found) throw overLink();
    await refuseWeakPassword(ctx, "newPassword", newPassword, { email: found.email, name: name ?? null });
    return hashPassword(newPassword);
  },
  run: async (ctx, input, passwordHash) => {
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
    await tellOfChange(ctx, { userId, email: changed.email }, { kind: "password_reset", keepsKeys });
    return { userId, email: changed.email };
  },
  happened: (_input, { userId }) => fact("password.reset", { subjectId: userId, accountId: null }),
});

function overLink(): AppError {
  return new AppError("gone", words.errors.linkOver);
}
