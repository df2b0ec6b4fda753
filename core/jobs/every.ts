import { sql } from "drizzle-orm";
import type { OpenDatabase } from "#db/client.ts";
import type { Logger } from "../runtime/log.ts";

export type Job = {
  name: string;
  everyMs: number;
  run: (now: Date) => Promise<unknown>;
  /** Set after each run, for /metrics. */
  stats: { runs: number; failures: number; lastMs: number; lastAt: Date | null };
};

/** What a job does, and how long it may rest after it found nothing to do; null = it goes on at its usual pace. */
export type Work<Result> = {
  run: (now: Date) => Promise<Result>;
  restMs?: (result: Result, now: Date) => number | null | Promise<number | null>;
};

/**
 * Runs a job, waits, runs it again: a slow run is never overlapped by the next. A lock in the database makes sure that of many
 * workers only one does it at a time; `locks` must not be the pool that `run` works with, or jobs that hold their locks leave no
 * connection to work on. A failure is logged and the next run comes as planned. `nudge` brings it forward; `wake` ends a rest, but
 * keeps the usual pace.
 */
export function every<Result>(
  locks: OpenDatabase,
  log: Logger,
  name: string,
  everyMs: number,
  { run, restMs }: Work<Result>,
) {
  const job: Job = { name, everyMs, run, stats: { runs: 0, failures: 0, lastMs: 0, lastAt: null } };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let endedMs = 0;
  let waitMs = 0;
  let again = false;
  let isWoken = false;
  let stopped = false;

  /** Returns how long to wait. */
  const turn = async (): Promise<number> => {
    const startedAt = new Date();
    let wait: number | null = null;
    try {
      await locks.db.transaction(async (tx) => {
        const [lock] = await tx.execute<{ mine: boolean }>(
          sql`select pg_try_advisory_xact_lock(hashtext('gatehouse job'), hashtext(${name})) as mine`,
        );
        if (!lock?.mine) return;
        const result = await run(startedAt);
        wait = (await restMs?.(result, startedAt)) ?? null;
      });
      job.stats.runs += 1;
    } catch (error) {
      job.stats.failures += 1;
      wait = null;
      log.error({ job: name, err: error }, "A job failed; it runs again as planned");
    }
    job.stats.lastAt = startedAt;
    job.stats.lastMs = Date.now() - startedAt.getTime();
    return wait ?? everyMs;
  };
  const loop = (): void => {
    if (stopped) return;
    isWoken = false;
    running = turn().then((wait) => {
      running = undefined;
      endedMs = performance.now();
      if (stopped) return;
      waitMs = wait;
      timer = setTimeout(loop, again ? 0 : isWoken ? Math.min(everyMs, wait) : wait);
      again = false;
    });
  };
  loop();
  return {
    job,
    nudge: () => {
      again = true;
      if (running || stopped) return;
      again = false;
      clearTimeout(timer);
      loop();
    },
    wake: () => {
      if (isWoken || stopped) return;
      isWoken = true;
      if (running !== undefined) return;
      clearTimeout(timer);
      timer = setTimeout(loop, Math.max(0, endedMs + Math.min(everyMs, waitMs) - performance.now()));
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
