import { dayMs, hourMs } from "../time.ts";
import type { ActionType, StaffRole } from "../vocabulary.ts";

/** Longest temporary measure; longer is for good, and for two people. */
export const longestSuspensionMs = 90 * dayMs;
export const defaultSuspensionMs = 72 * hourMs;
/** What one person alone may put in force in an emergency; it lapses then unless a second one confirms. */
export const emergencyMs = 24 * hourMs;
/** For so long after an emergency that nobody confirmed the account is not suspended by one person again, however it ended. */
export const emergencyAgainAfterMs = 7 * dayMs;
/** Silence beyond this needs a second person. */
const longestSilenceAloneMs = 24 * hourMs;
/** More accounts than this in one act need a second person. */
export const largestBatchAlone = 10;
/** More accounts than this in one act are refused. */
export const largestBatch = 50;
/**
 * From a termination, which refuses every call immediately, to the day from which it cannot be lifted and all tokens are revoked (P2B
 * regulation, article 4, asks for 30 days).
 */
export const windDownMs = 30 * dayMs;
/** An act can be taken back for this long, before the owner's mail leaves. */
export const undoMs = 30_000;
/** Why an undone action ended; by it those are known that never counted. */
export const undoneReason = "Undone by its author at once.";
/** A flag is put off or muted for at most this long; a lead mutes longer. */
export const longestSnoozeMs = 7 * dayMs;
export const longestMuteMs = 90 * dayMs;
/** An action can be appealed for this long (DSA, article 20, asks six months). */
export const appealWindowMs = 180 * dayMs;
/** For so long who took the protection off an account still needs a second person there. */
export const protectedAfterMs = dayMs;
/** For so long a role ties its holder to who gave it: until then both count as one person. */
export const roleTieMs = dayMs;
/** How far ahead an action may be scheduled. */
export const longestAheadMs = 30 * dayMs;

/** `automation` = a staff automation key. */
export type ActingRole = StaffRole | "automation";

const temporaryAloneMs: Record<StaffRole, number> = {
  support: 0,
  reviewer: 30 * dayMs,
  lead: longestSuspensionMs,
  admin: longestSuspensionMs,
};

export type Proposal = {
  type: ActionType;
  /** Null = no end. */
  durationMs: number | null;
  /** Null = the owner is told at once. */
  silenceMs: number | null;
  isProtectedAccount: boolean;
  /** Accounts in this act. */
  accounts: number;
};

/** Why somebody may not do something by themselves, or not at all; words/ says it. */
export type Objection =
  | { code: "ends_in_past" | "throttle_without_end" | "silent_notice" }
  | { code: "end_of_endless" | "too_long" | "not_by_key"; type: ActionType }
  | { code: "batch_too_large" | "batch_needs_two"; most: number }
  | { code: "protected" | "termination_needs_two" | "for_good_needs_two" | "silence_needs_two" }
  | { code: "support_needs_confirmation" }
  | { code: "beyond_role"; role: StaffRole; mostMs: number }
  | { code: "key_reaches_one" | "key_needs_end" | "key_lifts_own" }
  | { code: "own_proposal" | "lead_approves" | "lead_lifts" | "support_lifts_own" | "author_undoes" | "undo_is_over" }
  | { code: "termination_is_final" }
  | { code: "reviewer_decides" | "was_involved" }
  | { code: "one_hand"; untilMs: number }
  | { code: "unproven_approver" | "unproven_author" | "author_gone" }
  | { code: "mute_too_long"; isSenior: boolean };

export type Imposition =
  | { may: "impose" }
  /** In force at once, for 24 hours at most unless a second person confirms. */
  | { may: "emergency"; why: Objection }
  /** Takes effect when a second person approves. `canRush` = the emergency lane is open to it. */
  | { may: "propose"; why: Objection; canRush: boolean }
  | { may: "not"; why: Objection };

/** Whether this role may impose this by itself, for an emergency only, only propose it, or not at all. */
export function mayImpose(role: ActingRole, proposal: Proposal): Imposition {
  const { type, durationMs } = proposal;
  const wrong = wrongShape(proposal);
  if (wrong) return { may: "not", why: wrong };
  if (role === "automation") return mayAutomate(proposal);
  if (type === "notice") return { may: "impose" };
  const canRush = type === "suspension" && proposal.accounts === 1;
  const secondPerson = needsSecondPerson(proposal);
  if (secondPerson) return { may: "propose", why: secondPerson, canRush };
  if (type !== "suspension" || (durationMs !== null && durationMs <= temporaryAloneMs[role])) return { may: "impose" };
  if (role === "support" && durationMs !== null && durationMs <= emergencyMs) {
    return { may: "emergency", why: { code: "support_needs_confirmation" } };
  }
  const mostMs = role === "support" ? emergencyMs : temporaryAloneMs[role];
  return { may: "propose", why: { code: "beyond_role", role, mostMs }, canRush };
}

