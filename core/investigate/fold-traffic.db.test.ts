import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { trafficNew } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { testNow } from "../testing.ts";
import { foldTraffic, pairsKept } from "./fold-traffic.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

const hour = new Date(Math.floor(testNow.getTime() / 3_600_000) * 3_600_000);
const accountId = randomUUID();
const tokenId = randomUUID();
beforeEach(async () => {
  await test.sql`select ensure_usage_partitions(${hour}, ${hour})`;
  for (const table of ["traffic_new", "traffic_hour", "traffic_day"]) await test.sql`delete from ${test.sql(table)}`;
});

const seen = (change: Partial<typeof trafficNew.$inferInsert> = {}) => ({
  ...{ accountId, at: hour, tokenId, endpointId: 1, surface: "http", outcome: "allowed" },
  ...{ network: "192.0.2.0/24", client: "curl/8", requests: 1, ...change },
});
const sums = async (table: "traffic_hour" | "traffic_day") => {
  const [row] =
    await test.sql`select count(*)::int as rows, coalesce(sum(requests), 0)::int as requests from ${test.sql(table)}`;
  return row;
};

it("adds appended traffic to its hour and day once, however often it runs", async () => {
  const rows = [seen({ requests: 5 }), seen({ requests: 2 }), seen({ outcome: "rate_limited" })];
  await test.db.insert(trafficNew).values(rows);
  expect(await foldTraffic(test.db)).toBe(3);
  expect(await foldTraffic(test.db)).toBe(0);
  await test.db.insert(trafficNew).values(seen({ requests: 10 }));
  await foldTraffic(test.db);
  expect(await sums("traffic_hour")).toEqual({ rows: 2, requests: 18 });
  expect(await sums("traffic_day")).toEqual({ rows: 2, requests: 18 });
  expect(await test.db.$count(trafficNew)).toBe(0);
});

it("adds up traffic of a day that has no partition any more, as of a journal that was found late", async () => {
  const late = new Date(hour.getTime() - 20 * 86_400_000);
  const [before] =
    await test.sql`select to_regclass(${`traffic_hour_${late.toISOString().slice(0, 10).replaceAll("-", "_")}`}) as name`;
  expect(before?.name).toBeNull();
  await test.db.insert(trafficNew).values([seen({ at: late, requests: 3 }), seen({ requests: 4 })]);
  expect(await foldTraffic(test.db)).toBe(2);
  expect(await sums("traffic_hour")).toEqual({ rows: 2, requests: 7 });
});

it("keeps a bounded number of networks and clients per token and hour, and counts every call", async () => {
  const of = (i: number, requests: number) => seen({ network: `10.0.${i}.0/24`, client: `bot-${i}`, requests });
  const some = (from: number, to: number, requests: number) =>
    Array.from({ length: to - from }, (_, i) => of(from + i, requests));
  await test.db.insert(trafficNew).values(some(0, 40, 1));
  await foldTraffic(test.db);
  // Ten more have room, the busiest of them; those that are known stay known.
  await test.db.insert(trafficNew).values([...some(0, 40, 1), ...some(40, 50, 100), ...some(50, 100, 1)]);
  await foldTraffic(test.db);
  expect(await sums("traffic_hour")).toEqual({ rows: pairsKept + 1, requests: 40 + 40 + 1000 + 50 });
  const [others] = await test.sql`select network::text, requests::int from traffic_hour where client = '…'`;
  expect(others).toEqual({ network: "0.0.0.0/0", requests: 50 });
});
