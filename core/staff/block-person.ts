import { eq } from "drizzle-orm";
import { z } from "zod";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { closeDoors } from "../auth/close-doors.ts";
import { endSessionsOf } from "../auth/end-sessions.ts";
import { tellOfChange } from "../auth/tell-of-change.ts";
import { withdrawGiven } from "../auth/withdraw-invitations.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { findUser, reasonToPerson } from "./find-user.ts";
import { keepAnAdmin } from "./keep-an-admin.ts";

/**
 * Keeps a person out from their next request on: their sessions, open links and personal keys end; their automation keys, and what
 * tokens they made may do in Gatehouse, pause until they are unblocked. Roles stay. They are told, with the reason. A program blocks
 * nobody of the staff.
 */
export const blockPerson = command({
  permission: "people:block",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid(), reason: reasonToPerson }),
  run: async (ctx, { userId, reason }) => {
    const byUserId = actorUserId(ctx.actor);
    if (userId === byUserId) throw new AppError("conflict", deskWords.errors.blockYourself);
    await keepAnAdmin(ctx, userId);
    const found = await findUser(ctx, userId);
    if (found.isStaff) decidingPerson(ctx.actor, "blockStaff");
    if (found.disabledAt) throw new AppError("conflict", deskWords.errors.personBlocked);
    const block = { disabledAt: ctx.now, disabledReason: reason, disabledByUserId: byUserId };
    await ctx.db.update(user).set(block).where(eq(user.id, userId));
    await closeDoors(ctx, userId);
    await withdrawGiven(ctx, userId);
    const sessions = await endSessionsOf(ctx, userId);
    await tellOfChange(ctx, found, { kind: "blocked", reason });
    return { sessions };
  },
  happened: ({ userId, reason }, { sessions }) =>
    fact("person.blocked", { subjectId: userId, accountId: null }, { reason, sessions }),
});

/** Lets a person in again. What was ended stays ended. */
export const unblockPerson = command({
  permission: "people:restore",
  needsProof: true,
  input: z.strictObject({ userId: z.uuid(), reason: reasonToPerson }),
  run: async (ctx, { userId }) => {
    decidingPerson(ctx.actor, "restorePeople");
    const found = await findUser(ctx, userId);
    if (!found.disabledAt) throw new AppError("conflict", deskWords.errors.personNotBlocked);
    const block = { disabledAt: null, disabledReason: null, disabledByUserId: null };
    await ctx.db.update(user).set(block).where(eq(user.id, userId));
    await tellOfChange(ctx, found, { kind: "unblocked" });
  },
  happened: ({ userId, reason }) => fact("person.unblocked", { subjectId: userId, accountId: null }, { reason }),
});

/** Signs a person out everywhere from their next request on; they may sign in again. */
export const signOutPerson = command({
  permission: "people:block",
  input: z.strictObject({ userId: z.uuid(), reason: reasonToPerson }),
  run: async (ctx, { userId, reason }) => {
    const found = await findUser(ctx, userId);
    if (found.isStaff) decidingPerson(ctx.actor, "blockStaff");
    const sessions = await endSessionsOf(ctx, userId);
    if (sessions > 0) await tellOfChange(ctx, found, { kind: "signed_out", reason });
    return { sessions };
  },
  happened: ({ userId, reason }, { sessions }) =>
    fact("person.signed_out", { subjectId: userId, accountId: null }, { reason, sessions }),
});
