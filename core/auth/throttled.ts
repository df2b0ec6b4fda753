import { and, count, eq, gt, max, sql } from "drizzle-orm";
import { signInFailure } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { throttleSeconds } from "../rules/people/sign-in-throttle.ts";
import { minuteMs } from "../rules/time.ts";

/**
 * Seconds until this e-mail address, from this address, may try a password or code again; 0 = now. One attempt at a time: of those
 * that come while one is being judged, each would be counted only after all were tried.
 */
export async function throttledSeconds(ctx: Ctx, email: string): Promise<number> {
  const [turn] = await ctx.db.execute<{ mine: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtext('gatehouse sign-in'), hashtext(${email})) as mine`,
  );
  if (!turn?.mine) return 1;
  const since = new Date(ctx.now.getTime() - 15 * minuteMs);
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

/** Counts a wrong password or code. It must be committed, so its use case answers with a refusal and does not throw. */
export async function countFailure(ctx: Ctx, email: string): Promise<void> {
  await ctx.db.insert(signInFailure).values({ email, ip: ctx.ip, at: ctx.now });
}

export async function forgetFailures(ctx: Ctx, email: string): Promise<void> {
  await ctx.db.delete(signInFailure).where(eq(signInFailure.email, email));
}
