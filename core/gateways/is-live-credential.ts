import { and, eq, isNull } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { gatewayCredential } from "#db/schema/gates.ts";
import { hashToken } from "../gate/state/hash-token.ts";

/** Whether a secret is a gateway credential that has not been revoked. Runs before there is an actor. */
export async function isLiveCredential(db: Queryable, secret: string): Promise<boolean> {
  const [found] = await db
    .select({ id: gatewayCredential.id })
    .from(gatewayCredential)
    .where(and(eq(gatewayCredential.hash, hashToken(secret)), isNull(gatewayCredential.revokedAt)));
  return found !== undefined;
}
