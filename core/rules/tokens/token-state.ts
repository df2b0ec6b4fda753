import { type ActionInForce, tokenPauseAt } from "../standing/standing.ts";

export const tokenStates = ["active", "paused", "expired", "revoked"] as const;
export type TokenState = (typeof tokenStates)[number];

type Facts = { revokedAt: Date | null; expiresAt: Date | null; pausedAt: Date | null };

/** What a token is now as its row tells it, by the first of: revoked, expired, paused. `tokenStateUnder` knows of measures too. */
export function tokenState(facts: Facts, now: Date): TokenState {
  if (facts.revokedAt) return "revoked";
  if (facts.expiresAt && facts.expiresAt <= now) return "expired";
  return facts.pausedAt ? "paused" : "active";
}

/** The same with pauses by the provider, which are measures of the account: no member ends them, and what a member set stays beneath. */
export function tokenStateUnder(actions: readonly ActionInForce[], facts: Facts & { id: string }, now: Date) {
  const pause = tokenPauseAt(actions, facts.id, now.getTime());
  const pausedAt = facts.pausedAt ?? (pause && new Date(pause.effectiveAtMs));
  return { state: tokenState({ ...facts, pausedAt }, now), pausedAt, isPausedByProvider: pause !== null };
}