/** What no role may ask for; null = well formed. */
function wrongShape({ type, durationMs, silenceMs, accounts }: Proposal): Objection | null {
  if (durationMs !== null && durationMs <= 0) return { code: "ends_in_past" };
  if (type === "throttle" && durationMs === null) return { code: "throttle_without_end" };
  if ((type === "notice" || type === "termination") && durationMs !== null) return { code: "end_of_endless", type };
  if (durationMs !== null && durationMs > longestSuspensionMs) return { code: "too_long", type };
  if (type === "notice" && silenceMs !== null) return { code: "silent_notice" };
  if (accounts > largestBatch) return { code: "batch_too_large", most: largestBatch };
  return null;
}

/** Why this needs four eyes whatever the role; null = it does not. */
function needsSecondPerson({ type, durationMs, silenceMs, isProtectedAccount, accounts }: Proposal): Objection | null {
  if (isProtectedAccount) return { code: "protected" };
  if (type === "termination") return { code: "termination_needs_two" };
  if (type === "suspension" && durationMs === null) return { code: "for_good_needs_two" };
  if (accounts > largestBatchAlone) return { code: "batch_needs_two", most: largestBatchAlone };
  if (silenceMs !== null && silenceMs > longestSilenceAloneMs) return { code: "silence_needs_two" };
  return null;
}

/** Keys give notice, and throttle or pause a token for a day. Suspending must be earned by a rule first. */
function mayAutomate({ type, durationMs, isProtectedAccount, accounts }: Proposal): Imposition {
  if (type === "notice") return { may: "impose" };
  if (type === "suspension" || type === "termination") return { may: "not", why: { code: "not_by_key", type } };
  if (isProtectedAccount || accounts > 1) return { may: "not", why: { code: "key_reaches_one" } };
  if (durationMs === null || durationMs > emergencyMs) return { may: "not", why: { code: "key_needs_end" } };
  return { may: "impose" };
}

export type Refusal = { refused: Objection } | null;

export type Person = { role: StaffRole; userId: string };

/**
 * Four eyes: never the author, and only who could decide it: a lead or an admin, or for a temporary measure of at most ten
 * accounts, none protected, a reviewer within their own 30 days. It serves proposals and the confirmation of an emergency alike.
 */
export function mayApprove(
  approver: Person,
  action: Pick<Proposal, "type" | "durationMs" | "isProtectedAccount" | "accounts"> & { authorUserId: string },
): Refusal {
  if (approver.userId === action.authorUserId) return { refused: { code: "own_proposal" } };
  if (approver.role === "lead" || approver.role === "admin") return null;
  const { authorUserId: _, ...asked } = action;
  const proposal = { ...asked, silenceMs: null };
  if (approver.role === "reviewer" && mayImpose("reviewer", proposal).may === "impose") return null;
  return { refused: { code: "lead_approves" } };
}

/** Whether it holds until somebody lifts it. An emergency is temporary until it is confirmed; a notice restricts nothing. */
export function isForGood(action: { type: ActionType; endsAt: Date | null; lapsesAt: Date | null }): boolean {
  return action.endsAt === null && action.lapsesAt === null && action.type !== "notice";
}

/** `finalAtMs` = when a termination's wind-down is over; null = the action is none. */
type Lifted = { isOwn: boolean; appliedAtMs: number; isPermanent: boolean; finalAtMs: number | null };

/**
 * Support and automation lift their own (support within an hour), reviewers what is temporary, leads and admins all; nobody a
 * termination after its wind-down, when the tokens are destroyed.
 */
export function mayLift(role: ActingRole, action: Lifted, nowMs: number): Refusal {
  const isFinal = action.finalAtMs !== null && action.finalAtMs <= nowMs;
  switch (role) {
    case "lead":
    case "admin":
      return isFinal ? { refused: { code: "termination_is_final" } } : null;
    case "reviewer":
      return action.isPermanent ? { refused: { code: "lead_lifts" } } : null;
    case "support":
      if (action.isOwn && nowMs - action.appliedAtMs <= hourMs) return null;
      return { refused: { code: "support_lifts_own" } };
    case "automation":
      return action.isOwn ? null : { refused: { code: "key_lifts_own" } };
  }
}

/** The author takes an act back within the undo window, whatever it was. */
export function mayUndo(action: { isOwn: boolean; atMs: number }, nowMs: number): Refusal {
  if (!action.isOwn) return { refused: { code: "author_undoes" } };
  if (nowMs - action.atMs > undoMs) return { refused: { code: "undo_is_over" } };
  return null;
}

/** An appeal is decided by a reviewer or above who neither imposed nor approved the action; never by a machine. */
export function mayDecideAppeal(
  actor: { role: ActingRole; userId: string },
  action: { authorUserId: string; approverUserId: string | null },
): Refusal {
  if (actor.role === "support" || actor.role === "automation") return { refused: { code: "reviewer_decides" } };
  if (actor.userId === action.authorUserId || actor.userId === action.approverUserId)
    return { refused: { code: "was_involved" } };
  return null;
}

/** How long a key of a flag may be silenced: everybody a week, leads and admins longer. */
export function mayMute(role: StaffRole, durationMs: number): Refusal {
  if (durationMs <= 0) return { refused: { code: "ends_in_past" } };
  const isSenior = role === "lead" || role === "admin";
  if (durationMs > (isSenior ? longestMuteMs : longestSnoozeMs))
    return { refused: { code: "mute_too_long", isSenior } };
  return null;
}
