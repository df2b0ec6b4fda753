import { roleTieMs } from "./enforcement.ts";

/** A role and who gave it. */
export type GivenRole = { userId: string; byUserId: string; atMs: number };

/**
 * Until when two people count as one, because the role of one comes from the other, or both from a third, over any number of steps
 * that each are younger than a day. Null = they count as two now.
 */
export function oneHandUntil(one: string, other: string, roles: readonly GivenRole[], nowMs: number): number | null {
  const ties = roles.filter(({ atMs }) => atMs + roleTieMs > nowMs);
  const isShared = (ms: number) => {
    const held = ties.filter(({ atMs }) => atMs + roleTieMs > ms);
    const theirs = handsOf(other, held);
    return [...handsOf(one, held)].some((id) => theirs.has(id));
  };
  if (!isShared(nowMs)) return null;
  const ends = ties.map(({ atMs }) => atMs + roleTieMs).sort((a, b) => a - b);
  return ends.find((ms) => !isShared(ms)) ?? null;
}

/** The person, all who gave them a role, all who gave one to those … */
function handsOf(userId: string, ties: readonly GivenRole[]): Set<string> {
  const hands = new Set([userId]);
  // A set goes on to what is added to it while it is walked.
  for (const id of hands) for (const tie of ties) if (tie.userId === id) hands.add(tie.byUserId);
  return hands;
}
