import { eq, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import type { QueueData } from "#db/queues.ts";
import { account, member } from "#db/schema/accounts.ts";
import { session, staffMember, user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import { mailReset } from "./auth/request-reset.ts";
import { type Actor, type Ctx, jobCtx } from "./frame/context.ts";
import { grantableKeyScopes } from "./frame/permissions.ts";
import { installSampleProvider } from "./provider/install-sample-provider.ts";
import type { MemberRole, StaffKeyKind, StaffRole } from "./rules/vocabulary.ts";
import { createKey } from "./staff-keys/create-key.ts";

/** For tests only: rows and contexts to arrange a story with. */

/**
 * The now of a test that does not say another: the last 12:12:30 UTC. Never far from the clock of the database, which some of
 * what is tested looks at, and never near the end of a UTC day.
 */
export const testNow = lastAt("12:12:30");

function lastAt(time: string): Date {
  const today = new Date(`${new Date().toISOString().slice(0, 10)}T${time}Z`);
  return today.getTime() <= Date.now() ? today : new Date(today.getTime() - 86_400_000);
}

/** The UTC day of `testNow`, or one so many days after it, like 2026-11-24. */
export function testDay(daysAfter = 0): string {
  return new Date(testNow.getTime() + daysAfter * 86_400_000).toISOString().slice(0, 10);
}

/** A time of that day: `onTestDay("12:11:00")`. */
export function onTestDay(time: string, daysAfter = 0): Date {
  return new Date(`${testDay(daysAfter)}T${time}Z`);
}

export function ctxOf(db: Queryable, actor: Actor, now = testNow): Ctx {
  return { actor, db, now, requestId: "test-request", ip: "203.0.113.7", userAgent: "test" };
}

let serial = 0;

const farAhead = new Date("2100-01-01T00:00:00Z");

async function person(db: Queryable, name: string) {
  serial += 1;
  const email = `${name.toLowerCase().replaceAll(" ", ".")}.${serial}@example.com`;
  const [made] = await db.insert(user).values({ email, name, emailVerifiedAt: testNow }).returning({ id: user.id });
  if (!made) throw new Error("no user");
  const [opened] = await db
    .insert(session)
    // Far beyond `testNow`: server actions look at the real clock.
    .values({ userId: made.id, expiresAt: farAhead, provenAt: farAhead })
    .returning({ id: session.id });
  if (!opened) throw new Error("no session");
  return { userId: made.id, sessionId: opened.id, name, email };
}

/** A staff person of a role, as a context. */
export async function staffCtx(db: Queryable, role: StaffRole, name = `Staff ${role}`, now = testNow): Promise<Ctx> {
  const { userId, sessionId } = await person(db, name);
  await db.insert(staffMember).values({ userId, role });
  return ctxOf(db, { kind: "staff", userId, sessionId, name, role }, now);
}

/** The same person with one of their keys, which has every scope it can have. */
export async function withKey(ctx: Ctx, kind: StaffKeyKind): Promise<Ctx> {
  const { actor } = ctx;
  if (actor.kind !== "staff") throw new Error("Only staff have keys.");
  const scopes = grantableKeyScopes(actor, kind);
  const { keyId, name } = await createKey(ctx, { name: kind, kind, scopes });
  return { ...ctx, actor: { ...actor, sessionId: null, key: { keyId, name, kind, scopes } } };
}

/** An account on a plan with one member of each asked role. The sample provider is installed when missing. */
export async function accountWith(db: Queryable, name: string, planName = "Starter") {
  await installSampleProvider(jobCtx(db, "test", testNow), {});
  const [chosen] = await db.select({ id: plan.id }).from(plan).where(eq(plan.name, planName));
  if (!chosen) throw new Error("no plan");
  serial += 1;
  const [made] = await db
    .insert(account)
    .values({ name, slug: `test-${serial}`, planId: chosen.id, createdAt: testNow })
    .returning({ id: account.id, slug: account.slug });
  if (!made) throw new Error("no account");
  const accountId = made.id;
  const memberCtx = async (role: MemberRole, now = testNow): Promise<Ctx> => {
    const { userId, sessionId, name: personName } = await person(db, `${name} ${role}`);
    await db.insert(member).values({ accountId, userId, role });
    return ctxOf(db, { kind: "member", userId, sessionId, name: personName, accountId, role }, now);
  };
  return { accountId, slug: made.slug, memberCtx };
}

/** Does what the worker does with the resets that were asked for. */
export async function workResets(db: Queryable, now: Date): Promise<void> {
  const jobs = await db.execute<{ data: QueueData["mail-reset"] }>(
    sql`update pgboss.job set state = 'completed' where name = 'mail-reset' and state = 'created' returning data`,
  );
  for (const { data } of jobs) await mailReset({ ...jobCtx(db, "Gatehouse", now), ip: data.ip }, { email: data.email });
}

/** What the detectors say of an account that tries paths it may not use: it opens a flag and a case. */
export function probingSignal(accountId: string) {
  return {
    detector: "probing",
    detectorVersion: 1,
    scope: "account" as const,
    scopeId: accountId,
    severity: 2,
    magnitude: 40,
    summary: "40 distinct refused paths",
    evidence: {},
  };
}
