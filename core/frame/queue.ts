import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import PgBoss from "pg-boss";
import type { Queryable } from "#db/client.ts";
import { type QueueData, type QueueName, queues } from "#db/queues.ts";
import type { Logger } from "../runtime/log.ts";
import { DueQueues } from "./due-queues.ts";

export type QueuedJob<Name extends QueueName> = {
  id: string;
  data: QueueData[Name];
  /** True when nothing follows a failure of this try. */
  isLastTry: boolean;
};

export type QueueHandlers = { [Name in QueueName]: (job: QueuedJob<Name>, now: Date) => Promise<void> };

/** Only writes SQL into transactions it is given; never started, so it opens no connection. */
const writer = new PgBoss({ db: { executeSql: () => Promise.reject(new Error("enqueue() needs a transaction.")) } });

/** Puts a job into a queue inside the caller's transaction: it exists if and only if its cause was committed. */
export async function enqueue<Name extends QueueName>(
  db: Queryable,
  queue: Name,
  data: QueueData[Name],
  options: { startAfter?: Date } = {},
): Promise<void> {
  await writer.send(queue, data, { ...options, db: through(db) });
  await wakeWorkers(db);
}

/** The same for many jobs of one queue in one statement. */
export async function enqueueAll<Name extends QueueName>(
  db: Queryable,
  queue: Name,
  all: QueueData[Name][],
): Promise<void> {
  if (all.length === 0) return;
  const { retryLimit, retryDelay, retryBackoff, expireInSeconds } = queues[queue];
  const options = { retryLimit, retryDelay, retryBackoff, expireInSeconds };
  await writer.insert(
    all.map((data) => ({ name: queue, data, ...options })),
    { db: through(db) },
  );
  await wakeWorkers(db);
}

/** At commit, so that the job is there when the worker looks. */
async function wakeWorkers(db: Queryable): Promise<void> {
  await db.execute(sql`select pg_notify('gatehouse_work', 'queue')`);
}

function through(db: Queryable): PgBoss.Db {
  return { executeSql: async (text, values) => ({ rows: [...(await db.execute(bound(text, values)))] }) };
}

/** pg-boss writes `$1`; Drizzle numbers parameters itself. */
function bound(text: string, values: unknown[]): SQL {
  const parts = text.split(/\$(\d+)/);
  return sql.join(
    parts.map((part, index) => (index % 2 === 0 ? sql.raw(part) : sql`${values[Number(part) - 1] ?? null}`)),
  );
}

/** Messages under way at a time, and so connections to the mail server. */
export const mailsAtOnce = 4;

/**
 * Jobs of one queue at a time in one worker: a receiver that hangs holds one of these places, not the queue. Mail goes through one
 * server anyway, so that more at a time would only be more that a killed worker leaves sent and not written down.
 */
const concurrencies: Record<QueueName, number> = {
  "deliver-mail": mailsAtOnce,
  "mail-reset": 2,
  "mail-sign-in-link": 2,
  "mail-notice": 40,
  "deliver-webhook": 40,
  "build-export": 40,
};

export type QueueOptions = {
  /** Given how to have the queues looked at now: to be called when something was put into one. */
  onWake?: (wake: () => void) => void;
  /** What is due is asked for at least so often. */
  lookEveryMs?: number;
};

/**
 * Works the queues that have a handler until stopped, and waits for a database that is away. A handler that throws is tried again by its queue's
 * options; a job whose worker was killed is tried again when it expires. Returns how to stop: that waits up to five seconds
 * for what is under way.
 */
export function workQueues(
  url: string,
  log: Logger,
  handlers: Partial<QueueHandlers>,
  { onWake, lookEveryMs = 1_000 }: QueueOptions = {},
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const names = Object.keys(handlers) as QueueName[];
  const working = startBoss(url, log, signal).then(async (boss) => {
    const due = new DueQueues(boss, lookEveryMs, signal);
    onWake?.(due.look);
    const looking = due.keepLooking(log);
    await Promise.all(names.map((name) => workQueue(boss, name, log, handlers, due, signal)));
    await looking;
    await boss.stop({ graceful: false });
  });
  return async () => {
    stopping.abort();
    await Promise.race([working.catch(() => undefined), sleep(5_000, undefined, { ref: false })]);
  };
}

async function startBoss(url: string, log: Logger, signal: AbortSignal): Promise<PgBoss> {
  for (;;) {
    const boss = new PgBoss({
      connectionString: url,
      max: 4,
      application_name: "gatehouse-queue",
      schedule: false,
      maintenanceIntervalSeconds: 30,
    });
    boss.on("error", (error) => log.error({ err: error }, "The queue reports a problem; it goes on by itself"));
    try {
      await boss.start();
      // What a killed worker held comes back now if its time is over, and not only at the next round.
      await boss.maintain();
      return boss;
    } catch (error) {
      log.error({ err: error }, "The queue cannot start; it tries again in two seconds");
    }
    await sleep(2_000, undefined, { signal });
  }
}

async function workQueue<Name extends QueueName>(
  boss: PgBoss,
  name: Name,
  log: Logger,
  handlers: Partial<QueueHandlers>,
  due: DueQueues,
  stopping: AbortSignal,
): Promise<void> {
  const handler = handlers[name];
  if (!handler) return;
  const concurrency = concurrencies[name];
  const running = new Set<Promise<void>>();
  const work = async (job: PgBoss.JobWithMetadata<QueueData[Name]>): Promise<void> => {
    const { id, data, retryCount, retryLimit } = job;
    try {
      await handler({ id, data, isLastTry: retryCount >= retryLimit }, new Date());
      await boss.complete(name, id);
    } catch (error) {
      log.warn({ queue: name, job: id, try: retryCount + 1, err: error }, "A queued job failed");
      // If this cannot be written either, the job expires and is tried again.
      await boss.fail(name, id, { message: String(error) }).catch(() => undefined);
      // Its next try has a time now.
      due.look();
    }
  };
  let wasDue = false;
  while (!stopping.aborted) {
    const room = concurrency - running.size;
    const jobs = await boss.fetch<QueueData[Name]>(name, { batchSize: room, includeMetadata: true });
    for (const job of jobs) {
      const done = work(job).finally(() => running.delete(done));
      running.add(done);
    }
    // Another worker was faster.
    if (wasDue && jobs.length === 0) await sleep(1_000, undefined, { signal: stopping }).catch(() => undefined);
    wasDue = false;
    if (running.size === concurrency) await Promise.race(running);
    else if (jobs.length < room) {
      await due.wait(name);
      wasDue = true;
    }
  }
  await Promise.all(running);
}
