import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { session, staffMember } from "#db/schema/auth.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { sessionEndsAt } from "../rules/people/session-life.ts";
import { sessionLives } from "../runtime/env.ts";

/** Where the person is signed in now, newest first. */
export const listSessions = query({
  permission: "session:own",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        id: session.id,
        createdAt: session.createdAt,
        lastSeenAt: session.lastSeenAt,
        expiresAt: session.expiresAt,
        staffSince: staffMember.createdAt,
        ip: session.ip,
        userAgent: session.userAgent,
      })
      .from(session)
      .leftJoin(staffMember, and(eq(staffMember.userId, session.userId), isNull(staffMember.endedAt)))
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
    const lives = sessionLives();
    return rows
      .filter((row) => sessionEndsAt(row, lives[row.staffSince === null ? "member" : "staff"]) > ctx.now)
      .map(({ staffSince: _, ...row }) => ({ ...row, isThis: row.id === here }));
  },
});
