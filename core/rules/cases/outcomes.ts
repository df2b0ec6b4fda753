import type { ActionState, ActionType, CaseOutcome } from "../vocabulary.ts";

/** An action of a case. `hasApplied` = it took effect and was not undone by its author. */
export type CaseAction = { type: ActionType; state: ActionState; hasApplied: boolean };

/** What an outcome claims to have happened, the gravest first; the other outcomes claim that nobody needed to be punished. */
const claims = {
  terminated: "termination",
  suspended: "suspension",
  token_paused: "token_pause",
  throttled: "throttle",
  notice: "notice",
} as const satisfies Partial<Record<CaseOutcome, ActionType>>;

const claimed = Object.entries(claims) as [keyof typeof claims, ActionType][];

/** Whether an outcome says that an action was taken. */
export function claimsAction(outcome: CaseOutcome): outcome is keyof typeof claims {
  return outcome in claims;
}

export type OutcomeRefusal =
  /** It would end what nobody has decided yet. */
  | { code: "waiting"; type: ActionType; isApproved: boolean }
  /** It never took effect in this case. */
  | { code: "did_not_happen"; type: ActionType }
  /** Something that is in force says otherwise. */
  | { code: "contradicted"; type: ActionType };

/** Why a case may not be closed with this outcome; null = it may. */
export function outcomeRefusal(outcome: CaseOutcome, actions: readonly CaseAction[]): OutcomeRefusal | null {
  const waiting = actions.find(({ state }) => state === "pending_approval" || state === "scheduled");
  if (waiting) return { code: "waiting", type: waiting.type, isApproved: waiting.state === "scheduled" };
  if (claimsAction(outcome))
    return hasHappened(claims[outcome], actions) ? null : { code: "did_not_happen", type: claims[outcome] };
  const inForce = actions.find((one) => isInForce(one) && !goesWith(outcome, one.type));
  return inForce ? { code: "contradicted", type: inForce.type } : null;
}

/** What the actions of a case say its outcome is: the gravest that took effect. Null = none did. */
export function proposedOutcome(actions: readonly CaseAction[]): CaseOutcome | null {
  return claimed.find(([, type]) => hasHappened(type, actions))?.[0] ?? null;
}

/** An act that an appeal found wrong, or that its author took back, has not happened. */
function hasHappened(type: ActionType, actions: readonly CaseAction[]): boolean {
  return actions.some((one) => one.type === type && one.hasApplied && one.state !== "overturned");
}

function isInForce({ state }: CaseAction): boolean {
  return state === "applying" || state === "active";
}

/** A notice restricts nothing; who was helped may be slowed down until the fix is out. */
function goesWith(outcome: CaseOutcome, type: ActionType): boolean {
  if (type === "notice") return true;
  return outcome === "broken_client_helped" && (type === "throttle" || type === "token_pause");
}
