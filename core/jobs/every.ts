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

/**
 * Runs a job, waits, runs it again: a slow run is never overlapped by the next. A lock in the database makes sure that of many
 * workers only one does it at a time; `locks` must not be the pool that `run` works with, or jobs that hold their locks leave no
 * connection to work on. A failure is logged and the next run comes as planned. `nudge` brings it forward.
 */
export function every(locks: OpenDatabase, log: Logger, name: string, everyMs: number, run: Job["run"]) {
  const job: Job = { name, everyMs, run, stats: { runs: 0, failures: 0, lastMs: 0, lastAt: null } };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const turn = async (): Promise<void> => {
    const startedAt = new Date();
    try {
      await locks.db.transaction(async (tx) => {
        const [lock] = await tx.execute<{ mine: boolean }>(
          sql`select pg_try_advisory_xact_lock(hashtext('gatehouse job'), hashtext(${name})) as mine`,
        );
        if (lock?.mine) await run(startedAt);
      });
      job.stats.runs += 1;
    } catch (error) {
      job.stats.failures += 1;
      log.error({ job: name, err: error }, "A job failed; it runs again as planned");
    }
    job.stats.lastAt = startedAt;
    job.stats.lastMs = Date.now() - startedAt.getTime();
  };
  const loop = (): void => {
    if (stopped) return;
    running = turn().finally(() => {
      running = undefined;
      if (stopped) return;
      const wait = again ? 0 : everyMs;
      again = false;
      timer = setTimeout(loop, wait);
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
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
