import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { systemClock } from "../state/clock.ts";
import { seedAccount, seedEndpoint, seedPlan, seedToken } from "../testing/testing.ts";
import { eventually, send, testGate } from "../testing/testing-gate.ts";

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await testDatabase();
  dataDir = mkdtempSync(join(tmpdir(), "gatehouse-stalled-"));
  await seedEndpoint(database.sql, { name: "any", path: "/**" });
});
afterAll(async () => {
  rmSync(dataDir, { recursive: true });
  await database.close();
});

/** An importer that hears its orders and never counts. */
const hung = new URL(
  `data:text/javascript,${encodeURIComponent(
    'import { parentPort } from "node:worker_threads"; parentPort.on("message", ({ kind }) => kind === "stop" && process.exit());',
  )}`,
);

it("a gate whose decisions are not counted goes on deciding, and says so: metrics and desk after two minutes, readiness after ten", async () => {
  const account = await seedAccount(database.sql, await seedPlan(database.sql, null));
  const { secret } = await seedToken(database.sql, account);
  const clock = systemClock();
  let aheadMs = 0;
  const gate = await testGate(database.url, {
    dataDir,
    importerScript: hung,
    clock: () => ({ wallMs: clock().wallMs + aheadMs, steadyMs: clock().steadyMs + aheadMs }),
  });
  const call = async () => (await gate.verify({ token: secret, endpoint: "any" })).code;
  const ready = () => send(`${gate.url}/readyz`);
  const stalled = async () =>
    /^gatehouse_gate_import_stalled (\d)/m.exec((await send(`${gate.url}/metrics`)).text)?.[1];
  const afterMinutes = async (minutes: number) => {
    const beats = async () => String((await database.sql`select last_seen_at from gate`)[0]?.last_seen_at);
    aheadMs = minutes * 60_000;
    // The second heartbeat from now tells what the first one found.
    for (let n = 0, seen = await beats(); n < 2; n += 1, seen = await beats())
      await eventually("it says that it lives", async () => (await beats()) !== seen);
    await eventually("it decides", async () => gate.gate.isReady);
  };

  expect(await call()).toBe("allowed");
  await afterMinutes(1);
  expect([(await ready()).status, await stalled()]).toEqual([200, "0"]);
  await afterMinutes(3);
  expect([(await ready()).status, await stalled()]).toEqual([200, "1"]);
  const [row] = await database.sql`select uncounted_since from gate`;
  expect(row?.uncounted_since.getTime()).toBeLessThan(Date.now() + aheadMs - 2 * 60_000);
  await afterMinutes(11);
  expect(await ready()).toMatchObject({ status: 503, text: expect.stringContaining("decisions wait to be counted") });
  expect(await call()).toBe("allowed");

  await gate.stop();
  const again = await testGate(database.url, { dataDir });
  await again.stop();
  const [sum] = await database.sql`select sum(requests)::int as requests from usage_day where account_id = ${account}`;
  expect(sum?.requests).toBe(2);
}, 60_000);
