import { sql } from "drizzle-orm";
import { trafficNew, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { database } from "./sign-in.ts";

type Recorded = {
  accountId: string;
  tokenId: string;
  /** Minutes ago. */
  ago?: number;
  outcome?: string;
  network?: string;
  client?: string;
  requests: number;
};

/** Writes traffic as a gate's import does: three grains of usage, and the networks and clients. */
export async function recordTraffic({ ago = 1, network = "192.0.2.0/24", client = "curl/8.5", ...one }: Recorded) {
  const { db } = database();
  const at = new Date(Date.now() - ago * 60_000);
  const cut = (unit: string) => sql`date_trunc(${unit}, ${at}::timestamptz, 'UTC')`;
  await db.execute(sql`select ensure_usage_partitions(${at}, ${at})`);
  const count = { endpointId: 1, surface: "http", outcome: "allowed", ...one };
  for (const [table, unit] of [
    [usageMinute, "minute"],
    [usageHour, "hour"],
    [usageDay, "day"],
  ] as const)
    await db
      .insert(table)
      .values({ ...count, at: cut(unit), spent: 0 })
      .onConflictDoUpdate({
        target: [table.accountId, table.at, table.tokenId, table.endpointId, table.surface, table.outcome],
        set: { requests: sql`${table.requests} + excluded.requests` },
      });
  await db.insert(trafficNew).values({ ...count, network, client, at: cut("hour") });
}
