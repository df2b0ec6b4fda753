import { eq, type SQL, sql } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { user } from "#db/schema/auth.ts";
import { passkey } from "#db/schema/identity.ts";

/** Whether a person has something that counts as a second step. */
export async function hasSecondStep(db: Queryable, userId: string): Promise<boolean> {
  const [found] = await db.select({ has: secondStepExists() }).from(user).where(eq(user.id, userId));
  return found?.has ?? false;
}

/** The same as an expression over a row of `user`, under that name. Spelled out: Drizzle leaves the table out where there is but one. */
export function secondStepExists(): SQL<boolean> {
  return sql<boolean>`("user"."totp_since" is not null or ${passkeyExists()})`;
}

/** Whether there is a passkey of that row's person. */
export function passkeyExists(): SQL<boolean> {
  return sql<boolean>`exists (select 1 from ${passkey} k where k.user_id = "user"."id")`;
}
