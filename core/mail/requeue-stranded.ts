import { and, eq, lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { mail } from "#db/schema/mail.ts";
import { enqueueAll } from "../frame/queue.ts";

/** Longer than a message can be without its job: they are written in one transaction. */
const strandedAfterMs = 600_000;

/**
 * Gives a new job to every message that waits and has none any more: its worker was killed during the last of its tries, so nobody
 * could write down that it failed. Returns how many.
 */
export async function requeueStranded(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const stranded = await tx
      .select({ mailId: mail.id })
      .from(mail)
      .where(
        and(
          eq(mail.state, "waiting"),
          lt(mail.createdAt, new Date(now.getTime() - strandedAfterMs)),
          sql`not exists (select 1 from pgboss.job where name = 'deliver-mail' and state in ('created', 'retry', 'active')
            and data ->> 'mailId' = ${mail.id}::text)`,
        ),
      )
      .limit(1_000);
    await enqueueAll(tx, "deliver-mail", stranded);
    return stranded.length;
  });
}
