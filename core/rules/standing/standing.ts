import type { ActionType, Standing, Surface } from "../vocabulary.ts";

/** What standing needs to know of an action whose change has been committed. Times are epoch milliseconds. */
export type ActionInForce = {
  id: string;
  type: ActionType;
  surface: Surface | null;
  tokenId: string | null;
  endpointId: number | null;
  /** Throttle only, 0 < factor < 1. */
  factor: number | null;
  effectiveAtMs: number;
  /** Null = no end. */
  endsAtMs: number | null;
  /** The owner has not been told yet: the code is given, the reason is not. */
  isSilent: boolean;
};

const severity: Record<Standing, number> = { good: 0, noticed: 1, throttled: 2, suspended: 3, terminated: 4 };

const standingOfType: Record<ActionType, Standing> = {
  notice: "noticed",
  throttle: "throttled",
  token_pause: "noticed",
  suspension: "suspended",
  termination: "terminated",
};

/** The end is evaluated here, at the time of asking: no job is needed for a suspension to be over. */
export function isInForce(action: ActionInForce, nowMs: number): boolean {
  return action.effectiveAtMs <= nowMs && (action.endsAtMs === null || nowMs < action.endsAtMs);
}

/** What the active actions add up to: the strictest wins. */
export function standingAt(actions: readonly ActionInForce[], nowMs: number): Standing {
  let standing: Standing = "good";
  for (const action of actions) {
    if (!isInForce(action, nowMs)) continue;
    const own = standingOfType[action.type];
    if (severity[own] > severity[standing]) standing = own;
  }
  return standing;
}

/** Whether the whole account is suspended or terminated: then no call passes on any surface. */
export function isStoppedAt(actions: readonly ActionInForce[], nowMs: number): boolean {
  return actions.some(
    (one) =>
      isInForce(one, nowMs) && (one.type === "termination" || (one.type === "suspension" && one.surface === null)),
  );
}

/** A staff pause of this token, if one is in force (step 4 of the published order). */
export function tokenPauseAt(actions: readonly ActionInForce[], tokenId: string, nowMs: number): ActionInForce | null {
  return actions.find((a) => a.type === "token_pause" && a.tokenId === tokenId && isInForce(a, nowMs)) ?? null;
}

export type StandingRefusal = {
  code: "account_terminated" | "account_suspended" | "surface_suspended";
  action: ActionInForce;
};

/**
 * The refusal that the account's standing demands on a surface (step 5), terminated before suspended before surface. Of several
 * alike the one that ends last is told, so that the client does not come back too early.
 */
export function standingRefusalAt(
  actions: readonly ActionInForce[],
  surface: Surface,
  nowMs: number,
): StandingRefusal | null {
  let whole: ActionInForce | null = null;
  let partial: ActionInForce | null = null;
  for (const action of actions) {
    if (!isInForce(action, nowMs)) continue;
    if (action.type === "termination") return { code: "account_terminated", action };
    if (action.type !== "suspension") continue;
    if (action.surface === null) whole = laterEnd(whole, action);
    else if (action.surface === surface) partial = laterEnd(partial, action);
  }
  if (whole) return { code: "account_suspended", action: whole };
  return partial ? { code: "surface_suspended", action: partial } : null;
}

function laterEnd(a: ActionInForce | null, b: ActionInForce): ActionInForce {
  return a !== null && (a.endsAtMs ?? Infinity) >= (b.endsAtMs ?? Infinity) ? a : b;
}

/** The product of all throttles that reach this token and endpoint; 1 = none. Limits are multiplied by it, never below 1 request. */
export function throttleFactorAt(
  actions: readonly ActionInForce[],
  tokenId: string,
  endpointId: number,
  nowMs: number,
): number {
  let factor = 1;
  for (const action of actions) {
    if (action.type !== "throttle" || action.factor === null || !isInForce(action, nowMs)) continue;
    if (action.tokenId !== null && action.tokenId !== tokenId) continue;
    if (action.endpointId !== null && action.endpointId !== endpointId) continue;
    factor *= action.factor;
  }
  return factor;
}
