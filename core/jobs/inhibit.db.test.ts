import { and, eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { limitFact } from "#db/schema/limit-history.ts";
import { usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { detect, detectInHistory } from "../detection/detect.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const log = logger("test");
const at = (ms: number) => new Date(testNow.getTime() + ms);
const wholeHour = (ms: number) => new Date(Math.floor(at(ms).getTime() / hour) * hour);

let test: TestDatabase;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${at(-30 * day)}, ${at(10 * day)})`);
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

const flagsOf = async (accountId: string) => {
  const rows = await test.db
    .select({ detector: flag.detector, held: flag.heldReason, caseId: flag.caseId })
    .from(flag)
    .where(eq(flag.accountId, accountId));
  return rows.sort((a, b) => (a.detector < b.detector ? -1 : 1));
};
const names = async (accountId: string) => (await flagsOf(accountId)).map((one) => one.detector);

async function client(name: string) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
  return { accountId, tokenId };
}
type Client = Awaited<ReturnType<typeof client>>;
const row = ({ accountId, tokenId }: Client, outcome: string, requests: number) => ({
  ...{ accountId, tokenId, endpointId: 1, surface: "http", outcome, requests, spent: 0 },
});

/** Nine quiet days and two loud hours. */
async function spikes(who: Client) {
  const hours = Array.from({ length: 9 * 24 + 1 }, (_, ago) => ({
    ...row(who, "allowed", ago <= 2 ? 2_000 : 40),
    at: wholeHour(-ago * hour),
  }));
  await test.db.insert(usageHour).values(hours);
}
/** Called with a token that is dead, and far over its limit. */
async function excess(who: Client, ms = -minute) {
  const start = new Date(Math.floor(at(ms).getTime() / minute) * minute);
  for (const [outcome, requests] of [
    ["allowed", 200],
    ["rate_limited", 300],
    ["token_expired", 150],
  ] as const)
    await test.db.insert(usageMinute).values({ ...row(who, outcome, requests), at: start });
}
const leaked = (who: Client) =>
  recordSignals(jobCtx(test.db, "Leaks", testNow), {
    accountId: who.accountId,
    signals: [
      {
        ...{ detector: "token_leak", detectorVersion: 1, scope: "token", scopeId: who.tokenId, severity: 3 },
        ...{ magnitude: 1, summary: "Found in public.", evidence: {} },
      },
    ],
  });

describe("a leaked token", () => {
  it("silences the spike and the dead calls that it explains, and nothing else", async () => {
    const who = await client("Leaked");
    await leaked(who);
    await spikes(who);
    await excess(who);
    await detect(test.db, testNow, log);
    await detectInHistory(test.db, testNow, log);
    expect(await names(who.accountId)).toEqual(["rate_excess", "token_leak"]);
    const other = await client("Not Leaked");
    await spikes(other);
    await excess(other);
    await detect(test.db, testNow, log);
    await detectInHistory(test.db, testNow, log);
    expect(await names(other.accountId)).toEqual(["dead_token_use", "rate_excess", "spike"]);
  });
});

describe("a suspension in force", () => {
  it("silences the rates that it answers, but not what is wrong besides", async () => {
    const who = await client("Suspended");
    await imposeAction(lead, {
      ...{ accountId: who.accountId, type: "suspension", durationHours: 24, reasonCode: "rate_excess" },
      ...{ publicText: "Your client ignores its limit.", internalNote: "chart" },
    });
    await spikes(who);
    await excess(who);
    await detect(test.db, testNow, log);
    await detectInHistory(test.db, testNow, log);
    expect(await names(who.accountId)).toEqual(["dead_token_use"]);
  });
});

describe("a limit that was changed just before", () => {
  it("holds flags of volume out of the queue and says so, for a quarter of an hour, and no others", async () => {
    const [set] = await test.db
      .select({ endpointId: limitFact.endpointId, value: limitFact.value })
      .from(limitFact)
      .where(and(eq(limitFact.kind, "endpoint_rate"), isNull(limitFact.accountId)))
      .limit(1);
    if (!set) throw new Error("The sample provider records no limits.");
    await test.db.insert(limitFact).values({ ...set, kind: "endpoint_rate", fromAt: at(hour - 5 * minute) });
    const soon = await client("Soon After");
    await excess(soon, hour - minute);
    await detect(test.db, at(hour), log);
    expect(await flagsOf(soon.accountId)).toMatchObject([
      { detector: "dead_token_use", held: null, caseId: expect.any(String) },
      { detector: "rate_excess", held: expect.stringContaining("A limit was changed at"), caseId: null },
    ]);
    const later = await client("Later");
    await excess(later, hour + 15 * minute);
    await detect(test.db, at(hour + 16 * minute), log);
    expect((await flagsOf(later.accountId)).map((one) => one.held)).toEqual([null, null]);
  });
});
