import { asc, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { staffKey } from "#db/schema/api.ts";
import { user } from "#db/schema/auth.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { can } from "../frame/permissions.ts";

/** The person's own keys; everybody's for who may change staff. Live ones first. */
export const listKeys = query({
  permission: "keys:write",
  input: z.strictObject({}),
  run: (ctx) =>
    ctx.db
      .select({
        keyId: staffKey.id,
        name: staffKey.name,
        userId: staffKey.userId,
        ownerName: user.name,
        kind: staffKey.kind,
        scopes: staffKey.scopes,
        preview: staffKey.preview,
        createdAt: staffKey.createdAt,
        expiresAt: staffKey.expiresAt,
        revokedAt: staffKey.revokedAt,
        pausedAt: staffKey.pausedAt,
        lastUsedAt: staffKey.lastUsedAt,
      })
      .from(staffKey)
      .innerJoin(user, eq(user.id, staffKey.userId))
      .where(can(ctx.actor, "staff:write") ? undefined : eq(staffKey.userId, actorUserId(ctx.actor) ?? ""))
      .orderBy(desc(staffKey.revokedAt), asc(staffKey.createdAt))
      .limit(500),
});
