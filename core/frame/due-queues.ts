import { setTimeout as sleep } from "node:timers/promises";
import type PgBoss from "pg-boss";
import { z } from "zod";
import type { Logger } from "../runtime/log.ts";

const rowsSchema = z.array(z.object({ name: z.string(), wait_ms: z.coerce.number() }));

/** One question for all queues instead of one for each: which have a job that is due, and when the next one is. */
const question = `select name, greatest(0, extract(epoch from min(start_after) - now()) * 1000)::float8 as wait_ms
  from pgboss.job where state < 'active' group by name`;

/** Tells each queue when to fetch. It is asked when something was put into a queue, when the next job's time has come, and now and then. */
export class DueQueues {
  readonly #boss: PgBoss;
  readonly #everyMs: number;
  readonly #stopping: AbortSignal;
  readonly #waiting = new Map<string, () => void>();
  #isAsked = false;
  #rest = new AbortController();

  constructor(boss: PgBoss, everyMs: number, stopping: AbortSignal) {
    this.#boss = boss;
    this.#everyMs = everyMs;
    this.#stopping = stopping;
    stopping.addEventListener("abort", () => {
      this.look();
      for (const go of this.#waiting.values()) go();
    });
  }

  /** Looks now; if it is already looking, it looks again afterwards. */
  look = (): void => {
    this.#isAsked = true;
    this.#rest.abort();
  };

  /** Resolves when the queue has a job that is due, or everything stops. */
  async wait(name: string): Promise<void> {
    if (this.#stopping.aborted) return;
    const due = new Promise<void>((resolve) => this.#waiting.set(name, resolve));
    // Something may have come between its last fetch and now.
    this.look();
    await due;
    this.#waiting.delete(name);
  }

  async keepLooking(log: Logger): Promise<void> {
    while (!this.#stopping.aborted) {
      this.#isAsked = false;
      this.#rest = new AbortController();
      const restMs = await this.#lookOnce().catch((error: unknown) => {
        log.error({ err: error }, "The queues cannot be looked at; they are tried again in two seconds");
        return 2_000;
      });
      if (!this.#isAsked) await sleep(restMs, undefined, { signal: this.#rest.signal }).catch(() => undefined);
    }
  }

  /** Returns how long nothing else is due. */
  async #lookOnce(): Promise<number> {
    const { rows } = await this.#boss.getDb().executeSql(question, []);
    let restMs = this.#everyMs;
    for (const { name, wait_ms: waitMs } of rowsSchema.parse(rows)) {
      if (waitMs === 0) this.#waiting.get(name)?.();
      else restMs = Math.min(restMs, Math.ceil(waitMs));
    }
    return restMs;
  }
}
