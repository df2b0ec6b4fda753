import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { account, member } from "#db/schema/accounts.ts";
import { outcome } from "#db/schema/gates.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { networkDay, refusal, usageDay, usageHour, usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { installSampleProvider } from "../provider/install-sample-provider.ts";
import { nilId } from "../rules/uuid.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { announceLoad } from "./announce-load.ts";
import { detect, detectInHistory } from "./detect.ts";

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];
const log = logger("test");
const at = (ms: number) => new Date(testNow.getTime() + ms);
const start = (grain: number, ms: number) => new Date(Math.floor(at(ms).getTime() / grain) * grain);
const dayOf = (daysAgo: number) =>
  at(-daysAgo * day)
    .toISOString()
    .slice(0, 10);
const many = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  for (const daysAgo of [0, 31, 62, 92, 184, 276])
    await test.db.execute(sql`select ensure_usage_partitions(${at(-daysAgo * day - 31 * day)}, ${at(-daysAgo * day)})`);
  await installSampleProvider(jobCtx(test.db, "Set-up", testNow), {});
});
afterAll(() => test.close());

type Who = { accountId: string; tokenId: string };

async function customer(name: string, ageDays = 400, plan = "Starter") {
  const { accountId, memberCtx } = await accountWith(test.db, name, plan);
  const owner = await memberCtx("owner");
  const { tokenId } = await createToken(owner, { name: "one" });
  await test.db
    .update(token)
    .set({ createdAt: at(-ageDays * day) })
    .where(eq(token.id, tokenId));
  await test.db
    .update(account)
    .set({ createdAt: at(-ageDays * day) })
    .where(eq(account.id, accountId));
  return { accountId, tokenId, owner };
}
const row = ({ accountId, tokenId }: Who) => ({ accountId, tokenId, endpointId: 1, surface: "http", spent: 0 });
const perHour = (who: Who, requests: (hoursAgo: number) => number, hours: number, outcome = "allowed", from = 0) =>
  test.db
    .insert(usageHour)
    .values(
      many(hours, (i) => ({ ...row(who), outcome, at: start(hour, -(i + from) * hour), requests: requests(i + from) })),
    );
const perDay = (who: Who, requests: (daysAgo: number) => number, days: readonly number[], outcome = "allowed") =>
  test.db
    .insert(usageDay)
    .values(days.map((ago) => ({ ...row(who), outcome, at: start(day, -ago * day), requests: requests(ago) })));
const fromNetworks = ({ accountId, tokenId }: Who, list: [daysAgo: number, third: number, requests: number][]) =>
  test.db.insert(networkDay).values(
    list.map(([daysAgo, third, requests]) => ({
      ...{ accountId, tokenId, day: dayOf(daysAgo), network: `198.18.${third}.0/24`, requests },
    })),
  );
async function flagsOf({ accountId }: Who) {
  const rows = await test.db.select({ detector: flag.detector }).from(flag).where(eq(flag.accountId, accountId));
  return rows.map((one) => one.detector).sort();
}
const look = async (who: Who) => {
  await detect(test.db, testNow, log);
  await detectInHistory(test.db, testNow, log);
  return flagsOf(who);
};

