import { and, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag, shadowSignal } from "#db/schema/abuse.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import { networkDay, refusal, unknownAttempt, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { dismissFlag } from "../cases/dismiss-flag.ts";
import { listCases } from "../cases/list-cases.ts";
import { muteFlag } from "../cases/mute-flag.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { nilId } from "../rules/uuid.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, staffCtx, testDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { announceLoad } from "./announce-load.ts";
import { draftDetector, publishDetector } from "./change-detector.ts";
import { detect, detectInHistory } from "./detect.ts";
import { getSpreadGuessing } from "./get-spread-guessing.ts";
import { decideHeldFlags, listHeldFlags } from "./held-flags.ts";
import { listDetectors } from "./list-detectors.ts";
import { listTokenGuessing } from "./list-token-guessing.ts";
import { settleFlags } from "./settle-flags.ts";

const minute = 60_000;
const day = 86_400_000;
const log = logger("test");
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
let reviewer: Ctx;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${at(-30 * day)}, ${at(10 * day)})`);
  reviewer = await staffCtx(test.db, "reviewer");
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

type Counted = { outcome: string; requests: number; ms?: number; spent?: number };

/** Usage of the three grains, as the importer writes it. */
async function use(accountId: string, tokenId: string, { outcome, requests, ms = -minute, spent = 0 }: Counted) {
  const row = { accountId, tokenId, endpointId: 1, surface: "http", outcome, requests, spent };
  const start = (grain: number) => new Date(Math.floor(at(ms).getTime() / grain) * grain);
  await test.db.insert(usageMinute).values({ ...row, at: start(minute) });
  await test.db
    .insert(usageHour)
    .values({ ...row, at: start(60 * minute) })
    .onConflictDoNothing();
  await test.db
    .insert(usageDay)
    .values({ ...row, at: start(day) })
    .onConflictDoNothing();
}

async function excessive(name: string, ms = -minute) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = await memberCtx("owner");
  const { tokenId } = await createToken(owner, { name: "cron" });
  await use(accountId, tokenId, { outcome: "allowed", requests: 200, ms });
  await use(accountId, tokenId, { outcome: "rate_limited", requests: 300, ms });
  return { accountId, owner, tokenId };
}

const flagsOf = (accountId: string) =>
  test.db
    .select({ id: flag.id, detector: flag.detector, state: flag.state, severity: flag.severity, held: flag.heldReason })
    .from(flag)
    .where(eq(flag.accountId, accountId));

describe("detection", () => {
  it("stays silent for a muted key until the mute is over, and is never muted for ever", async () => {
    const { accountId } = await excessive("Muted");
    await detect(test.db, testNow, log);
    const [raised] = await flagsOf(accountId);
    expect(raised).toMatchObject({ detector: "rate_excess", state: "in_case" });
    const mute = { flagId: raised?.id ?? "", reason: "Their migration of this week." };
    await expect(muteFlag(reviewer, { ...mute, days: 8 })).rejects.toMatchObject({
      fields: { days: expect.any(String) },
    });
    await muteFlag(reviewer, { ...mute, days: 1 });
    await detect(test.db, testNow, log);
    expect(await flagsOf(accountId)).toHaveLength(1);
    const [cron] = await test.db
      .select({ tokenId: usageMinute.tokenId })
      .from(usageMinute)
      .where(eq(usageMinute.accountId, accountId))
      .limit(1);
    await use(accountId, cron?.tokenId ?? "", { outcome: "rate_limited", requests: 400, ms: day + 5 * minute });
    await detect(test.db, at(day + 6 * minute), log);
    expect((await flagsOf(accountId)).map((one) => one.state).sort()).toEqual(["in_case", "muted"]);
  });

  it("respects a load that was announced, for detectors of volume alone", async () => {
    const { accountId, owner } = await excessive("Announced");
    await announceLoad(
      { ...owner, now: at(-60 * minute) },
      { startsAt: at(-30 * minute), endsAt: at(30 * minute), reason: "Import" },
    );
    await detect(test.db, testNow, log);
    expect(await flagsOf(accountId)).toEqual([]);
  });

  /** Publishes another mode or other thresholds of the detector of excess, as two people do it. */
  async function publish(
    mode: "flags" | "shadow" | "off",
    keys: string[] = [],
    values: number[] = [],
  ): Promise<number> {
    const detector = "rate_excess";
    const { number } = await draftDetector(reviewer, { detector, mode, keys, values, note: "A test of it." });
    await publishDetector(lead, { detector, number });
    return number;
  }
  const kindsOf = async (accountId: string) => (await flagsOf(accountId)).map((one) => one.detector);
  const shadowOf = (accountId: string) =>
    test.db.select({ severity: shadowSignal.severity }).from(shadowSignal).where(eq(shadowSignal.accountId, accountId));

  it("in shadow counts and flags nothing", async () => {
    const { accountId } = await excessive("Shadow");
    await publish("shadow");
    await detect(test.db, testNow, log);
    expect(await flagsOf(accountId)).toEqual([]);
    expect(await shadowOf(accountId)).toEqual([{ severity: 2 }]);
    await publish("flags");
  });

  it("that is off neither counts nor flags", async () => {
    const { accountId } = await excessive("Off");
    await publish("off");
    await detect(test.db, testNow, log);
    expect([await flagsOf(accountId), await shadowOf(accountId)]).toEqual([[], []]);
    await publish("flags");
  });

  it("holds to a published threshold from the next run", async () => {
    const { accountId } = await excessive("Threshold");
    await publish("flags", ["minimumRefused"], [5_000]);
    await detect(test.db, testNow, log);
    expect(await kindsOf(accountId)).toEqual([]);
    await publish("flags");
    await detect(test.db, testNow, log);
    expect(await kindsOf(accountId)).toEqual(["rate_excess"]);
  });

  it("is published by somebody senior, and a draft once", async () => {
    const detector = "rate_excess";
    const note = "A test of it.";
    const { number } = await draftDetector(reviewer, { detector, mode: "flags", keys: [], values: [], note });
    await expect(publishDetector(reviewer, { detector, number })).rejects.toMatchObject({ code: "forbidden" });
    await publishDetector(lead, { detector, number });
    await expect(publishDetector(lead, { detector, number })).rejects.toMatchObject({ code: "conflict" });
  });

  it("has no threshold of another name", async () => {
    const given = { detector: "rate_excess", mode: "flags" as const, keys: ["nonsense"], values: [1], note: "no" };
    await expect(draftDetector(reviewer, given)).rejects.toMatchObject({ code: "invalid" });
  });

  // A share above 1 is never reached, and would switch the detector off.
  it.each([
    ["shareShort", 99_999, "Refused within 10 minutes", "0.0001 to 1"],
    ["shareShort", 0, "Refused within 10 minutes", "0.0001 to 1"],
    ["minimumRefused", -1, "Fewest refusals in 60 minutes", "1 to 1,000,000"],
  ] as const)("takes no %s of %s", async (key, value, label, range) => {
    const given = { detector: "rate_excess", mode: "flags" as const, keys: [key], values: [value], note: "try" };
    await expect(draftDetector(reviewer, given)).rejects.toMatchObject({
      fields: { values: `“${label}” must be a number from ${range}.` },
    });
  });

  it("that flags many accounts together is held and asks whether it is us, until somebody says", async () => {
    const many = await Promise.all(Array.from({ length: 8 }, (_, i) => excessive(`Together ${i}`)));
    // The first five open cases; from then on it looks like us.
    for (let turn = 0; turn < 2; turn += 1) await detect(test.db, at(turn * 2 * minute), log);
    const late = await excessive("Together late");
    await detect(test.db, at(5 * minute), log);
    const [held] = await flagsOf(late.accountId);
    expect(held).toMatchObject({ state: "open", held: expect.stringContaining("flagged together") });
    expect((await listHeldFlags(reviewer, {})).map((one) => one.accountName)).toContain("Together late");
    expect((await listCases(reviewer, { search: "Together late" })).total).toBe(0);
    await decideHeldFlags(reviewer, { detector: "rate_excess", isOurs: false });
    expect((await flagsOf(late.accountId))[0]?.state).toBe("in_case");
    expect(many).toHaveLength(8);
  });

  /** An account that has used an address today. */
  async function userOf(name: string, network: string, address: string) {
    const { accountId, memberCtx } = await accountWith(test.db, name);
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
    await test.db.insert(networkDay).values({ accountId, day: testDay(), tokenId, network, requests: 5 });
    await test.db.insert(tokenLastUse).values({ tokenId, at: at(-minute), ip: address, endpointId: 1 });
    return accountId;
  }
  const guess = (network: string, tokens: number) =>
    test.db.insert(unknownAttempt).values({
      ...{ at: at(-3 * minute), network, code: "unknown_token", requests: 40 },
      tokenBits: "1".repeat(tokens).padEnd(256, "0"),
    });
  const tried = (address: string) =>
    test.db.insert(refusal).values({
      ...{ accountId: nilId, tokenId: nilId, at: at(-3 * minute), endpointId: 0, surface: "http", gateId: "g" },
      ...{ receipt: `rcp_${address}`, code: "unknown_token", ip: address },
    });
  const chargesOf = async (accountId: string) =>
    test.db
      .select({ detector: flag.detector, scopeId: flag.scopeId, severity: flag.severity })
      .from(flag)
      .where(eq(flag.accountId, accountId));

  it("charges guessed tokens to the only user of their network, and not one token tried again and again", async () => {
    const alone = await userOf("Attacker", "198.51.100.0/24", "198.51.100.7");
    const wrongSetting = await userOf("Typo", "198.51.101.0/24", "198.51.101.7");
    await guess("198.51.100.0/24", 36);
    await guess("198.51.101.0/24", 1);
    await detect(test.db, testNow, log);
    expect(await chargesOf(alone)).toEqual([
      { detector: "credential_attack", scopeId: "198.51.100.0/24", severity: 1 },
    ]);
    expect(await chargesOf(wrongSetting)).toEqual([]);
  });

  it("charges nobody in a network that several use but the one whose own address it was, and lists the network", async () => {
    const network = "203.0.113.0/24";
    const innocent = await Promise.all(
      Array.from({ length: 12 }, (_, i) => userOf(`Neighbour ${i}`, network, `203.0.113.${i + 1}`)),
    );
    await guess(network, 36);
    await tried("203.0.113.200");
    await detect(test.db, testNow, log);
    for (const accountId of innocent) expect(await chargesOf(accountId)).toEqual([]);
    expect((await listTokenGuessing(reviewer, {})).find((one) => one.network === network)).toMatchObject({
      ...{ tokens: 36, attempts: 40, accounts: 12, isOver: false },
    });
    const guilty = await userOf("Guesser", network, "203.0.113.200");
    await detect(test.db, testNow, log);
    expect(await chargesOf(guilty)).toEqual([{ detector: "credential_attack", scopeId: "203.0.113.200", severity: 2 }]);
    for (const accountId of innocent) expect(await chargesOf(accountId)).toEqual([]);
  });

  it("sees guessing that is spread too thin for any network, and charges nobody with it", async () => {
    expect(await getSpreadGuessing(reviewer, {})).toBeNull();
    const thin = (of: number, tokens: number, third: number) =>
      Promise.all(Array.from({ length: of }, (_, i) => guess(`100.${third}.${i}.0/24`, tokens)));
    await thin(49, 10, 64);
    // Two tokens are a wrong setting, and twenty are listed by themselves.
    await thin(20, 2, 65);
    expect(await getSpreadGuessing(reviewer, {})).toBeNull();
    await thin(1, 10, 66);
    expect(await getSpreadGuessing(reviewer, {})).toMatchObject({ networks: 50 });
  });

  it("counts retries inside Retry-After by the second", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Impatient");
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
    await use(accountId, tokenId, { outcome: "allowed", requests: 5_000, ms: -2 * minute });
    await use(accountId, tokenId, { outcome: "rate_limited", requests: 300, ms: -2 * minute });
    await test.db.insert(refusal).values({
      receipt: "rcp_x",
      accountId,
      at: at(-2 * minute),
      tokenId,
      endpointId: 1,
      surface: "http",
      code: "rate_limited",
      gateId: "g",
      retryAfterSeconds: 40,
    });
    for (let second = 1; second <= 30; second += 1)
      await test.db.execute(sql`insert into usage_second (account_id, at, token_id, endpoint_id, allowed, refused)
        values (${accountId}, ${at(-2 * minute + second * 1_000)}, ${tokenId}, 1, 0, 10)`);
    await detect(test.db, testNow, log);
    expect((await flagsOf(accountId)).map((one) => one.detector)).toEqual(["retry_storm"]);
  });

  it("looks at days and weeks too: a spent quota, a crowd of networks, a token that wakes", async () => {
    const { accountId, memberCtx } = await accountWith(test.db, "Historic", "Hobby");
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
    await use(accountId, tokenId, { outcome: "allowed", requests: 1_000, spent: 1_000, ms: -4 * 60 * minute });
    await use(accountId, tokenId, { outcome: "quota_exceeded", requests: 400, ms: -3 * 60 * minute });
    await use(accountId, tokenId, { outcome: "allowed", requests: 1, ms: -minute });
    // Its first week has taught what is usual.
    for (let daysAgo = 2; daysAgo < 10; daysAgo += 1)
      await test.db.insert(networkDay).values({
        ...{ accountId, tokenId, network: "198.18.0.0/24", requests: 1 },
        day: at(-daysAgo * day)
          .toISOString()
          .slice(0, 10),
      });
    for (let i = 0; i < 15; i += 1)
      await test.db
        .insert(networkDay)
        .values({ accountId, day: testDay(), tokenId, network: `198.18.${i}.0/24`, requests: 1 });
    await detectInHistory(test.db, testNow, log);
    const found = (await flagsOf(accountId)).map((one) => one.detector).sort();
    expect(found).toEqual(["quota_burn", "quota_overrun", "token_sharing"]);
  });

  it.each([
    ["woke before it", { requests: 150, ms: -40 * minute }, { requests: 1, ms: -minute }],
    ["woke after it", { requests: 1, ms: -40 * minute }, { requests: 150, ms: -minute }],
  ])("sees soon after midnight a token that %s", async (name, before, after) => {
    const midnight = Math.floor(testNow.getTime() / day) * day + 20 * minute - testNow.getTime();
    const { accountId, memberCtx } = await accountWith(test.db, name);
    const { tokenId } = await createToken(await memberCtx("owner"), { name: "old" });
    await test.db
      .update(token)
      .set({ createdAt: at(-200 * day) })
      .where(eq(token.id, tokenId));
    for (const { requests, ms } of [before, after])
      await use(accountId, tokenId, { outcome: "allowed", requests, ms: midnight + ms });
    await detectInHistory(test.db, at(midnight), log);
    expect((await flagsOf(accountId)).map((one) => one.detector)).toEqual(["dormant_wakes"]);
  });
});

describe("a detector that is wrong too often", () => {
  it("goes back into shadow by itself, and is seen with its precision", async () => {
    const { accountId } = await accountWith(test.db, "Wrong");
    const made = await test.db
      .insert(flag)
      .values(
        Array.from({ length: 25 }, (_, i) => ({
          accountId,
          detector: "probing",
          detectorVersion: 1,
          scope: "token" as const,
          scopeId: `t${i}`,
          state: "in_case" as const,
          severity: 2,
          summary: "s",
          evidence: {},
          firstSeenAt: testNow,
          lastSeenAt: testNow,
        })),
      )
      .returning({ id: flag.id });
    const reasons = ["expected_load", "broken_client", "our_fault", "duplicate"] as const;
    for (const [place, { id }] of made.entries())
      await dismissFlag(reviewer, { flagId: id, reason: reasons[place % reasons.length] ?? "duplicate" });
    const found = async () => (await listDetectors(reviewer, {})).find((one) => one.id === "probing");
    await settleFlags(jobCtx(test.db, "Detectors", at(minute)), {});
    expect(await found(), "seen rightly, and nobody to blame").toMatchObject({
      ...{ mode: "flags", unsanctioned: 25, wrong: 0, isMeasured: false },
    });
    await test.db.update(flag).set({ dismissReason: "not_abuse" }).where(eq(flag.accountId, accountId));
    await settleFlags(jobCtx(test.db, "Detectors", at(minute)), {});
    const row = (await listDetectors(reviewer, {})).find((one) => one.id === "probing");
    expect(row).toMatchObject({ mode: "shadow", wrong: 25, number: 1 });
    expect(row?.precision).toBeCloseTo(1 / 27);
    await settleFlags(jobCtx(test.db, "Detectors", at(2 * minute)), {});
    expect((await listDetectors(reviewer, {})).find((one) => one.id === "probing")?.number).toBe(1);
  });
});

it("keeps flags that were held apart from those of a case", async () => {
  const open = await test.db
    .select({ id: flag.id })
    .from(flag)
    .where(and(eq(flag.state, "in_case"), sql`${flag.caseId} is null and ${flag.detector} <> 'probing'`));
  expect(open).toEqual([]);
});
