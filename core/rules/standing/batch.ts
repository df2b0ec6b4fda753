import type { ActionState, ActionType, Surface } from "../vocabulary.ts";

/** What of an account decides whether it can be among many. Its actions are those that are in force or wait. */
export type Candidate = {
  isProtected: boolean;
  actions: readonly { type: ActionType; state: ActionState; surface: Surface | null; isNarrow: boolean }[];
};

type Wanted = { type: ActionType; surface: Surface | null };

const strictness: Record<ActionType, number> = {
  notice: 0,
  token_pause: 1,
  throttle: 2,
  suspension: 3,
  termination: 4,
};

export type LeftOutReason =
  | { code: "protected" | "same_in_force" }
  | { code: "same_waiting" | "stricter_in_force"; type: ActionType };

/**
 * Why an account is passed over when one action is meant for many; null = it is reached. `isNarrow` = the action is of one token or
 * endpoint, so that it neither covers the account nor stands in the way.
 */
export function whyLeftOut({ isProtected, actions }: Candidate, wanted: Wanted): LeftOutReason | null {
  if (isProtected) return { code: "protected" };
  for (const one of actions) {
    if (one.isNarrow) continue;
    const isWaiting = one.state === "pending_approval" || one.state === "scheduled";
    const isSame = one.type === wanted.type && one.surface === wanted.surface;
    if (isSame && wanted.type !== "notice")
      return isWaiting ? { code: "same_waiting", type: one.type } : { code: "same_in_force" };
    if (isWaiting || one.surface !== null) continue;
    const isStricter = strictness[one.type] > strictness[wanted.type] || one.type === wanted.type;
    if (isStricter && wanted.type !== "notice") return { code: "stricter_in_force", type: one.type };
  }
  return null;
}
