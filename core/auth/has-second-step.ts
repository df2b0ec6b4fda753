import { eq, isNotNull, or, type SQL } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { user } from "#db/schema/auth.ts";

/** Whether a person has something that counts as a second step. */
export async function hasSecondStep(db: Queryable, userId: string): Promise<boolean> {
  const [found] = await db.select({ has: secondStepExists() }).from(user).where(eq(user.id, userId));
  return found?.has ?? false;
}

/** The same as an expression over a row of `user`. */
export function secondStepExists(): SQL<boolean> {
  return or(isNotNull(user.totpSince)) as SQL<boolean>;
}
