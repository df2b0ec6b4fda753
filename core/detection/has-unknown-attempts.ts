import { gte } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { unknownAttempt } from "#db/schema/usage.ts";
import { minuteMs } from "../rules/time.ts";

/** Whether tokens that name no account were tried in the last ten minutes: an account may come to be suspected of it by calls that are allowed. */
export async function hasUnknownAttempts(db: Database, now: Date): Promise<boolean> {
  const tried = await db
    .select({ at: unknownAttempt.at })
    .from(unknownAttempt)
    .where(gte(unknownAttempt.at, new Date(now.getTime() - 10 * minuteMs)))
    .limit(1);
  return tried.length > 0;
}
