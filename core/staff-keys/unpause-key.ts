import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffKey } from "#db/schema/api.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";

/** Lets one of the person's own keys work again that a reset of their password has paused. */
export const unpauseKey = command({
  permission: "keys:write",
  needsProof: true,
  input: z.strictObject({ keyId: z.uuid() }),
  run: async (ctx, { keyId }) => {
    const isOwn = eq(staffKey.userId, actorUserId(ctx.actor) ?? "");
    const [unpaused] = await ctx.db
      .update(staffKey)
      .set({ pausedAt: null })
      .where(and(eq(staffKey.id, keyId), isOwn, isNotNull(staffKey.pausedAt), isNull(staffKey.revokedAt)))
      .returning({ keyId: staffKey.id, name: staffKey.name, preview: staffKey.preview });
    if (!unpaused) throw notFound("paused key of yours");
    return unpaused;
  },
  happened: (_input, { keyId, name, preview }) =>
    fact("staff_key.unpaused", { subjectId: keyId, accountId: null }, { name, preview }),
});
