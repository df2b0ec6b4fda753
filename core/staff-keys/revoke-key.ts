import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { staffKey } from "#db/schema/api.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { can } from "../frame/permissions.ts";

/** Ends a key at once: one's own, or anybody's for who may change staff. */
export const revokeKey = command({
  permission: "keys:write",
  input: z.strictObject({ keyId: z.uuid() }),
  run: async (ctx, { keyId }) => {
    const [revoked] = await ctx.db
      .update(staffKey)
      .set({ revokedAt: ctx.now })
      .where(
        and(
          eq(staffKey.id, keyId),
          isNull(staffKey.revokedAt),
          can(ctx.actor, "staff:write") ? undefined : eq(staffKey.userId, actorUserId(ctx.actor) ?? ""),
        ),
      )
      .returning({ keyId: staffKey.id, name: staffKey.name, preview: staffKey.preview });
    if (!revoked) throw notFound("live key");
    return revoked;
  },
  happened: (_input, { keyId, name, preview }) =>
    fact("staff_key.revoked", { subjectId: keyId, accountId: null }, { name, preview }),
});