describe("a loud day", () => {
  const loud = async (who: Who, times: number) => perHour(who, (ago) => (ago <= 4 ? 1_000 * times : 1_000), 20 * 24);

  it("from where the account always calls is a sale or a backfill; from new networks it is a spike", async () => {
    const sale = await customer("Sale");
    await loud(sale, 20);
    await fromNetworks(sale, [
      [0, 1, 90_000],
      [1, 1, 24_000],
      [2, 1, 24_000],
    ]);
    expect(await look(sale)).toEqual([]);
    const stolen = await customer("Stolen");
    await loud(stolen, 20);
    await fromNetworks(stolen, [
      [0, 1, 10_000],
      [0, 2, 80_000],
      [1, 1, 24_000],
      [2, 1, 24_000],
    ]);
    expect(await look(stolen)).toEqual(["spike"]);
  });

  it("of an app that is on new networks each day is a sale, too", async () => {
    const app = await customer("App");
    await loud(app, 4);
    const phones = (daysAgo: number) =>
      many(30, (i): [number, number, number] => [daysAgo, 30 * (2 - daysAgo) + i, 1_000]);
    await fromNetworks(app, [[2, 200, 9_000], [1, 200, 9_000], [0, 200, 9_000], ...phones(1), ...phones(0)]);
    expect(await look(app)).toEqual([]);
  });

  it("of which limits refuse a part is rate_excess's business, but beyond any measure it is a spike from anywhere", async () => {
    const over = await customer("Over");
    await loud(over, 20);
    await perHour(over, () => 4_000, 5, "rate_limited");
    await fromNetworks(over, [
      [0, 1, 90_000],
      [1, 1, 24_000],
      [2, 1, 24_000],
    ]);
    expect(await look(over)).toEqual([]);
    const beyond = await customer("Beyond");
    await loud(beyond, 40);
    await fromNetworks(beyond, [
      [0, 1, 90_000],
      [1, 1, 24_000],
      [2, 1, 24_000],
    ]);
    expect(await look(beyond)).toEqual(["spike"]);
  });

  it("once a month is known, even from elsewhere", async () => {
    const mailing = await customer("Mailing");
    await loud(mailing, 250);
    await perHour(mailing, () => 240_000, 3, "allowed", 30 * 24);
    expect(await look(mailing)).toEqual([]);
  });
});

describe("a token that wakes", () => {
  const awake = (who: Who) =>
    test.db
      .insert(usageMinute)
      .values({ ...row(who), outcome: "allowed", at: start(minute, -5 * minute), requests: 900 });

  it("is still said to wake on its second day", async () => {
    const dormant = await customer("Dormant");
    await perDay(dormant, () => 60_000, [0, 1, 120]);
    await perHour(dormant, () => 900, 2);
    await awake(dormant);
    expect(await look(dormant)).toEqual(["dormant_wakes"]);
  });

  it("once a quarter does what it always does", async () => {
    const quarterly = await customer("Quarterly");
    await perDay(quarterly, () => 1_000, [0, 92, 184, 276]);
    await perHour(quarterly, () => 900, 2);
    await awake(quarterly);
    expect(await look(quarterly)).toEqual([]);
  });
});

describe("a new account", () => {
  const cohort = async () => {
    for (let i = 0; i < 6; i += 1) {
      const one = await customer(`Established ${i}`, 400, "Hobby");
      await perDay(one, () => 1_000, [1]);
    }
  };
  it("is distinguished from the second account of an old customer", async () => {
    await cohort();
    const busy = async (name: string) => {
      const one = await customer(name, 31, "Hobby");
      await perHour(one, () => 20_000, 3);
      return one;
    };
    const [stranger, second] = [await busy("Stranger"), await busy("Second of an old one")];
    const old = await customer("Old one");
    const [owner] = await test.db.select().from(member).where(eq(member.accountId, old.accountId));
    if (owner) await test.db.insert(member).values({ ...owner, accountId: second.accountId });
    expect(await look(stranger)).toEqual(["new_account_races"]);
    expect(await flagsOf(second)).toEqual([]);
  });
});

describe("a token in many networks", () => {
  const crowd = (who: Who, days: number) =>
    fromNetworks(who, [
      ...many(days, (i): [number, number, number] => [i + 1, 1, 500]),
      ...many(40, (i): [number, number, number] => [0, i + 1, 100]),
    ]);
  it("is flagged once its first week has taught what is usual", async () => {
    const [app, old] = [await customer("First days"), await customer("A month old")];
    for (const one of [app, old]) await perHour(one, () => 100, 30);
    await crowd(app, 6);
    await crowd(old, 20);
    expect(await look(old)).toEqual(["token_sharing"]);
    expect(await flagsOf(app)).toEqual([]);
  });
});

