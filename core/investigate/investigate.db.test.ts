import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { viewEvent } from "#db/schema/abuse.ts";
import { token } from "#db/schema/tokens.ts";
import { trafficNew, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { nilId } from "../rules/uuid.ts";
import { accountWith, onTestDay, staffCtx, testNow } from "../testing.ts";
import { foldTraffic } from "./fold-traffic.ts";
import { investigate } from "./investigate.ts";
import { listTopTraffic } from "./list-top-traffic.ts";
import { withinTime } from "./within-time.ts";

let test: TestDatabase;
let lee: Ctx;
let made: { accountId: string; tokenId: string }[];
beforeAll(async () => {
  test = await testDatabase();
  lee = await staffCtx(test.db, "support");
  await test.sql`select ensure_usage_partitions(${onTestDay("00:00:00", -3)}, ${testNow})`;
  await test.sql`select ensure_history_partitions(${onTestDay("00:00:00", -40)}, ${testNow})`;
  made = [];
  for (let i = 0; i < 5; i++) {
    const { accountId } = await accountWith(test.db, `Investigated ${i}`);
    const [row] = await test.db
      .insert(token)
      .values({ accountId, name: `token ${i}`, scopes: [] })
      .returning({ id: token.id });
    made.push({ accountId, tokenId: row?.id ?? "" });
    await send(i, "12:05:00", { requests: 10 * (i + 1) });
    await send(i, "12:05:00", { outcome: "rate_limited", requests: i + 1, client: "curl/8.5" });
  }
  // An account's yesterday, and a scan by nobody.
  await send(0, "09:00:00", { requests: 100, network: "198.51.100.0/24" }, -1);
  await send(1, "11:20:00", { requests: 7, endpointId: 2 });
  const nobody = { accountId: nilId, tokenId: nilId, outcome: "unknown_token", client: "", requests: 33 };
  await send(0, "12:06:00", { ...nobody, network: "203.0.113.0/24" });
  await foldTraffic(test.db);
  // What has not been added up yet is counted as well.
  await send(0, "12:10:00", { requests: 1 });
});
afterAll(() => test.close());

type Sent = Partial<typeof trafficNew.$inferInsert> & { requests: number };

/** As the import writes it: three grains of usage, and the traffic. */
async function send(of: number, time: string, change: Sent, daysAfter = 0): Promise<void> {
  const {
    network = "192.0.2.0/24",
    client = "python-requests/2.31",
    ...count
  } = {
    ...{ ...made[of], endpointId: 1, surface: "http", outcome: "allowed", ...change },
  } as Required<Omit<Sent, "at">>;
  const at = onTestDay(time, daysAfter);
  const cut = (unit: string) => sql`date_trunc(${unit}, ${at}::timestamptz, 'UTC')`;
  for (const [table, unit] of [
    [usageMinute, "minute"],
    [usageHour, "hour"],
    [usageDay, "day"],
  ] as const) {
    await test.db
      .insert(table)
      .values({ ...count, at: cut(unit), spent: 0 })
      .onConflictDoUpdate({
        target: [table.accountId, table.at, table.tokenId, table.endpointId, table.surface, table.outcome],
        set: { requests: sql`${table.requests} + excluded.requests` },
      });
  }
  await test.db.insert(trafficNew).values({ ...count, network, client, at: cut("hour") });
}

type Found = Awaited<ReturnType<typeof investigate>>;
const lines = (found: Found, by: keyof Found["tops"]) =>
  found.tops[by].map((row) => `${row.name ?? row.key} ${row.requests} ${row.refused} ${row.accounts}`);

describe("investigate", () => {
  it("counts everything the gate has recorded over all accounts, by time and by each dimension", async () => {
    const found = await investigate(lee, { hours: 2 });
    expect(found).toMatchObject({ requests: 206, refused: 48, window: { grain: "minute" } });
    expect(lines(found, "account").slice(0, 2)).toEqual(["Investigated 4 55 5 1", "Investigated 3 44 4 1"]);
    expect(lines(found, "outcome")).toEqual(["allowed 158 0 5", "unknown_token 33 33 0", "rate_limited 15 15 5"]);
    expect(found.tops.token[0]).toMatchObject({ name: "token 4", accountName: "Investigated 4" });
    expect(found.steps).toContainEqual({
      atMs: onTestDay("12:05:00").getTime(),
      outcome: "rate_limited",
      requests: 15,
    });
  });

  it("says which networks hit five customers today, exactly", async () => {
    const found = await investigate(lee, { from: onTestDay("00:00:00"), order: "accounts" });
    expect(lines(found, "network")).toEqual(["192.0.2.0/24 173 15 5", "203.0.113.0/24 33 33 0"]);
  });

  it("says which networks hit three accounts between two hours, and which client sent the refused calls", async () => {
    const accountIds = made.slice(0, 3).map((one) => one.accountId);
    const between = { accountIds, from: onTestDay("12:00:00"), until: onTestDay("13:00:00") };
    expect(lines(await investigate(lee, between), "network")).toEqual(["192.0.2.0/24 67 6 3"]);
    const refused = await investigate(lee, { ...between, outcome: "refused" });
    expect(lines(refused, "client")).toEqual(["curl/8.5 6 6 3"]);
    expect(refused).toMatchObject({ requests: 6, refused: 6 });
  });

  it("narrows by each dimension, also several together", async () => {
    const of = async (change: Parameters<typeof investigate>[1]) =>
      (await investigate(lee, { hours: 2, ...change })).requests;
    expect(await of({ tokenId: made[1]?.tokenId })).toBe(29);
    expect(await of({ endpointId: 2 })).toBe(7);
    expect(await of({ surface: "smtp" })).toBe(0);
    expect(await of({ network: "203.0.113.99" })).toBe(33);
    // Narrower than what is counted apart: the network it lies in, as for an address.
    expect(await of({ network: "203.0.113.96/28" })).toBe(33);
    expect(await of({ network: "::ffff:203.0.113.0/120" })).toBe(33);
    expect(await of({ network: "192.0.0.0/16", outcome: "rate_limited" })).toBe(15);
    expect(await of({ client: "curl" })).toBe(15);
    expect(await of({ client: "curl", tokenId: made[1]?.tokenId, network: "192.0.2.1" })).toBe(2);
    expect(await of({ accountIds: [nilId] })).toBe(33);
  });

  it("reads longer times by the hour and day, to the same numbers", async () => {
    expect(await investigate(lee, { hours: 48 })).toMatchObject({ requests: 306, window: { grain: "hour" } });
    const some = await investigate(lee, { hours: 720 });
    expect(some).toMatchObject({ requests: 306, without: ["token", "network", "client"], tops: { network: [] } });
    const month = await investigate(lee, { hours: 720, isWhole: true });
    expect(month).toMatchObject({ requests: 306, window: { grain: "day" }, networkWindow: { grain: "day" } });
    expect(lines(month, "network")[1]).toBe("198.51.100.0/24 100 0 1");
  });

  it("lists one dimension for export, and refuses what cannot be a view", async () => {
    const listed = await listTopTraffic(lee, { by: "network", hours: 2, limit: 1 });
    expect(listed.rows).toMatchObject([{ key: "192.0.2.0/24", requests: 173 }]);
    await expect(investigate(lee, { network: "nowhere" })).rejects.toMatchObject({ code: "invalid" });
    await expect(investigate(lee, { from: testNow })).rejects.toMatchObject({ fields: { from: expect.any(String) } });
    await expect(investigate(lee, { from: onTestDay("00:00:00", -200) })).rejects.toMatchObject({ code: "invalid" });
  });

  it("counts as a look at each account that it is narrowed to", async () => {
    const accountId = made[4]?.accountId ?? "";
    await investigate(lee, { accountIds: [accountId] });
    const views = await test.db.select({ accountId: viewEvent.accountId, what: viewEvent.what }).from(viewEvent);
    expect(views).toContainEqual({ accountId, what: "account" });
  });

  it("answers with a sentence when a view takes too long", async () => {
    const slow = withinTime(lee, sql`select pg_sleep(5)`, 50);
    await expect(slow).rejects.toMatchObject({ code: "unavailable", message: expect.stringContaining("shorter time") });
  });
});
