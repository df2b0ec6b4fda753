import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import { actingRole, isAuthor } from "../frame/acting-role.ts";
import type { Actor } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { type ActingRole, isForGood, mayLift } from "../rules/standing/enforcement.ts";

/** What decides who may end an action before its time. */
export const liftColumns = {
  type: action.type,
  endsAt: action.endsAt,
  lapsesAt: action.lapsesAt,
  windDownEndsAt: action.windDownEndsAt,
  authorUserId: action.authorUserId,
  authorKeyId: action.authorKeyId,
  appliedAt: action.appliedAt,
};

export type Liftable = Pick<typeof action.$inferSelect, keyof typeof liftColumns>;

/** Refuses who may not end this action now, be it by lifting it or by putting another in its place. Throws `forbidden` or `conflict`. */
export function refuseLift(actor: Actor, found: Liftable, now: Date): void {
  if (actor.kind !== "staff") throw new AppError("forbidden", deskWords.errors.liftNeedsStaff);
  const refusal = liftRefusal(actingRole(actor), { ...found, isOwn: isAuthor(actor, found) }, now);
  if (refusal) throw refusal;
}

/** The same as an answer, for a role; null = may. */
export function liftRefusal(role: ActingRole, found: Liftable & { isOwn: boolean }, now: Date): AppError | null {
  const facts = {
    isOwn: found.isOwn,
    appliedAtMs: found.appliedAt?.getTime() ?? 0,
    isPermanent: isForGood(found),
    finalAtMs: found.windDownEndsAt?.getTime() ?? null,
  };
  const refusal = mayLift(role, facts, now.getTime());
  if (!refusal) return null;
  const { refused } = refusal;
  return new AppError(refused.code === "termination_is_final" ? "conflict" : "forbidden", deskWords.objection(refused));
}
