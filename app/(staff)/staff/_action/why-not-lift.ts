import type { StaffAction } from "#core/enforcement/list-actions.ts";
import type { Actor } from "#core/frame/context.ts";
import { isForGood, mayLift } from "#core/rules/standing/enforcement.ts";

/** Why this person may not end an action in force before its time, be it by lifting or by replacing it; null = may. */
export function whyNotLift(action: StaffAction, actor: Extract<Actor, { kind: "staff" }>, nowMs: number) {
  const facts = {
    isOwn: action.authorUserId === actor.userId,
    appliedAtMs: action.appliedAt?.getTime() ?? 0,
    isPermanent: isForGood(action),
    finalAtMs: action.windDownEndsAt?.getTime() ?? null,
  };
  return mayLift(actor.role, facts, nowMs);
}
