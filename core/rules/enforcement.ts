import type { StaffRole } from "./vocabulary.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Longest temporary suspension; longer is for good, and for two people. */
export const longestSuspensionMs = 90 * dayMs;
export const defaultSuspensionMs = 72 * hourMs;
/** Silence beyond this needs a second person. */
const longestSilenceAloneMs = 24 * hourMs;

/** What each role may impose by itself. Leads and admins still need a second person for good. */
const aloneMs: Record<StaffRole, number> = {
  support: 24 * hourMs,
  reviewer: 30 * dayMs,
  lead: longestSuspensionMs,
  admin: longestSuspensionMs,
};

export type Proposal = {
  /** Null = for good. */
  durationMs: number | null;
  /** Null = the owner is told at once. */
  silenceMs: number | null;
  isProtectedAccount: boolean;
};

export type Imposition =
  | { may: "impose" }
  /** Takes effect when a second person approves. */
  | { may: "propose"; why: string }
  | { may: "not"; why: string };

/** Whether this role may suspend like this at once, only propose it, or neither. */
export function mayImpose(role: StaffRole, proposal: Proposal): Imposition {
  const { durationMs, silenceMs } = proposal;
  if (durationMs !== null && durationMs <= 0) return { may: "not", why: "The end lies in the past." };
  if (durationMs !== null && durationMs > longestSuspensionMs) {
    return { may: "not", why: "A temporary suspension lasts at most 90 days. Choose an earlier end, or “for good”." };
  }
  if (proposal.isProtectedAccount)
    return { may: "propose", why: "This account is protected: a second person must approve." };
  if (durationMs === null)
    return { may: "propose", why: "A suspension for good needs the approval of a second person." };
  if (silenceMs !== null && silenceMs > longestSilenceAloneMs) {
    return { may: "propose", why: "More than 24 hours without notice needs the approval of a second person." };
  }
  if (durationMs > aloneMs[role]) {
    const days = aloneMs[role] / dayMs;
    const bound = days === 1 ? "24 hours" : `${days} days`;
    return {
      may: "propose",
      why: `As ${role} you suspend for up to ${bound} alone; longer needs the approval of a second person.`,
    };
  }
  return { may: "impose" };
}

export type Refusal = { refused: string } | null;

/** Four eyes: a lead or admin, and never the author. */
export function mayApprove(approver: { role: StaffRole; userId: string }, authorUserId: string): Refusal {
  if (approver.userId === authorUserId) return { refused: "You proposed this. Somebody else must approve it." };
  if (approver.role !== "lead" && approver.role !== "admin") return { refused: "Only a lead or an admin approves." };
  return null;
}

/** Support lifts its own within an hour, reviewers what is temporary, leads and admins all. */
export function mayLift(
  actor: { role: StaffRole; userId: string },
  action: { authorUserId: string; appliedAtMs: number; isPermanent: boolean },
  nowMs: number,
): Refusal {
  if (actor.role === "lead" || actor.role === "admin") return null;
  if (actor.role === "reviewer") {
    return action.isPermanent ? { refused: "A suspension for good is lifted by a lead or an admin." } : null;
  }
  if (action.authorUserId === actor.userId && nowMs - action.appliedAtMs <= hourMs) return null;
  return { refused: "As support you lift only your own actions, within an hour. Ask a reviewer or a lead." };
}
