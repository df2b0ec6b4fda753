import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { refusal, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { inSnapshot } from "../frame/in-snapshot.ts";
import { accountWith, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { readDiagnosis } from "../usage/read-diagnosis.ts";
import { readWindow } from "./read-window.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
});
afterAll(() => test.close());

it("one judgement reads one moment: counts and single refusals agree while the import goes on", async () => {
  const { accountId, memberCtx } = await accountWith(test.db, "Busy");
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
  const ctx = jobCtx(test.db, "Detectors", testNow);
  const minute = new Date(Math.floor(testNow.getTime() / 60_000) * 60_000 - 60_000);
  const by = { accountId, tokenId, endpointId: 0, surface: "http" };
  const counted = { ...by, outcome: "unknown_endpoint", requests: 1, spent: 0 };
  let written = 0;
  let isOver = false;
  const importing = (async () => {
    while (!isOver) {
      written++;
      await test.db.transaction(async (tx) => {
        for (const [table, at] of [
          [usageMinute, minute],
          [usageHour, new Date(Math.floor(minute.getTime() / 3_600_000) * 3_600_000)],
        ] as const)
          await tx
            .insert(table)
            .values({ ...counted, at })
            .onConflictDoUpdate({
              target: [table.accountId, table.at, table.tokenId, table.endpointId, table.surface, table.outcome],
              set: { requests: sql`${table.requests} + 1` },
            });
        await tx.insert(refusal).values({
          ...{ ...by, at: new Date(minute.getTime() + written), code: "unknown_endpoint", gateId: "g" },
          ...{ receipt: `rcp_${written}`, method: "GET", path: "/wrong" },
        });
      });
    }
  })();
  for (let i = 0; i < 60; i++) {
    const { minutes, refusedPaths } = await readWindow(ctx, accountId);
    expect(refusedPaths.length).toBe(minutes[0]?.requests ?? 0);
    const both = await inSnapshot(ctx, async (inner) => {
      const told = await readDiagnosis(inner, accountId);
      const window = await readWindow(inner, accountId);
      return { told: told.find((one) => one.kind === "same_request_refused")?.requests ?? 0, window };
    });
    const kept = both.window.refusedPaths.length;
    expect(both.told).toBe(kept < 20 ? 0 : kept);
  }
  isOver = true;
  await importing;
  expect(written).toBeGreaterThan(60);
});
