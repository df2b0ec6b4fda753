import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { moveCase } from "../cases/change-case.ts";
import { claimByActing, refuseBeside } from "../cases/hold-case.ts";
import { findOpenCase } from "../cases/open-case.ts";
import { actingRole } from "../frame/acting-role.ts";
import type { Ctx } from "../frame/context.ts";
import { command, recordedInRun } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { emergencyMs, longestAheadMs, mayImpose, windDownMs } from "../rules/standing/enforcement.ts";
import { reasons } from "../rules/standing/reasons.ts";
import { hourMs } from "../rules/time.ts";
import { endOf } from "./action-end.ts";
import { checkShape } from "./action-shape.ts";
import { applyAction } from "./apply-action.ts";
import { sealEvidence } from "./evidence.ts";
import { findReplaced, findTarget, refuseRepeatedEmergency, refuseTwin } from "./find-target.ts";
import { type ImposeInput, imposeInput, isForGood } from "./impose-input.ts";
import { transition } from "./transition.ts";

/**
 * Imposes one measure of the ladder: notice, throttle, token pause, suspension or termination, now or later, until a date or for
 * good, told at once or by a clock. It adds one action and touches no token, so lifting it restores exactly what was. What this
 * person may not impose alone is proposed and waits for a second one, or takes the emergency lane. It belongs to the account's open
 * case, if there is one, and claims it for who acts.
 */
export const imposeAction = command({
  permission: "actions:impose",
  needsProof: isForGood,
  input: imposeInput,
  run: (ctx, input) => impose(ctx, input),
  happened: recordedInRun,
});

type InBatch = { batchId: string; accounts: number };

/** The same inside another command, for one account of many. */
export async function impose(ctx: Ctx, input: ImposeInput, batch?: InBatch) {
  const { actor } = ctx;
  if (actor.kind !== "staff") throw new AppError("forbidden", deskWords.errors.imposeNeedsStaff);
  checkShape(input);
  const target = await findTarget(ctx, input);
  const caseId = input.caseId ?? (await findOpenCase(ctx, input.accountId));
  if (caseId) await refuseBeside(ctx, caseId, input.besideHolder);
  const replaced = await findReplaced(ctx, input.accountId, input.replacesActionId);
  const nowMs = ctx.now.getTime();
  // A minute is the way from the form to here.
  if (input.effectiveAt && input.effectiveAt.getTime() < nowMs - 60_000)
    throw invalid("effectiveAt", deskWords.errors.startPassed);
  const startsAtMs = Math.max(nowMs, input.effectiveAt?.getTime() ?? nowMs);
  if (startsAtMs - nowMs > longestAheadMs) throw invalid("effectiveAt", deskWords.errors.startTooFar);
  const servedMs = replaced?.servedMs ?? 0;
  const endsAtMs = endOf(input, startsAtMs, servedMs);
  const silenceMs = input.silentHours === undefined ? null : input.silentHours * hourMs;
  const imposition = mayImpose(actingRole(actor), {
    type: input.type,
    durationMs: endsAtMs === null ? null : endsAtMs - startsAtMs,
    silenceMs,
    isProtectedAccount: target.isProtected,
    accounts: batch?.accounts ?? 1,
  });
  if (imposition.may === "not") throw invalid("endsAt", deskWords.objection(imposition.why));
  if (input.emergency && startsAtMs > nowMs) throw invalid("effectiveAt", deskWords.errors.emergencyIsNow);
  await refuseTwin(ctx, input);
  const isRushed =
    imposition.may === "emergency" || (imposition.may === "propose" && imposition.canRush && input.emergency);
  if (isRushed) await refuseRepeatedEmergency(ctx, input.accountId, input.replacesActionId);
  // One person's hours are not renewed by replacing what they imposed.
  const lapsesAtMs = isRushed
    ? Math.min(startsAtMs + emergencyMs, endsAtMs ?? Infinity, replaced?.lapsesAtMs ?? Infinity)
    : null;
  const sealed = await sealEvidence(ctx, input.accountId, caseId, input.reasonCode);
  const at = (ms: number | null) => (ms === null ? null : new Date(ms));
  const endsAt = at(lapsesAtMs ?? endsAtMs);
  const isPending = imposition.may === "propose" && !isRushed;
  const [made] = await ctx.db
    .insert(action)
    .values({
      accountId: input.accountId,
      caseId,
      type: input.type,
      state: "draft",
      surface: input.surface ?? null,
      tokenId: input.tokenId ?? null,
      endpointId: input.endpointId ?? null,
      factor: input.factor ?? null,
      reasonCode: input.reasonCode,
      policyVersionId: sealed.policyVersionId,
      policyClause: reasons[input.reasonCode].clause,
      publicText: input.publicText,
      internalNote: input.internalNote,
      evidence: sealed.evidence,
      evidenceHash: sealed.hash,
      isSilent: silenceMs !== null,
      noticeDueAt: silenceMs === null ? null : new Date(startsAtMs + silenceMs),
      silenceReason: input.silenceReason ?? null,
      billingConsequence: words.billingConsequence(input.type),
      effectiveAt: new Date(startsAtMs),
      endsAt,
      lapsesAt: at(lapsesAtMs),
      wantedEndsAt: isRushed ? at(endsAtMs) : null,
      windDownEndsAt: input.type === "termination" ? new Date(startsAtMs + windDownMs) : null,
      replacesActionId: replaced?.id ?? null,
      servedSeconds: Math.floor(servedMs / 1000),
      batchId: batch?.batchId ?? null,
      authorUserId: actor.userId,
      authorKeyId: actor.key?.keyId ?? null,
      createdAt: ctx.now,
    })
    .returning({ id: action.id });
  if (!made) throw new Error("The action row was not written.");
  const known = { actionId: made.id, endsAt, lapsesAt: at(lapsesAtMs), evidenceHash: sealed.hash };
  if (caseId) await claimByActing(ctx, caseId);
  if (isPending) {
    await transition(ctx, made.id, "ask_approval", { why: deskWords.objection(imposition.why) });
    if (caseId) await moveCase(ctx, caseId, "ask_approval");
    return { ...known, state: "pending_approval" as const, why: deskWords.objection(imposition.why) };
  }
  const state = await applyAction(ctx, made.id);
  return { ...known, state, why: imposition.may === "impose" ? null : deskWords.objection(imposition.why) };
}
