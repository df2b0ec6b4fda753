import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { networkDay, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { Ctx } from "../frame/context.ts";
import { detectors } from "../rules/detectors/registry.ts";
import { accountWith, onTestDay, staffCtx, testNow } from "../testing.ts";
import { previewDetector } from "./preview-detector.ts";
import { replayAccuracy } from "./replay-accuracy.ts";

let test: TestDatabase;
let reviewer: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${onTestDay("00:00:00", -40)}, ${testNow})`);
  reviewer = await staffCtx(test.db, "reviewer");
});
afterAll(() => test.close());

const adjustable = detectors.filter((one) => one.looksAt !== "reported");
const aToken = crypto.randomUUID();

async function use(accountId: string, at: Date, outcome: string, requests: number) {
  const row = {
    ...{ accountId, tokenId: aToken, endpointId: 0, surface: "http", outcome, requests },
    spent: outcome === "allowed" ? requests : 0,
  };
  const hour = new Date(Math.floor(at.getTime() / 3_600_000) * 3_600_000);
  const day = new Date(`${at.toISOString().slice(0, 10)}T00:00:00Z`);
  await test.db.insert(usageMinute).values({ ...row, at });
  for (const [table, start] of [
    [usageHour, hour],
    [usageDay, day],
  ] as const)
    await test.db
      .insert(table)
      .values({ ...row, at: start })
      .onConflictDoUpdate({
        target: [table.accountId, table.at, table.tokenId, table.endpointId, table.surface, table.outcome],
        set: { requests: sql`${table.requests} + ${requests}`, spent: sql`${table.spent} + ${row.spent}` },
      });
}

const namesOf = (accounts: readonly { accountName: string }[]) => accounts.map((one) => one.accountName).sort();

describe("a preview of a detector", () => {
  it("says who would have been flagged with either setting, and what staff decided of them", async () => {
    const loud = await accountWith(test.db, "Loud Dead");
    const quiet = await accountWith(test.db, "Quiet Dead");
    await use(loud.accountId, onTestDay("07:30:00", -3), "token_expired", 120);
    await use(quiet.accountId, onTestDay("07:30:00", -2), "token_expired", 60);
    const old = await accountWith(test.db, "Long Ago");
    await use(old.accountId, onTestDay("07:30:00", -9), "token_expired", 900);
    const decided = { detector: "dead_token_use", detectorVersion: 1, scope: "token" as const, scopeId: aToken };
    const of = {
      severity: 1,
      summary: "s",
      evidence: {},
      firstSeenAt: testNow,
      lastSeenAt: testNow,
      decidedAt: testNow,
    };
    await test.db.insert(flag).values([
      { ...decided, ...of, accountId: loud.accountId, state: "confirmed" },
      { ...decided, ...of, accountId: quiet.accountId, state: "dismissed", dismissReason: "not_abuse" },
    ]);
    const preview = await previewDetector(reviewer, {
      detector: "dead_token_use",
      keys: ["requestsPerHour"],
      values: [50],
    });
    expect(preview).toMatchObject({ accuracy: "at_least", candidates: 2, looked: 2, inForce: 1, proposed: 2 });
    expect(preview.accounts).toEqual([
      expect.objectContaining({ accountName: "Quiet Dead", inForce: false, proposed: true, verdict: "cleared" }),
      expect.objectContaining({ accountName: "Loud Dead", inForce: true, proposed: true, verdict: "confirmed" }),
    ]);
    const stricter = await previewDetector(reviewer, {
      detector: "dead_token_use",
      keys: ["requestsPerHour"],
      values: [500],
    });
    expect(stricter).toMatchObject({ inForce: 1, proposed: 0 });
  });

  it("finds what lies across two hours, and nothing that another hour adds to it", async () => {
    const { accountId } = await accountWith(test.db, "Across");
    for (const time of ["05:50:00", "06:10:00"]) await use(accountId, onTestDay(time, -1), "token_expired", 70);
    const apart = await accountWith(test.db, "Apart");
    for (const time of ["03:01:00", "04:58:00"]) await use(apart.accountId, onTestDay(time, -1), "token_expired", 70);
    const { accounts } = await previewDetector(reviewer, { detector: "dead_token_use" });
    expect(namesOf(accounts)).toContain("Across");
    expect(namesOf(accounts)).not.toContain("Apart");
  });

  it("judges each day of a quota, of networks and of a new account by itself", async () => {
    const { accountId } = await accountWith(test.db, "Over Quota");
    const [planQuota] = await test.db.execute<{ quota: number }>(
      sql`select p.quota_per_day as quota from account a join plan p on p.id = a.plan_id where a.id = ${accountId}`,
    );
    const quota = Number(planQuota?.quota);
    await use(accountId, onTestDay("08:00:00", -4), "allowed", quota);
    await use(accountId, onTestDay("08:01:00", -4), "quota_exceeded", Math.ceil(0.3 * quota) + 100);
    const overrun = await previewDetector(reviewer, { detector: "quota_overrun" });
    expect(overrun).toMatchObject({ accuracy: "about", inForce: 1, proposed: 1 });
    expect(namesOf(overrun.accounts)).toEqual(["Over Quota"]);
    expect(
      await previewDetector(reviewer, { detector: "quota_overrun", keys: ["shareOfQuota"], values: [5] }),
    ).toMatchObject({ inForce: 1, proposed: 0 });

    const shared = await accountWith(test.db, "Shared Token");
    const day = (ago: number) => onTestDay("00:00:00", -ago).toISOString().slice(0, 10);
    const net = (ago: number, count: number) =>
      Array.from({ length: count }, (_, i) => ({
        ...{ accountId: shared.accountId, tokenId: aToken, day: day(ago), network: `10.${ago}.${i}.0/24` },
        requests: count > 5 ? 50 : 2,
      }));
    for (let ago = 4; ago <= 16; ago += 1) await test.db.insert(networkDay).values(net(ago, 2));
    await test.db.insert(networkDay).values(net(3, 30));
    expect(await previewDetector(reviewer, { detector: "token_sharing" })).toMatchObject({ inForce: 1, proposed: 1 });
    expect(
      await previewDetector(reviewer, {
        detector: "token_sharing",
        keys: ["networks", "networksQuiet"],
        values: [40, 40],
      }),
    ).toMatchObject({ inForce: 1, proposed: 0 });
  });

  it("says of a spike what the hours of four weeks say", async () => {
    const { accountId } = await accountWith(test.db, "Spiky");
    await test.db
      .update(account)
      .set({ createdAt: onTestDay("00:00:00", -40) })
      .where(eq(account.id, accountId));
    for (let ago = 30; ago >= 3; ago -= 1)
      for (const time of ["08:00:00", "09:00:00", "10:00:00"]) {
        const isLoud = ago === 3 && time !== "08:00:00";
        await use(accountId, onTestDay(time, -ago), "allowed", isLoud ? 5_000 : 100);
      }
    const preview = await previewDetector(reviewer, {
      detector: "spike",
      keys: ["timesMedian", "timesMedianSevere"],
      values: [900, 900],
    });
    expect(preview).toMatchObject({ accuracy: "about", inForce: 1, proposed: 0 });
    expect(namesOf(preview.accounts)).toEqual(["Spiky"]);
  });

  it.each(adjustable.map((one) => [one.id, one] as const))(
    "of %s with what it was shipped with changes nothing",
    async (id, one) => {
      const keys = Object.keys(one.defaults);
      const preview = await previewDetector(reviewer, { detector: id, keys, values: Object.values(one.defaults) });
      expect(preview.inForce).toBe(preview.proposed);
      expect(preview.accuracy).toBe(replayAccuracy[id]);
      expect(preview.rule).toMatch(/^Flags .*\d.*\.$/);
    },
  );

  it("cannot tell of what is not kept, and says so instead of none", async () => {
    expect(await previewDetector(reviewer, { detector: "credential_attack" })).toMatchObject({ accuracy: "untold" });
  });

  it("refuses what has nothing to set, and thresholds out of their bounds", async () => {
    const ask = (detector: string, keys: string[], values: number[]) =>
      previewDetector(reviewer, { detector, keys, values });
    await expect(ask("report", [], [])).rejects.toMatchObject({ code: "invalid" });
    await expect(ask("rate_excess", ["shareShort"], [1.5])).rejects.toMatchObject({
      fields: { values: "“Refused within 10 minutes” must be a number from 0.0001 to 1." },
    });
    await expect(ask("bounce_rate", ["act"], [10])).rejects.toMatchObject({ code: "invalid" });
    await expect(ask("quota_burn", ["beforeHour"], [25])).rejects.toMatchObject({ code: "invalid" });
  });
});
