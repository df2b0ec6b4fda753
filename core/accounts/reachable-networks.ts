import { eq } from "drizzle-orm";
import type { Queryable } from "#db/client.ts";
import { account } from "#db/schema/accounts.ts";
import { type Networks, parseNetworks } from "../rules/networks.ts";
import { outboundNetworks } from "../runtime/env.ts";

/**
 * Private networks that calls for this account may reach; null = the provider. The operator's allowance is for the provider's own
 * addresses and for accounts that staff gave it to: it would open the network behind to every customer otherwise.
 */
export async function reachableNetworks(db: Queryable, accountId: string | null): Promise<Networks> {
  const allowed = parseNetworks(outboundNetworks());
  if (accountId === null || allowed.length === 0) return allowed;
  const [found] = await db
    .select({ reaches: account.reachesPrivateNetworks })
    .from(account)
    .where(eq(account.id, accountId));
  return found?.reaches ? allowed : [];
}
