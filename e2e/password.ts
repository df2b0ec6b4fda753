import { eq } from "drizzle-orm";
import { hashPassword } from "#core/auth/password.ts";
import { user } from "#db/schema/auth.ts";
import { database } from "./sign-in.ts";

export const password = "correct horse battery";

/** The password of a person who was made without one. */
export async function givePassword(userId: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await database().db.update(user).set({ passwordHash }).where(eq(user.id, userId));
}
