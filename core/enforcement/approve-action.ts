import { and, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { action, actionBatch } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import { moveCase } from "../cases/change-case.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { lockAccountsOf } from "../frame/lock-accounts.ts";
import { record } from "../frame/record.ts";
import { scoped } from "../frame/scope.ts";
import { claimsAction } from "../rules/cases/outcomes.ts";
import { mayApprove } from "../rules/standing/enforcement.ts";
import { applyAction } from "./apply-action.ts";
import { refuseFor, whyNotTwo } from "./second-person.ts";
import { transition } from "./transition.ts";

/**
 * The second person's yes, never by its author, nor by who may be the same human being under another name: a proposal takes effect from the next request on; an emergency that is in force
 * gets the end that was asked for instead of lapsing. `version` is the one the approver read, so that nobody approves what has
 * changed under their eyes.
 */
export const approveAction = command({
  permission: "actions:approve",
  needsProof: true,
  input: z.strictObject({ actionId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { actionId, version }) => {
    const approver = decidingPerson(ctx.actor, "approveActions");
    await lockAccountsOf(ctx, eq(action.id, actionId));
    const found = await findProposal(ctx, actionId);
    const wantedEndsAt = found.lapsesAt ? found.wantedEndsAt : found.endsAt;
    const durationMs = wantedEndsAt === null ? null : wantedEndsAt.getTime() - found.effectiveAt.getTime();
    const refusal = mayApprove(approver, { ...found, durationMs });
    if (refusal) throw new AppError("forbidden", deskWords.objection(refusal.refused));
    refuseFor(await whyNotTwo(ctx, found.authorUserId, approver.userId));
    if (version !== undefined && version !== found.version)
      throw new AppError("conflict", deskWords.errors.actionChanged);
    if (found.caseOutcome !== null && !claimsAction(found.caseOutcome))
      throw new AppError("conflict", deskWords.errors.caseAnswered);
    if (found.state === "pending_approval") {
      if (found.endsAt && found.endsAt <= ctx.now) throw new AppError("conflict", deskWords.errors.proposalOutlived);
      const about = { subjectId: actionId, accountId: found.accountId };
      await record(ctx, fact("action.approved", about));
      const state = await applyAction(ctx, actionId, approver.userId);
      if (found.caseId) await moveCase(ctx, found.caseId, "approval_decided");
      return { accountId: found.accountId, state, isConfirmation: false };
    }
    const set = { endsAt: wantedEndsAt, lapsesAt: null, wantedEndsAt: null, approverUserId: approver.userId };
    await transition(ctx, actionId, "uphold", { set });
    return { accountId: found.accountId, state: found.state, isConfirmation: true };
  },
  happened: recordedInRun,
});

/** What waits for a second person: a proposal, or an emergency that has not lapsed. Locked, so that two approve it once. */
async function findProposal(ctx: Ctx, actionId: string) {
  const [found] = await ctx.db
    .select({
      type: action.type,
      authorUserId: action.authorUserId,
      state: action.state,
      version: action.version,
      accountId: action.accountId,
      caseId: action.caseId,
      effectiveAt: action.effectiveAt,
      endsAt: action.endsAt,
      lapsesAt: action.lapsesAt,
      wantedEndsAt: action.wantedEndsAt,
      isProtectedAccount: account.isProtected,
      accounts: sql<number>`coalesce(${actionBatch.accounts}, 1)`,
      caseOutcome: abuseCase.outcome,
    })
    .from(action)
    .innerJoin(account, eq(account.id, action.accountId))
    .leftJoin(actionBatch, eq(actionBatch.id, action.batchId))
    .leftJoin(abuseCase, eq(abuseCase.id, action.caseId))
    .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)))
    .for("update", { of: action });
  if (!found) throw notFound("action");
  const isEmergency = (found.state === "applying" || found.state === "active") && found.lapsesAt !== null;
  if (found.state !== "pending_approval" && !isEmergency) throw new AppError("conflict", deskWords.errors.notWaiting);
  if (isEmergency && found.lapsesAt && found.lapsesAt <= ctx.now)
    throw new AppError("conflict", deskWords.errors.emergencyLapsed);
  return found;
}
