import { and, eq, gt, isNull, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account } from "#db/schema/accounts.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { identityProvider } from "#db/schema/identity.ts";
import { sessionEndsAt } from "../rules/people/session-life.ts";
import { minuteMs } from "../rules/time.ts";
import type { IssuerAudience, MemberRole, SessionWay, StaffRole } from "../rules/vocabulary.ts";
import { sessionLives } from "../runtime/env.ts";
import { passkeyExists, secondStepExists } from "./has-second-step.ts";
import { lacksSecondStep } from "./lacks-second-step.ts";

export type FoundSession = {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  timeZone: string | null;
  /** The role they act with at the desk; null as well while they lack the second step or the issuer that it requires. */
  staffRole: StaffRole | null;
  /** Staff who reach only the page that sets up their second step. */
  lacksSecondStep: boolean;
  /** Set = it came from the provider's product and reaches this account only, with this role at most. */
  portal: Portal | null;
  /** Staff who came in another way than through the issuer that is the only way to the desk. */
  lacksIssuer: boolean;
  /** The issuer they came in through, and its name; null = none. */
  providerId: string | null;
  issuerName: string | null;
  hasPassword: boolean;
  hasPasskey: boolean;
  /** The only account it opens, being that account's own issuer; null = no such bound. */
  onlyAccountId: string | null;
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
      hasSecondStep: secondStepExists(),
      hasPasskey: passkeyExists(),
      breakGlassSince: staffMember.breakGlassSince,
      way: session.way,
      isTwoStep: session.isTwoStep,
      providerId: session.providerId,
      issuerName: identityProvider.name,
      hasPassword: sql<boolean>`${user.passwordHash} is not null`,
      audience: identityProvider.audience,
      isProviderEnabled: identityProvider.isEnabled,
      onlyAccountId: identityProvider.accountId,
      isDeskClosed: sql<boolean>`exists (select 1 from ${identityProvider} p
        where p.audience = 'staff' and p.is_enabled and p.is_only_way)`,
      createdAt: session.createdAt,
      lastSeenAt: session.lastSeenAt,
      expiresAt: session.expiresAt,
      mostRole: session.mostRole,
      returnUrl: session.returnUrl,
      accountId: account.id,
      accountSlug: account.slug,
    })
    .from(session)
    .innerJoin(user, eq(user.id, session.userId))
    .leftJoin(account, eq(account.id, session.accountId))
    .leftJoin(staffMember, and(eq(staffMember.userId, user.id), isNull(staffMember.endedAt)))
    .leftJoin(identityProvider, eq(identityProvider.id, session.providerId))
    .where(
      and(eq(session.id, sessionId), isNull(session.revokedAt), gt(session.expiresAt, now), isNull(user.disabledAt)),
    );
  if (!row || !isStillOpen(row)) return null;
  const { createdAt, lastSeenAt, expiresAt, providerId, onlyAccountId } = row;
  const portal = portalOf(row);
  // Its account is gone, and it has never reached anything else.
  if (row.way === "portal" && portal === null) return null;
  const staffRole = portal === null ? row.staffRole : null;
  const life = sessionLives()[staffRole === null ? "member" : "staff"];
  if (sessionEndsAt({ createdAt, lastSeenAt, expiresAt }, life) <= now) return null;
  if (isUse && now.getTime() - (lastSeenAt ?? createdAt).getTime() >= minuteMs) await noteUse(db, sessionId, now);
  const { userId, name, email, timeZone, issuerName, hasPassword, hasPasskey } = row;
  const lacksIssuer = staffRole !== null && row.isDeskClosed && row.audience !== "staff" && !mayBreakGlass(row);
  const lacksStep = lacksSecondStep(row, staffRole, row);
  return {
    ...{ sessionId, userId, name, email, timeZone, portal },
    ...{ providerId, issuerName, hasPassword, hasPasskey, onlyAccountId, lacksIssuer },
    staffRole: lacksIssuer || lacksStep ? null : staffRole,
    lacksSecondStep: lacksStep && !lacksIssuer,
  };
}

type PortalRow = {
  [Name in keyof Portal]: Portal[Name] | null;
};

function portalOf({ accountId, accountSlug, mostRole, returnUrl }: PortalRow): Portal | null {
  if (accountId === null || accountSlug === null || mostRole === null) return null;
  return { accountId, accountSlug, mostRole, returnUrl };
}

type IssuerRow = {
  way: SessionWay;
  staffRole: StaffRole | null;
  isProviderEnabled: boolean | null;
  audience: IssuerAudience | null;
};

/** An issuer that is switched off or gone takes its sessions along; one of customers opens nothing to staff. */
function isStillOpen({ way, staffRole, isProviderEnabled, audience }: IssuerRow): boolean {
  if (way !== "single_sign_on") return true;
  return isProviderEnabled === true && (staffRole === null || audience === "staff");
}

function mayBreakGlass({ breakGlassSince, hasSecondStep }: { breakGlassSince: Date | null; hasSecondStep: boolean }) {
  return breakGlassSince !== null && hasSecondStep;
}

/** Once a minute at most. A database that takes no write now shows the page all the same. */
async function noteUse(db: Queryable, sessionId: string, now: Date): Promise<void> {
  await db
    .update(session)
    .set({ lastSeenAt: now })
    .where(eq(session.id, sessionId))
    .catch(() => undefined);
}
