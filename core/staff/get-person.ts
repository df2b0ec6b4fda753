import { and, asc, count, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { account, member } from "#db/schema/accounts.ts";
import { staffKey } from "#db/schema/api.ts";
import { secondStepRemoval, staffMember, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import { liveSessions } from "../auth/live-sessions.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { addressFor, emailFor } from "../personal-data/address-for.ts";
import { isOpenRemoval } from "./remove-second-step.ts";

const blocker = alias(user, "blocker");
const proposer = alias(user, "proposer");

/** The id of the person with exactly this e-mail address. Throws `not_found`. */
export const findPerson = query({
  permission: "people:read",
  input: z.strictObject({ email: z.string().trim().toLowerCase().min(1).max(320) }),
  run: async (ctx, { email }) => {
    const [found] = await ctx.db.select({ userId: user.id }).from(user).where(eq(user.email, email));
    if (!found) throw notFound("person");
    return found;
  },
});

/** How a person comes in: block, second step, accounts, sessions. The address is masked, and of network addresses only the network is shown. */
export const getPerson = query({
  permission: "people:read",
  input: z.strictObject({ userId: z.uuid() }),
  run: async (ctx, { userId }) => {
    const [found] = await ctx.db
      .select({
        userId: user.id,
        name: user.name,
        email: user.email,
        since: user.createdAt,
        emailVerifiedAt: user.emailVerifiedAt,
        secondStepSince: user.totpSince,
        blockedAt: user.disabledAt,
        blockedReason: user.disabledReason,
        blockedByName: blocker.name,
        staffRole: staffMember.role,
      })
      .from(user)
      .leftJoin(blocker, eq(blocker.id, user.disabledByUserId))
      .leftJoin(staffMember, and(eq(staffMember.userId, user.id), isNull(staffMember.endedAt)))
      .where(eq(user.id, userId));
    if (!found) throw notFound("person");
    const accounts = await ctx.db
      .select({ accountId: account.id, name: account.name, role: member.role })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .where(eq(member.userId, userId))
      .orderBy(asc(account.name));
    const [removal] = await ctx.db
      .select({
        removalId: secondStepRemoval.id,
        reason: secondStepRemoval.reason,
        proposedAt: secondStepRemoval.createdAt,
        proposedByUserId: secondStepRemoval.proposedByUserId,
        proposedByName: proposer.name,
      })
      .from(secondStepRemoval)
      .innerJoin(proposer, eq(proposer.id, secondStepRemoval.proposedByUserId))
      .where(and(eq(secondStepRemoval.userId, userId), isOpenRemoval(ctx.now)));
    const passkeys = await ctx.db
      .select({ name: passkey.name, createdAt: passkey.createdAt, lastUsedAt: passkey.lastUsedAt })
      .from(passkey)
      .where(eq(passkey.userId, userId))
      .orderBy(asc(passkey.createdAt));
    const [keys] = await ctx.db
      .select({ live: count() })
      .from(staffKey)
      .where(and(eq(staffKey.userId, userId), isNull(staffKey.revokedAt)));
    return {
      ...found,
      email: emailFor(ctx.actor, found.email),
      liveKeys: keys?.live ?? 0,
      passkeys,
      accounts,
      removal: removal ?? null,
      sessions: await sessionsOf(ctx, userId),
    };
  },
});

async function sessionsOf(ctx: Ctx, userId: string) {
  const rows = await liveSessions(ctx, userId);
  return rows.map(({ ip, ...row }) => ({ ...row, network: addressFor(ctx.actor, ip) }));
}
