import { and, eq, gt, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { sessionEndsAt } from "../rules/people/session-life.ts";
import { minuteMs } from "../rules/time.ts";
import type { StaffRole } from "../rules/vocabulary.ts";
import { sessionLives } from "../runtime/env.ts";
import { lacksSecondStep } from "./lacks-second-step.ts";

export type FoundSession = {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  timeZone: string | null;
  /** The role they act with at the desk; null as well while they still lack the second step it requires. */
  staffRole: StaffRole | null;
  /** Staff who reach only the page that sets up their second step. */
  lacksSecondStep: boolean;
};

/**
 * The person behind a session id, or null when it is unknown, over, revoked or theirs who may no longer sign in. Asking is using it,
 * unless `isUse` is false: then its idle time runs on.
 * Runs before there is an actor, on every request; that is what makes ending a session take effect at once.
 */
export async function findSession(
  db: Queryable,
  sessionId: string,
  now: Date,
  { isUse }: { isUse: boolean } = { isUse: true },
): Promise<FoundSession | null> {
  const [row] = await db
    .select({
      sessionId: session.id,
      userId: user.id,
      name: user.name,
      email: user.email,
      timeZone: user.timeZone,
      staffRole: staffMember.role,
      totpSince: user.totpSince,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      expiresAt: session.expiresAt,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(staffMember, and(eq(staffMember.userId, user.id), isNull(staffMember.endedAt)))
    .where(
      and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, now), isNull(user.disabledAt)),
    );
  if (!row) return null;
  const { totpSince, staffRole, createdAt, lastSeenAt, expiresAt, ...found } = row;
  const life = sessionLives()[staffRole === null ? "member" : "staff"];
  if (sessionEndsAt({ createdAt, lastSeenAt, expiresAt }, life) <= now) return null;
  if (isUse && now.getTime() - (lastSeenAt ?? createdAt).getTime() >= minuteMs) await noteUse(db, sessionId, now);
  const lacksIt = lacksSecondStep(totpSince, staffRole);
  return { ...found, staffRole: lacksIt ? null : staffRole, lacksSecondStep: lacksIt };
}

/** Once a minute at most. A database that takes no write now shows the page all the same. */
async function noteUse(db: Queryable, sessionId: string, now: Date): Promise<void> {
  await db
    .update(session)
    .set({ lastSeenAt: now })
    .where(eq(session.id, sessionId))
    .catch(() => undefined);
}
