import { sql } from "drizzle-orm";
import { testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { testGate } from "../gate/testing/testing-gate.ts";
import { installSampleProvider } from "../provider/install-sample-provider.ts";
import { apiClient } from "./testing.ts";

export type GateAndApi = Awaited<ReturnType<typeof openGateAndApi>>;

/** For tests only: the sample provider with a gate and the REST API on one database, at the real time, which the gate goes by. */
export async function openGateAndApi() {
  const test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
  await installSampleProvider(jobCtx(test.db, "test", new Date(Date.now() - 60_000)), {});
  const gate = await testGate(test.url);
  const close = async () => {
    await gate.remove();
    await test.close();
  };
  return { test, gate, call: apiClient(test.db, new Date()), close };
}
