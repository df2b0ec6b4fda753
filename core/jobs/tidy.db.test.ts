import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { leakReport } from "#db/schema/api.ts";
import { networkDay, trafficDay, trafficHour, unknownAttempt } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { testDay, testNow } from "../testing.ts";
import { tidy } from "./tidy.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const daysAgo = (days: number) => new Date(testNow.getTime() - days * 86_400_000);

describe("tidy", () => {
  it("removes attempts with unknown tokens after a day, however many there are, and leaves the younger", async () => {
    await test.sql`insert into unknown_attempt (at, network, code, requests)
      select ${daysAgo(1)}::timestamptz - n * interval '1 minute', '192.0.2.0/24', 'unknown_token', 1
      from generate_series(0, 25000) n`;
    await tidy(test.db, testNow);
    expect(await test.db.select({ at: unknownAttempt.at }).from(unknownAttempt)).toEqual([{ at: daysAgo(1) }]);
  });

  it("keeps networks and clients by the hour for 14 days, and by the day for 90", async () => {
    await test.sql`select ensure_usage_partitions(${daysAgo(16)}, ${testNow})`;
    const count = { accountId: crypto.randomUUID(), tokenId: crypto.randomUUID(), endpointId: 1, surface: "http" };
    const seen = { ...count, outcome: "allowed", network: "192.0.2.0/24", client: "curl/8", requests: 1 };
    await test.db.insert(trafficHour).values([16, 13, 0].map((days) => ({ ...seen, at: daysAgo(days) })));
    await test.db.insert(trafficDay).values([91, 89, 0].map((days) => ({ ...seen, at: daysAgo(days) })));
    await tidy(test.db, testNow);
    expect(await test.db.$count(trafficHour)).toBe(2);
    expect(await test.db.$count(trafficDay)).toBe(2);
  });

  it("keeps for 90 days the networks of tokens and what was reported as leaked", async () => {
    const use = { accountId: crypto.randomUUID(), tokenId: crypto.randomUUID(), network: "192.0.2.0/24", requests: 1 };
    await test.db.insert(networkDay).values([-91, -90, 0].map((after) => ({ ...use, day: testDay(after) })));
    const report = { reporter: "form", outcome: "unknown" as const };
    await test.db
      .insert(leakReport)
      .values([91, 90, 0].map((days) => ({ ...report, hash: Buffer.from([days]), createdAt: daysAgo(days) })));
    await tidy(test.db, testNow);
    const days = await test.db.select({ day: networkDay.day }).from(networkDay).orderBy(networkDay.day);
    expect(days).toEqual([{ day: testDay(-90) }, { day: testDay() }]);
    const reports = await test.db.select({ at: leakReport.createdAt }).from(leakReport).orderBy(leakReport.createdAt);
    expect(reports).toEqual([{ at: daysAgo(90) }, { at: testNow }]);
  });
});
