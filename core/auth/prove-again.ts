import { eq } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { provePassword, type Refused, takeProof } from "./prove-password.ts";

/** Takes the password of a signed-in person, who then may do for 15 minutes what a stolen session must not. */
export const proveAgain = command({
  permission: "session:own",
  input: z.strictObject({ password: z.string().max(1_000) }),
  prepare: (ctx, { password }) => provePassword(ctx, password),
  run: async (ctx, _input, proof): Promise<{ ok: true; userId: string } | Refused> => {
    const proven = await takeProof(ctx, proof);
    if (!proven.ok) return proven;
    const sessionId = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
    await ctx.db
      .update(session)
      .set({ provenAt: ctx.now })
      .where(eq(session.id, sessionId ?? ""));
    return { ok: true, userId: proven.userId };
  },
  happened: (_input, result) =>
    result.ok ? fact("session.proven", { subjectId: result.userId, accountId: null }) : null,
});
