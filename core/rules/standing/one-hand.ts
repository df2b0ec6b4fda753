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
    const givers = new Map(
      ties.filter(({ atMs }) => atMs + roleTieMs > ms).map(({ userId, byUserId }) => [userId, byUserId]),
    );
    const theirs = handsOf(other, givers);
    return [...handsOf(one, givers)].some((id) => theirs.has(id));
  };
  if (!isShared(nowMs)) return null;
  const ends = ties.map(({ atMs }) => atMs + roleTieMs).sort((a, b) => a - b);
  return ends.find((ms) => !isShared(ms)) ?? null;
}

/** The person, who gave them their role, who gave it to those … */
function handsOf(userId: string, givers: ReadonlyMap<string, string>): Set<string> {
  const hands = new Set<string>();
  for (let id: string | undefined = userId; id !== undefined && !hands.has(id); id = givers.get(id)) hands.add(id);
  return hands;
}
