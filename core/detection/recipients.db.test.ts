import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { outcome } from "#db/schema/gates.ts";
import { recipientHour, usageHour } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { changeEndpoint } from "../provider/change-endpoint.ts";
import { getLimits } from "../provider/get-limits.ts";
import { bounceRate } from "../rules/detectors/mail-quality.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { readHistory } from "./read-history.ts";

let test: TestDatabase;
const endpoints = new Map<string, number>();
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  // Comes with the sample provider.
  await accountWith(test.db, "First");
  const admin = await staffCtx(test.db, "admin");
  for (const one of (await getLimits(admin, {})).endpoints) endpoints.set(one.name, one.id);
});
afterAll(() => test.close());

const hour = new Date(Math.floor(testNow.getTime() / 3_600_000) * 3_600_000 - 3_600_000);

/** Calls of endpoints, recipients that calls told of, and bounces, all of one account in one hour. */
async function sender(
  name: string,
  {
    calls,
    told = [],
    bounces,
  }: {
    calls: [endpoint: string, requests: number][];
    told?: [string, calls: number, recipients: number][];
    bounces: number;
  },
) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "mailer" });
  const idOf = (endpoint: string) => endpoints.get(endpoint) ?? 0;
  for (const [endpoint, requests] of calls)
    await test.db.insert(usageHour).values({
      ...{ accountId, tokenId, endpointId: idOf(endpoint), at: hour, surface: "http", outcome: "allowed" },
      ...{ requests, spent: requests },
    });
  for (const [endpoint, count, recipients] of told)
    await test.db
      .insert(recipientHour)
      .values({ accountId, endpointId: idOf(endpoint), at: hour, calls: count, recipients });
  await test.db.insert(outcome).values(
    Array.from({ length: bounces }, (_, i) => ({
      ...{ reporterId: accountId, id: `b${i}`, accountId, tokenId, endpointId: 0, kind: "bounce" as const },
      ...{ at: hour, receivedAt: hour },
    })),
  );
  const history = await readHistory(jobCtx(test.db, "Detectors", testNow), accountId);
  const signals = bounceRate.looksAt === "history" ? bounceRate.evaluate(history, bounceRate.defaults) : [];
  return { recipients: history.reported.recipients, severity: signals[0]?.severity ?? 0 };
}

it("a bulk call that tells its recipients counts as so many, not as one", async () => {
  expect(
    await sender("Bulk", { calls: [["email.bulk", 217]], told: [["email.bulk", 217, 108_500]], bounces: 26 }),
  ).toEqual({ recipients: 108_500, severity: 0 });
});

it("a bulk call that tells none accuses nobody: how many it reached is not known", async () => {
  expect(await sender("Silent", { calls: [["email.bulk", 217]], bounces: 26 })).toEqual({ recipients: 0, severity: 0 });
});

it("calls that send nothing do not dilute the bounces of those that do", async () => {
  const calls: [string, number][] = [
    ["email.send", 2_000],
    ["activity.list", 100_000],
  ];
  expect(await sender("Spammer", { calls, bounces: 400 })).toEqual({ recipients: 2_000, severity: 3 });
});

it("a single call that tells its recipients is not counted by its endpoint as well", async () => {
  const told: [string, number, number][] = [["email.send", 100, 5_000]];
  expect((await sender("Both", { calls: [["email.send", 300]], told, bounces: 1 })).recipients).toBe(5_200);
});

it("an endpoint is marked as sending on the desk", async () => {
  const admin = await staffCtx(test.db, "admin");
  const found = (await getLimits(admin, {})).endpoints.find((one) => one.name === "email.bulk");
  if (!found) throw new Error("The sample provider has no email.bulk.");
  const { id, version, rateLimit, windowSeconds, cost, scope } = found;
  expect(found.recipientsPerCall).toBe(0);
  await changeEndpoint(admin, { endpointId: id, version, rateLimit, windowSeconds, cost, scope, recipientsPerCall: 2 });
  expect((await sender("Marked", { calls: [["email.bulk", 300]], bounces: 1 })).recipients).toBe(600);
});
