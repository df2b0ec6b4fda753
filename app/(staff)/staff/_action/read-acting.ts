import { otherHolder } from "#core/cases/hold-case.ts";
import { findOpenCase } from "#core/cases/open-case.ts";
import { getHistory } from "#core/enforcement/get-history.ts";
import type { StaffAction } from "#core/enforcement/list-actions.ts";
import { previewImpact } from "#core/enforcement/preview-impact.ts";
import { isProtectedFrom } from "#core/enforcement/protection.ts";
import type { Ctx } from "#core/frame/context.ts";
import * as words from "#words/words.ts";
import { whyNotLift } from "./why-not-lift.ts";

/** What the action form needs to know of an account, and of the case it is opened from, or else of its open one. */
export async function readActing(ctx: Ctx, accountId: string, actions: readonly StaffAction[], given?: string) {
  const nowMs = ctx.now.getTime();
  const staff = ctx.actor.kind === "staff" ? ctx.actor : null;
  const caseId = given ?? (await findOpenCase(ctx, accountId));
  const [impact, isProtected, history, holder] = await Promise.all([
    previewImpact(ctx, { accountId }),
    isProtectedFrom(ctx, accountId),
    getHistory(ctx, { accountId, ...(caseId ? { caseId } : {}) }),
    caseId ? otherHolder(ctx, caseId) : null,
  ]);
  const inForce = actions
    .filter((one) => (one.state === "applying" || one.state === "active") && one.type !== "notice")
    .map((one) => ({
      id: one.id,
      isReplaceable: staff !== null && whyNotLift(one, staff, nowMs) === null,
      words: words.action(one),
      isOfThisCase: caseId !== null && one.caseId === caseId,
      servedMs: one.servedSeconds * 1000 + Math.max(0, nowMs - (one.appliedAt?.getTime() ?? nowMs)),
    }));
  const role = staff?.role ?? ("support" as const);
  return { impact, isProtected, history, inForce, holder: holder?.name ?? null, role, nowMs };
}
