export const tokenStates = ["active", "paused", "expired", "revoked"] as const;
export type TokenState = (typeof tokenStates)[number];

type Facts = { revokedAt: Date | null; expiresAt: Date | null; pausedAt: Date | null };

/** What a token is now, by the first of: revoked, expired, paused. Pauses by staff are actions and show in the standing. */
export function tokenState(facts: Facts, now: Date): TokenState {
  if (facts.revokedAt) return "revoked";
  if (facts.expiresAt && facts.expiresAt <= now) return "expired";
  return facts.pausedAt ? "paused" : "active";
}
