import { and, eq, gt, isNull } from "drizzle-orm";
import { z } from "zod";
import { recoveryCode, secondStepRemoval, user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";
import * as deskWords from "#words/desk.ts";
import { endSessionsOf } from "../auth/end-sessions.ts";
import { tellOfChange } from "../auth/tell-of-change.ts";
import { refuseFor, whyNotTwo } from "../enforcement/second-person.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { dayMs } from "../rules/time.ts";
import { findUser, reasonToPerson } from "./find-user.ts";

/** A proposal that nobody has decided for so long is over. */
const openForMs = 7 * dayMs;

export const isOpenRemoval = (now: Date) =>
  and(isNull(secondStepRemoval.decidedAt), gt(secondStepRemoval.createdAt, new Date(now.getTime() - openForMs)));

/**
 * Asks for a person's second step to be taken off, for somebody who has lost their app or passkey and their recovery codes. Another person of the
 * staff approves it, because it is the way into anybody's account. The person gets a mail, in case they did not ask. Setting up
 * another app or passkey makes it void: it was for what was there.
 */
export const proposeSecondStepRemoval = command({
  permission: "people:restore",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid(), reason: reasonToPerson }),
  run: async (ctx, { userId, reason }) => {
    const proposer = decidingPerson(ctx.actor, "restorePeople");
    const found = await findUser(ctx, userId);
    if (!found.hasSecondStep) throw new AppError("conflict", deskWords.errors.noSecondStep);
    const ofPerson = and(eq(secondStepRemoval.userId, userId), isNull(secondStepRemoval.decidedAt));
    const [open] = await ctx.db
      .select({ id: secondStepRemoval.id })
      .from(secondStepRemoval)
      .where(and(ofPerson, isOpenRemoval(ctx.now)));
    if (open) throw new AppError("conflict", deskWords.errors.removalOpen);
    await ctx.db.update(secondStepRemoval).set({ decidedAt: ctx.now }).where(ofPerson);
    const [made] = await ctx.db
      .insert(secondStepRemoval)
      .values({ userId, reason, proposedByUserId: proposer.userId, createdAt: ctx.now })
      .returning({ id: secondStepRemoval.id });
    if (!made) throw new Error("The proposal was not written.");
    await tellOfChange(ctx, found, { kind: "removal_proposed", reason });
    return { removalId: made.id };
  },
  happened: ({ userId, reason }, { removalId }) =>
    fact("totp.removal_proposed", { subjectId: userId, accountId: null }, { removalId, reason }),
});

/** The second person's yes: the app, the passkeys and the recovery codes are gone, and every session ends. The password stays. */
export const approveSecondStepRemoval = command({
  permission: "people:restore",
  needsProof: true,
  input: z.strictObject({ removalId: z.uuid() }),
  run: async (ctx, { removalId }) => {
    const approver = decidingPerson(ctx.actor, "restorePeople");
    const { userId, reason, proposedByUserId } = await findOpen(ctx, removalId);
    if (approver.userId === proposedByUserId) throw new AppError("forbidden", deskWords.errors.removalYours);
    if (approver.userId === userId) throw new AppError("forbidden", deskWords.errors.removalOfYours);
    refuseFor(await whyNotTwo(ctx, proposedByUserId, approver.userId));
    const found = await findUser(ctx, userId);
    if (!found.hasSecondStep) throw new AppError("conflict", deskWords.errors.noSecondStep);
    await decide(ctx, removalId, { decidedByUserId: approver.userId, isRemoved: true });
    await ctx.db.update(user).set({ totpSealed: null, totpSince: null, totpLastStep: null }).where(eq(user.id, userId));
    await ctx.db.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
    await ctx.db.delete(passkey).where(eq(passkey.userId, userId));
    await endSessionsOf(ctx, userId);
    await tellOfChange(ctx, found, { kind: "app_removed_by_staff", reason });
    return { userId, proposedByUserId };
  },
  happened: ({ removalId }, { userId, proposedByUserId }) =>
    fact("totp.removal_approved", { subjectId: userId, accountId: null }, { removalId, proposedByUserId }),
});

/** Takes a proposal back; the second step stays. */
export const withdrawSecondStepRemoval = command({
  permission: "people:restore",
  input: z.strictObject({ removalId: z.uuid() }),
  run: async (ctx, { removalId }) => {
    const { userId: decidedByUserId } = decidingPerson(ctx.actor, "restorePeople");
    const { userId } = await findOpen(ctx, removalId);
    await decide(ctx, removalId, { decidedByUserId, isRemoved: false });
    return { userId };
  },
  happened: ({ removalId }, { userId }) =>
    fact("totp.removal_withdrawn", { subjectId: userId, accountId: null }, { removalId }),
});

async function findOpen(ctx: Ctx, removalId: string) {
  const [found] = await ctx.db
    .select({
      userId: secondStepRemoval.userId,
      reason: secondStepRemoval.reason,
      proposedByUserId: secondStepRemoval.proposedByUserId,
    })
    .from(secondStepRemoval)
    .where(and(eq(secondStepRemoval.id, removalId), isOpenRemoval(ctx.now)))
    .for("update");
  if (!found) throw new AppError("conflict", deskWords.errors.removalOver);
  return found;
}

async function decide(ctx: Ctx, removalId: string, how: { decidedByUserId: string; isRemoved: boolean }) {
  await ctx.db
    .update(secondStepRemoval)
    .set({ ...how, decidedAt: ctx.now })
    .where(eq(secondStepRemoval.id, removalId));
}
