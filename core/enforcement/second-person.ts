import { eq, gt, inArray } from "drizzle-orm";
import { staffMember, staffRoleGrant, user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { type Objection, roleTieMs } from "../rules/standing/enforcement.ts";
import { oneHandUntil } from "../rules/standing/one-hand.ts";

/** Why two people of the staff may be one human being; null = their yes counts as that of two. */
export async function whyNotTwo(ctx: Ctx, authorId: string, approverId: string): Promise<Objection | null> {
  const both = await ctx.db
    .select({ id: user.id, provenAt: user.emailVerifiedAt, blockedAt: user.disabledAt, endedAt: staffMember.endedAt })
    .from(user)
    .leftJoin(staffMember, eq(staffMember.userId, user.id))
    .where(inArray(user.id, [authorId, approverId]));
  const author = both.find(({ id }) => id === authorId);
  if (!author || author.blockedAt || author.endedAt) return { code: "author_gone" };
  if (both.some(({ id, provenAt }) => id === approverId && provenAt === null)) return { code: "unproven_approver" };
  if (author.provenAt === null) return { code: "unproven_author" };
  return whyOneHand(ctx, authorId, approverId);
}

/** The same without asking whether their addresses are proven: for what somebody must be able to decide, such as an appeal. */
export async function whyOneHand(ctx: Ctx, one: string, other: string): Promise<Objection | null> {
  const given = await ctx.db
    .select({ userId: staffRoleGrant.userId, byUserId: staffRoleGrant.byUserId, at: staffRoleGrant.at })
    .from(staffRoleGrant)
    .where(gt(staffRoleGrant.at, new Date(ctx.now.getTime() - roleTieMs)));
  const roles = given.map(({ at, ...grant }) => ({ ...grant, atMs: at.getTime() }));
  const untilMs = oneHandUntil(one, other, roles, ctx.now.getTime());
  return untilMs === null ? null : { code: "one_hand", untilMs };
}

/** Refuses as `forbidden`. */
export function refuseFor(objection: Objection | null): void {
  if (objection) throw new AppError("forbidden", deskWords.objection(objection));
}