describe("a dead token", () => {
  it("tried by the account's own fleet after a rotation is no attack; from strange addresses it is one", async () => {
    const failing = async (name: string, third: number) => {
      const one = await customer(name);
      await fromNetworks(one, [
        [3, 7, 100],
        [4, 7, 100],
      ]);
      await test.db.insert(refusal).values(
        many(30, (i) => ({
          ...{
            receipt: `rcp_${name}${i}`,
            accountId: one.accountId,
            tokenId: one.tokenId,
            endpointId: 0,
            surface: "http",
          },
          ...{ at: at(-2 * minute), code: "token_revoked", gateId: "g", ip: `198.18.${third}.${i + 1}` },
        })),
      );
      await test.db
        .insert(usageMinute)
        .values({ ...row(one), outcome: "token_revoked", at: start(minute, -2 * minute), requests: 30 });
      return one;
    };
    const [fleet, attacked] = [await failing("Fleet", 7), await failing("Attacked", 9)];
    expect(await look(attacked)).toEqual(["credential_attack"]);
    expect(await flagsOf(fleet)).toEqual([]);
  });
});

describe("errors that the API reports", () => {
  const answered = async (name: string, status: number) => {
    const one = await customer(name);
    await perHour(one, () => 600, 2);
    await test.db.insert(outcome).values(
      many(600, (i) => ({
        ...{ reporterId: nilId, id: `${name} ${i}`, accountId: one.accountId, tokenId: one.tokenId, endpointId: 1 },
        ...{ kind: "status", status, at: at(-minute), receivedAt: testNow },
      })),
    );
    return look(one);
  };
  it("are a broken client's, but for what an API answers in the ordinary course", async () => {
    expect(await answered("Wrong", 422)).toEqual(["broken_client"]);
    expect(await answered("Not there", 404)).toEqual([]);
    expect(await answered("Somebody was faster", 409)).toEqual([]);
  });
});

describe("an endpoint that its provider closes", () => {
  it("is one path for who used it, and many for who never did", async () => {
    const [closed] = await test.db
      .insert(endpoint)
      .values({ name: "old.any", surface: "http", method: "*", path: "/old/**", cost: 1, deniedAt: at(-hour) })
      .returning({ id: endpoint.id });
    const refused = async (name: string) => {
      const one = await customer(name);
      const endpointId = closed?.id ?? 0;
      await test.db.insert(refusal).values(
        many(40, (i) => ({
          ...{
            receipt: `rcp_c${name}${i}`,
            accountId: one.accountId,
            tokenId: one.tokenId,
            endpointId,
            surface: "http",
          },
          ...{ at: at(-2 * minute + i * 1_000), code: "endpoint_denied", gateId: "g", path: `/old/page-${i}` },
        })),
      );
      await test.db
        .insert(usageMinute)
        .values({ ...row(one), endpointId, outcome: "endpoint_denied", at: start(minute, -2 * minute), requests: 40 });
      return one;
    };
    const [user, stranger] = [await refused("User of the old"), await refused("Never used the old")];
    await test.db.insert(usageDay).values({
      ...{ ...row(user), endpointId: closed?.id ?? 0, outcome: "allowed", at: start(day, -2 * day), requests: 5_000 },
    });
    expect(await look(stranger)).toEqual(["probing"]);
    expect(await flagsOf(user)).toEqual([]);
  });
});

it("a load that was announced is respected by every detector of rates", async () => {
  const calm = await customer("Announced");
  await announceLoad(calm.owner, { startsAt: at(-hour), endsAt: at(5 * hour), reason: "Launch of the shop" });
  await perHour(calm, () => 9_000, 3);
  await test.db
    .insert(usageMinute)
    .values({ ...row(calm), outcome: "rate_limited", at: start(minute, -2 * minute), requests: 900 });
  expect(await look(calm)).toEqual([]);
});
