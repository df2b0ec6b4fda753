import { eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { closeDoors } from "./close-doors.ts";
import { endOtherSessions } from "./end-sessions.ts";
import { hashPassword, newPassword } from "./password.ts";
import { findSelf, provePassword, type Refused, takeProof } from "./prove-password.ts";
import { refuseWeakPassword } from "./refuse-weak-password.ts";
import { tellOfChange } from "./tell-of-change.ts";

/** Sets another password for the signed-in person. All their other sessions end, links to set one, and their personal keys. */
export const changePassword = command({
  permission: "session:own",
  input: z.strictObject({ password: z.string().max(1_000), newPassword }),
  prepare: async (ctx, input) => {
    // First: a weak new password is no wrong try at the old one, and its refusal must tell nothing of that.
    await refuseWeakPassword(ctx, "newPassword", input.newPassword, await findSelf(ctx));
    const proof = await provePassword(ctx, input.password);
    if (!proof.ok) return proof;
    return { ...proof, newHash: await hashPassword(input.newPassword) };
  },
  run: async (ctx, _input, proof): Promise<{ ok: true; userId: string; ended: number } | Refused> => {
    const proven = await takeProof(ctx, proof);
    if (!proven.ok) return proven;
    const { userId, newHash } = proven;
    await ctx.db.update(user).set({ passwordHash: newHash }).where(eq(user.id, userId));
    const ended = await endOtherSessions(ctx, userId);
    const keepsKeys = await closeDoors(ctx, userId);
    await tellOfChange(ctx, proven, { kind: "password_changed", keepsKeys });
    return { ok: true, userId, ended };
  },
  happened: (_input, result) =>
    result.ok
      ? fact("password.changed", { subjectId: result.userId, accountId: null }, { sessionsEnded: result.ended })
      : null,
});
