import { and, eq, gt, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account } from "#db/schema/accounts.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { sessionEndsAt } from "../rules/people/session-life.ts";
import { minuteMs } from "../rules/time.ts";
import type { MemberRole, StaffRole } from "../rules/vocabulary.ts";
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
  /** Set = it came from the provider's product and reaches this account only, with this role at most. */
  portal: Portal | null;
};

export type Portal = { accountId: string; accountSlug: string; mostRole: MemberRole; returnUrl: string | null };

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
      way: session.way,
      mostRole: session.mostRole,
      returnUrl: session.returnUrl,
      accountId: account.id,
      accountSlug: account.slug,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(account, eq(account.id, session.accountId))
    .leftJoin(staffMember, and(eq(staffMember.userId, user.id), isNull(staffMember.endedAt)))
    .where(
      and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, now), isNull(user.disabledAt)),
    );
  if (!row) return null;
  const { totpSince, createdAt, lastSeenAt, expiresAt, way, mostRole, returnUrl, accountId, accountSlug, ...found } =
    row;
  const portal =
    accountId !== null && accountSlug !== null && mostRole !== null
      ? { accountId, accountSlug, mostRole, returnUrl }
      : null;
  // Its account is gone, and it has never reached anything else.
  if (way === "portal" && portal === null) return null;
  const staffRole = portal === null ? found.staffRole : null;
  const life = sessionLives()[staffRole === null ? "member" : "staff"];
  if (sessionEndsAt({ createdAt, lastSeenAt, expiresAt }, life) <= now) return null;
  if (isUse && now.getTime() - (lastSeenAt ?? createdAt).getTime() >= minuteMs) await noteUse(db, sessionId, now);
  const lacksIt = lacksSecondStep(totpSince, staffRole);
  return { ...found, staffRole: lacksIt ? null : staffRole, lacksSecondStep: lacksIt, portal };
}

/** Once a minute at most. A database that takes no write now shows the page all the same. */
async function noteUse(db: Queryable, sessionId: string, now: Date): Promise<void> {
  await db
    .update(session)
    .set({ lastSeenAt: now })
    .where(eq(session.id, sessionId))
    .catch(() => undefined);
}
