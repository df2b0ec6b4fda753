const mostAtOnce = 10;
const longestWaitMs = 2_000;
const firstPauseMs = 1_000;
const longestPauseMs = 60_000;

type Pace = { running: number; failures: number; pausedUntilMs: number; waiting: (() => void)[] };

/**
 * Keeps one receiver from being everybody's trouble: at most ten deliveries to an endpoint at once, and a pause after each failure
 * that doubles up to a minute. Kept in the worker's memory; after a restart a receiver is tried anew.
 */
export class EndpointPace {
  readonly #endpoints = new Map<string, Pace>();
  readonly #subjects = new Set<string>();

  /** Whether this subject is nobody else's now; then `end` must follow. */
  begin(subject: string): boolean {
    if (this.#subjects.has(subject)) return false;
    this.#subjects.add(subject);
    return true;
  }

  end(subject: string): void {
    this.#subjects.delete(subject);
  }

  /** Resolves to null = go, then `leave` must follow; otherwise to the milliseconds after which to ask again. */
  async enter(endpointId: string, nowMs: number): Promise<number | null> {
    const pace = this.#endpoints.get(endpointId) ?? { running: 0, failures: 0, pausedUntilMs: 0, waiting: [] };
    this.#endpoints.set(endpointId, pace);
    if (pace.pausedUntilMs > nowMs) return pace.pausedUntilMs - nowMs;
    if (pace.running >= mostAtOnce && !(await placeIn(pace))) return firstPauseMs;
    pace.running += 1;
    return null;
  }

  leave(endpointId: string, isDelivered: boolean, nowMs: number): void {
    const pace = this.#endpoints.get(endpointId);
    if (!pace) return;
    pace.running -= 1;
    if (isDelivered) {
      pace.failures = 0;
      pace.waiting.shift()?.();
    } else {
      pace.pausedUntilMs = nowMs + Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(pace.failures, 10));
      pace.failures += 1;
    }
    if (pace.running === 0 && pace.failures === 0 && pace.waiting.length === 0) this.#endpoints.delete(endpointId);
  }
}

/** Whether a place became free while it was waited for. */
function placeIn(pace: Pace): Promise<boolean> {
  return new Promise((resolve) => {
    const take = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      pace.waiting.splice(pace.waiting.indexOf(take), 1);
      resolve(false);
    }, longestWaitMs);
    pace.waiting.push(take);
  });
}
