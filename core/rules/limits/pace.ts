/**
 * The even pace of a limit: N requests of one cost, one every W/N. A bucket knows how many came in it, not when, so the window alone
 * would refuse one in 61 of them. What is remembered here proves more of a client that keeps the pace: at least N requests in a
 * row, each of which came when it was due or later. Then the request before the last N lies a whole window back, and one more at its due
 * time makes N in the window that ends with it, never N + 1.
 *
 * Whole milliseconds. A due time is rounded down, which can lose one between two requests far apart; a request that comes
 * after its due time begins the count again and makes up for at least that one.
 */
export type Pace = {
  /** Of the requests that kept it; 0 = none did. */
  limit: number;
  cost: number;
  requests: number;
  /** The last that came late, and how many steps after it the next one is due. */
  fromMs: number;
  steps: number;
};

type Paced = { windowMs: number; pace: Pace };

export function newPace(): Pace {
  return { limit: 0, cost: 0, requests: 0, fromMs: 0, steps: 0 };
}

/** Whether a request at `nowMs` keeps a pace that was kept for a whole window. */
export function isPaced(of: Paced, limit: number, cost: number, nowMs: number): boolean {
  return nowMs >= paceDueMs(of, limit, cost);
}

/** When the next request of that cost is due; infinite where no pace was kept for a whole window. */
export function paceDueMs({ windowMs, pace }: Paced, limit: number, cost: number): number {
  if (pace.limit !== limit || pace.cost !== cost || cost === 0) return Number.POSITIVE_INFINITY;
  const perWindow = Math.floor(limit / cost);
  return perWindow > 0 && pace.requests >= perWindow ? dueMs(windowMs, pace, perWindow) : Number.POSITIVE_INFINITY;
}

/** Remembers a request that was let through. */
export function keepPace({ windowMs, pace }: Paced, limit: number | null, cost: number, nowMs: number): void {
  const perWindow = Math.floor((limit ?? 0) / cost);
  const isSame = pace.limit === limit && pace.cost === cost && pace.requests > 0;
  const due = isSame && perWindow > 0 ? dueMs(windowMs, pace, perWindow) : Number.POSITIVE_INFINITY;
  pace.requests = nowMs >= due ? pace.requests + 1 : perWindow > 0 ? 1 : 0;
  pace.limit = limit ?? 0;
  pace.cost = cost;
  if (nowMs === due) pace.steps++;
  else {
    pace.fromMs = nowMs;
    pace.steps = 1;
  }
}

function dueMs(windowMs: number, { fromMs, steps }: Pace, perWindow: number): number {
  return fromMs + Math.floor((steps * windowMs) / perWindow);
}
