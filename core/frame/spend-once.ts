import { createHash } from "node:crypto";
import type { Queryable } from "#db/client.ts";
import { spentOnce } from "#db/schema/identity.ts";

/**
 * Uses up a one-time value; false = it was used before. `until` = when it is refused anyway, and need not be remembered. The worker
 * deletes older rows.
 */
export async function spendOnce(db: Queryable, kind: string, value: string, until: Date): Promise<boolean> {
  const hash = createHash("sha256").update(`${kind}\n${value}`).digest("hex");
  const spent = await db
    .insert(spentOnce)
    .values({ hash, until })
    .onConflictDoNothing()
    .returning({ hash: spentOnce.hash });
  return spent.length > 0;
}
