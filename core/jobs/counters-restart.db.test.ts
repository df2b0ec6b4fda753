import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { token } from "#db/schema/tokens.ts";
import { networkDay, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { detectInHistory } from "../detection/detect.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import type { Ctx } from "../frame/context.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx, testDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const at = (ms: number) => new Date(testNow.getTime() + ms);
const later = (ctx: Ctx, ms: number): Ctx => ({ ...ctx, now: at(ms) });

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${at(-30 * day)}, ${at(10 * day)})`);
});
afterAll(() => test.close());

type Counted = { outcome: string; requests: number; ms: number; spent?: number };

async function use(accountId: string, tokenId: string, { outcome, requests, ms, spent = 0 }: Counted) {
  const row = { accountId, tokenId, endpointId: 1, surface: "http", outcome, requests, spent };
  for (const [table, grain] of [
    [usageMinute, minute],
    [usageHour, hour],
    [usageDay, day],
  ] as const) {
    const start = new Date(Math.floor(at(ms).getTime() / grain) * grain);
    await test.db
      .insert(table)
      .values({ ...row, at: start })
      .onConflictDoUpdate({
        target: [table.accountId, table.at, table.tokenId, table.endpointId, table.surface, table.outcome],
        set: { requests: sql`${table.requests} + ${requests}`, spent: sql`${table.spent} + ${spent}` },
      });
  }
}

it("counts anew after a lift: the old offence is flagged no second time, a new one is", async () => {
  const { accountId, memberCtx } = await accountWith(test.db, "Lifted", "Hobby");
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
  await test.db
    .update(token)
    .set({ createdAt: at(-200 * day) })
    .where(eq(token.id, tokenId));
  // A quota spent in the morning and called on after it, by a token that had slept, from many networks, far above its usual hours.
  for (let ago = 9 * 24; ago > 3; ago -= 1)
    await test.db.insert(usageHour).values({
      ...{ accountId, tokenId, endpointId: 1, surface: "http", outcome: "allowed", requests: 20, spent: 0 },
      at: new Date(Math.floor(at(-ago * hour).getTime() / hour) * hour),
    });
  await use(accountId, tokenId, { outcome: "allowed", requests: 1_000, spent: 1_000, ms: -2 * hour });
  await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 400, ms: -2 * hour });
  await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 600, ms: -hour });
  await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 300, ms: -5 * minute });
  for (let ago = 2; ago < 12; ago += 1)
    await test.db.insert(networkDay).values({
      ...{
        accountId,
        day: at(-ago * day)
          .toISOString()
          .slice(0, 10),
        tokenId,
        network: "198.18.0.0/24",
        requests: 1,
      },
    });
  for (let i = 0; i < 15; i += 1)
    await test.db.insert(networkDay).values({
      ...{ accountId, day: testDay(), tokenId, network: `198.18.${i}.0/24`, requests: 1 },
    });
  const flags = async () => {
    const rows = await test.db.select({ detector: flag.detector }).from(flag).where(eq(flag.accountId, accountId));
    return rows.map((one) => one.detector).sort();
  };
  const log = logger("test");
  await detectInHistory(test.db, testNow, log);
  const offence = ["dormant_wakes", "quota_burn", "quota_overrun", "spike", "token_sharing"];
  expect(await flags()).toEqual(offence);

  const [raised] = await test.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.accountId, accountId));
  const lead = await staffCtx(test.db, "lead");
  const { actionId } = await imposeAction(lead, {
    accountId,
    caseId: raised?.caseId ?? "",
    type: "suspension",
    durationHours: 24,
    reasonCode: "quota_excess",
    publicText: "Your client goes on after its quota.",
    internalNote: "chart",
  });
  await liftAction(later(lead, minute), { actionId, reason: "They fixed it." });
  await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 20, ms: 3 * minute });
  await detectInHistory(test.db, at(5 * minute), log);
  expect(await flags()).toEqual(offence);

  await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 300, ms: 10 * minute });
  await detectInHistory(test.db, at(15 * minute), log);
  // That the token woke is no reason of the act: its flag is still the case's, and what comes is added to it.
  expect(await flags()).toEqual([...offence, "quota_overrun"].sort());
});
