/** How long a session lasts: without being used, and in all, in ms. */
export type SessionLife = { idleMs: number; longestMs: number };

export type SessionTimes = {
  createdAt: Date;
  /** To the minute; null = not since it was opened. */
  lastSeenAt: Date | null;
  /** The end that was set when it was opened. */
  expiresAt: Date;
};

/** When a session ends if it is not used any more: whichever of its three ends comes first. */
export function sessionEndsAt({ createdAt, lastSeenAt, expiresAt }: SessionTimes, life: SessionLife): Date {
  const seenMs = Math.max(createdAt.getTime(), lastSeenAt?.getTime() ?? 0);
  return new Date(Math.min(expiresAt.getTime(), createdAt.getTime() + life.longestMs, seenMs + life.idleMs));
}
