import { and, count, eq, gt, isNull, max } from "drizzle-orm";
import { z } from "zod";
import { session, signInFailure, user } from "#db/schema/auth.ts";
import type { Ctx } from "../context.ts";
import { command } from "../define.ts";
import { throttleSeconds } from "../rules/sign-in-throttle.ts";
import { verifyPassword } from "./password.ts";

const sessionDays = 14;

export type SignInResult =
  | { ok: true; sessionId: string; userId: string; name: string; email: string }
  | { ok: false; reason: "wrong" }
  | { ok: false; reason: "throttled"; retryAfterSeconds: number };

/**
 * Opens a session for the right e-mail and password. A refusal is a result and not an error, because the failed attempt
 * must be recorded. The answer is the same for an unknown e-mail, a wrong password and a disabled user.
 */
export const signIn = command({
  permission: "session:open",
  input: z.strictObject({ email: z.string().trim().toLowerCase().max(320), password: z.string().max(1_000) }),
  run: async (ctx, { email, password }): Promise<SignInResult> => {
    const retryAfterSeconds = await throttled(ctx, email);
    if (retryAfterSeconds > 0) return { ok: false, reason: "throttled", retryAfterSeconds };
    const [found] = await ctx.db
      .select({ id: user.id, name: user.name, email: user.email, passwordHash: user.passwordHash })
      .from(user)
      .where(and(eq(user.email, email), isNull(user.disabledAt)));
    if (!(await verifyPassword(found?.passwordHash ?? null, password)) || !found) {
      await ctx.db.insert(signInFailure).values({ email, ip: ctx.ip, at: ctx.now });
      return { ok: false, reason: "wrong" };
    }
    const expiresAt = new Date(ctx.now.getTime() + sessionDays * 86_400_000);
    const [opened] = await ctx.db
      .insert(session)
      .values({ userId: found.id, createdAt: ctx.now, expiresAt, ip: ctx.ip, userAgent: ctx.userAgent?.slice(0, 400) })
      .returning({ id: session.id });
    if (!opened) throw new Error("The session row was not written.");
    await ctx.db.delete(signInFailure).where(eq(signInFailure.email, email));
    return { ok: true, sessionId: opened.id, userId: found.id, name: found.name, email: found.email };
  },
  // A throttled attempt was not tried: recording each would let anybody fill the audit.
  audit: (input, result) => {
    if (result.ok) return { action: "session.open", subjectKind: "user", subjectId: result.userId, accountId: null };
    if (result.reason === "throttled") return null;
    return { action: "session.refuse", subjectKind: "email", subjectId: input.email, accountId: null };
  },
});

async function throttled(ctx: Ctx, email: string): Promise<number> {
  const since = new Date(ctx.now.getTime() - 15 * 60_000);
  const failures = async (column: typeof signInFailure.email | typeof signInFailure.ip, value: string | null) => {
    if (value === null) return { failures: 0, lastAt: null };
    const [row] = await ctx.db
      .select({ failures: count(), lastAt: max(signInFailure.at) })
      .from(signInFailure)
      .where(and(eq(column, value), gt(signInFailure.at, since)));
    return row ?? { failures: 0, lastAt: null };
  };
  const byEmail = await failures(signInFailure.email, email);
  const byAddress = await failures(signInFailure.ip, ctx.ip);
  return Math.max(throttleSeconds("email", byEmail, ctx.now), throttleSeconds("address", byAddress, ctx.now));
}
