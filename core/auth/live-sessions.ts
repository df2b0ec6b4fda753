import { and, desc, eq, gt, isNull, type SQL } from "drizzle-orm";
import { session, staffMember } from "#db/schema/auth.ts";
import type { Ctx } from "../frame/context.ts";
import { sessionEndsAt } from "../rules/people/session-life.ts";
import { sessionLives } from "../runtime/env.ts";

/** Where a person is signed in now, newest first, at most 100; `which` = only of these sessions. */
export async function liveSessions(ctx: Ctx, userId: string, which?: SQL) {
  const rows = await ctx.db
    .select({
      id: session.id,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      expiresAt: session.expiresAt,
      staffSince: staffMember.createdAt,
      way: session.way,
      ip: session.ip,
      userAgent: session.userAgent,
    })
    .from(session)
    .leftJoin(staffMember, and(eq(staffMember.userId, session.userId), isNull(staffMember.endedAt)))
    .where(and(eq(session.userId, userId), isNull(session.revokedAt), gt(session.expiresAt, ctx.now), which))
    .orderBy(desc(session.createdAt))
    .limit(100);
  const lives = sessionLives();
  return rows
    .filter(
      (row) =>
        sessionEndsAt(row, lives[row.staffSince === null || row.way === "portal" ? "member" : "staff"]) > ctx.now,
    )
    .map(({ staffSince: _, ...row }) => row);
}
