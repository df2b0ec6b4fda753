import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { usageHour } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { accountWith, onTestDay, probingSignal, testNow } from "../testing.ts";
import { isItUs } from "./is-it-us.ts";
import { recordSignals } from "./record-signals.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
});
afterAll(() => test.close());

it("more than one in twenty active accounts flagged together by a detector of volume may be us, one in twenty is not", async () => {
  const ctx = jobCtx(test.db, "Detectors", testNow);
  const flag = async (name: string) => {
    const { accountId } = await accountWith(test.db, name);
    const signal = { ...probingSignal(accountId), detector: "rate_excess" };
    await recordSignals(ctx, { accountId, signals: [signal, probingSignal(accountId)] });
  };
  const active = Array.from({ length: 120 }, () => ({
    ...{ accountId: crypto.randomUUID(), tokenId: crypto.randomUUID(), endpointId: 1, surface: "http" },
    ...{ outcome: "allowed", requests: 1, spent: 1, at: onTestDay("12:00:00") },
  }));
  await test.db.insert(usageHour).values(active);
  for (let i = 1; i <= 6; i += 1) await flag(`Flagged ${i}`);
  await test.db.execute(sql`update limit_fact set from_at = ${onTestDay("00:00:00", -9)}`);
  expect((await isItUs(ctx))("rate_excess")).toBeNull();
  await flag("Flagged 7");
  await test.db.execute(sql`update limit_fact set from_at = ${onTestDay("00:00:00", -9)}`);
  const why = await isItUs(ctx);
  expect(why("rate_excess")).toBe("7 of 120 active accounts were flagged together within 15 minutes.");
  expect(why("probing"), "probing is never our doing").toBeNull();
});
