import type { FlagScope, ReasonCode } from "../vocabulary.ts";

/** What a detector says something of: one token, or the whole account. */
export type SignalKey = { detector: string; scope: FlagScope; scopeId: string };

/** A flag that somebody decided: confirmed, dismissed, muted, or let go with its case. */
export type DecidedFlag = SignalKey & { decidedAtMs: number };

/** An action that took effect: when it did, or when it ended. `tokenId` null = it was not about one token. */
export type TakenAction = { reasonCode: ReasonCode; tokenId: string | null; decidedAtMs: number };

/**
 * The moment from which traffic counts for a signal's key: its last decision. What came before has been answered, by a decision on a
 * flag of the same key or of the account, or by an action for the detector's reason on the same token or on the account. 0 = nothing was decided.
 */
export function decidedSinceMs(
  key: SignalKey,
  reasonCode: ReasonCode,
  flags: readonly DecidedFlag[],
  actions: readonly TakenAction[],
): number {
  const ofFlags = flags
    .filter((one) => one.detector === key.detector)
    // What is said of the whole account is said of each of its tokens.
    .filter((one) => one.scope === "account" || (one.scope === key.scope && one.scopeId === key.scopeId))
    .map((one) => one.decidedAtMs);
  const ofActions = actions
    .filter((one) => one.reasonCode === reasonCode && (one.tokenId === null || one.tokenId === key.scopeId))
    .map((one) => one.decidedAtMs);
  return Math.max(0, ...ofFlags, ...ofActions);
}
