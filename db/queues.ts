import PgBoss from "pg-boss";

/**
 * The queues of the worker and what a job of each carries: ids only, the facts are read when it runs. A reset and a sign-in link have no id yet: whether
 * there is such a person is found out by its job, so that no answer and no time tells.
 */
export type QueueData = {
  "mail-reset": { email: string; ip: string | null };
  /** `next` is not there in a job of an older version. */
  "mail-sign-in-link": { email: string; ip: string | null; browserHash: string; next?: string | null };
  "deliver-mail": { mailId: string };
  "mail-notice": { noticeId: string };
  "deliver-webhook": { deliveryId: string };
  "build-export": { exportId: string };
};

export type QueueName = keyof QueueData;

type QueueOptions = {
  /** Tries after the first. */
  retryLimit: number;
  /** Before the first retry; doubles with each when `retryBackoff`. */
  retryDelay: number;
  retryBackoff: boolean;
  /** A job whose worker died is tried again after this long. */
  expireInSeconds: number;
};

export const queues: Record<QueueName, QueueOptions> = {
  // 30 s, 1 min, 2 min … about four hours in all: longer than a mail server's restart, shorter than a stale message.
  "deliver-mail": { retryLimit: 9, retryDelay: 30, retryBackoff: true, expireInSeconds: 120 },
  // Who waits for a link asks again after some minutes.
  "mail-reset": { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 60 },
  "mail-sign-in-link": { retryLimit: 5, retryDelay: 5, retryBackoff: true, expireInSeconds: 60 },
  // Only writes rows; it fails when the database does, and then it pays to go on trying.
  "mail-notice": { retryLimit: 20, retryDelay: 5, retryBackoff: true, expireInSeconds: 60 },
  // A failed delivery comes back by its own schedule; this is for a worker that died.
  "deliver-webhook": { retryLimit: 20, retryDelay: 5, retryBackoff: true, expireInSeconds: 60 },
  // Begins anew each time; what fails three times in a row will not go better.
  "build-export": { retryLimit: 2, retryDelay: 10, retryBackoff: true, expireInSeconds: 1_800 },
};

/** Makes the queue's tables (a schema of its own, `pgboss`) and every queue of this version; does nothing when they are there. */
export async function migrateQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  // Without a listener an error of an idle connection would end the process; what matters is thrown by the calls below.
  boss.on("error", () => undefined);
  await boss.start();
  try {
    for (const [name, options] of Object.entries(queues)) {
      await boss.createQueue(name, { name, ...options });
      await boss.updateQueue(name, { name, ...options });
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
