import { and, eq, isNull } from "drizzle-orm";
import { user } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { Turns } from "../frame/turns.ts";
import { countSignIn } from "./count-try.ts";
import { verifyPassword } from "./password.ts";

export type Throttled = { ok: false; reason: "throttled"; retryAfterSeconds: number };

/** Judged, and answered like a wait: nobody learns which half was wrong. Callers answer it by `answerTo`. */
export type Silent = { ok: false; reason: "silent"; retryAfterSeconds: number };

export type RightPassword = {
  ok: true;
  userId: string;
  name: string;
  email: string;
  /** The hash that was compared with. */
  passwordHash: string | null;
  tryId: number | null;
  /** False = the device has signed in before, and wrong codes are counted with its tries. */
  isStranger: boolean;
  /** Set = only a right second step opens, and every refusal must look like a wait of so many seconds. */
  silentSeconds: number | null;
};

export type Judged = RightPassword | { ok: false; reason: "wrong" } | Throttled | Silent;

/** Counting takes a connection for a moment; of a crowd that comes at the same time, two. */
const counting = new Turns({ most: 2, mostWaiting: 1_000, what: "sign-ins" });

/**
 * Judges an e-mail address and a password, in `prepare` of a command: the try is counted first, and while the password is compared no
 * connection is held. Unknown, blocked and known people take the same time. `run` then asks `stillRight`.
 */
export async function judgePassword(
  ctx: Ctx,
  { email, password, hasCode }: { email: string; password: string; hasCode: boolean },
): Promise<Judged> {
  const { person, counted } = await counting.take(async () => {
    const [found] = await ctx.db
      .select(columns)
      .from(user)
      .where(and(eq(user.email, email), isNull(user.disabledAt)));
    const userId = found?.userId ?? null;
    return { person: found, counted: await countSignIn(ctx, { email, userId, hasCode }) };
  });
  const { id, admission } = counted;
  if (admission.door === null) return throttled(admission.waitSeconds);
  const matches = await verifyPassword(person?.passwordHash ?? null, password);
  const silentSeconds = admission.door === "silent" ? admission.waitSeconds : null;
  if (person && matches)
    return { ok: true, ...person, tryId: id, isStranger: admission.door !== "device", silentSeconds };
  return silentSeconds === null ? { ok: false, reason: "wrong" } : silent(silentSeconds);
}

/** Whether what was compared is still the person's password, and they may still sign in. Locks their row until the commit. */
export async function stillRight(ctx: Ctx, { userId, passwordHash }: RightPassword): Promise<boolean> {
  const [row] = await ctx.db
    .select({ passwordHash: user.passwordHash })
    .from(user)
    .where(and(eq(user.id, userId), isNull(user.disabledAt)))
    .for("update");
  return row !== undefined && row.passwordHash === passwordHash;
}

export function throttled(retryAfterSeconds: number): Throttled {
  return { ok: false, reason: "throttled", retryAfterSeconds };
}

export function silent(retryAfterSeconds: number): Silent {
  return { ok: false, reason: "silent", retryAfterSeconds };
}

const columns = { userId: user.id, name: user.name, email: user.email, passwordHash: user.passwordHash };
