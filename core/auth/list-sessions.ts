import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { session } from "#db/schema/auth.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";

/** Where the person is signed in now, newest first. */
export const listSessions = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        id: session.id,
        createdAt: session.createdAt,
        expiresAt: session.expiresAt,
        ip: session.ip,
        userAgent: session.userAgent,
      })
      .from(session)
      .where(
        and(
          eq(session.userId, actorUserId(ctx.actor) ?? ""),
          isNull(session.revokedAt),
          gt(session.expiresAt, ctx.now),
        ),
      )
      .orderBy(desc(session.createdAt))
      .limit(100);
    const here = "sessionId" in ctx.actor ? ctx.actor.sessionId : null;
    return rows.map((row) => ({ ...row, isThis: row.id === here }));
  },
});
