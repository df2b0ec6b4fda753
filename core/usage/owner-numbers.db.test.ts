import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refusal, usageMinute, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getOverview } from "../accounts/get-overview.ts";
import type { Ctx } from "../frame/context.ts";
import { accountWith, testNow } from "../testing.ts";
import { countTokens } from "../tokens/count-tokens.ts";
import { createToken } from "../tokens/create-token.ts";
import { listTokens } from "../tokens/list-tokens.ts";
import { pauseToken } from "../tokens/pause-token.ts";
import { getLive } from "./get-live.ts";
import { getQuota } from "./get-quota.ts";
import { getRatePressure } from "./get-rate-pressure.ts";
import { getTokenShares } from "./get-token-shares.ts";
import { getTopRefusal } from "./get-top-refusal.ts";
import { getUsageSeries } from "./get-usage-series.ts";

const ago = (minutes: number) => new Date(Math.floor(testNow.getTime() / 60_000) * 60_000 - minutes * 60_000);

describe("the numbers on the owner's first screen", () => {
  let test: TestDatabase;
  let owner: Ctx;
  let stranger: Ctx;
  let tokenId: string;
  beforeAll(async () => {
    test = await testDatabase();
    await test.db.execute(sql`select ensure_usage_partitions(${ago(120)}, ${testNow})`);
    const { accountId, memberCtx } = await accountWith(test.db, "Northwind Mail");
    owner = await memberCtx("owner");
    stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    ({ tokenId } = await createToken(owner, { name: "billing-cron", scopes: ["email:send"] }));
    const other = await createToken(owner, { name: "paused" });
    await pauseToken(owner, { tokenId: other.tokenId });
    await createToken(owner, { name: "ending", expiresAt: new Date(testNow.getTime() + 1_000) });
    const row = { accountId, tokenId, endpointId: 1, surface: "http", spent: 0 };
    await test.db.insert(usageMinute).values([
      { ...row, at: ago(5), outcome: "allowed", requests: 100, spent: 100 },
      { ...row, at: ago(5), outcome: "rate_limited", requests: 40 },
      { ...row, at: ago(20), outcome: "rate_limited", requests: 2 },
      { ...row, at: ago(5), outcome: "insufficient_scope", requests: 41, endpointId: 6 },
      { ...row, at: ago(61), outcome: "unknown_endpoint", requests: 900, endpointId: 0 },
    ]);
    await test.db
      .insert(usageSecond)
      .values({ accountId, at: new Date(testNow.getTime() - 10_000), tokenId, endpointId: 1, allowed: 3, refused: 2 });
  });
  afterAll(() => test.close());

  it("count the last hour alone", async () => {
    expect((await getLive(owner, {})).lastHour).toEqual({ allowed: 100, refused: 83 });
  });

  it("name the token, the endpoint and the code that refused most", async () => {
    const top = await getTopRefusal(owner, {});
    expect(top).toMatchObject({
      code: "rate_limited",
      tokenId,
      tokenName: "billing-cron",
      refused: 42,
      sinceAt: ago(20),
    });
    expect(top?.endpoint).toMatchObject({ method: "POST", path: "/v1/email", limit: 120 });
    expect(top?.limiter).toBeNull();
  });

  it("say when it was the token's own limit that refused last", async () => {
    const limiter = { name: "token-rate", kind: "rate" as const, limit: 3, used: 3, windowSeconds: 60, cost: 1 };
    const row = { tokenId, endpointId: 1, surface: "http", code: "rate_limited", gateId: "gate-1" };
    const accountId = owner.actor.kind === "member" ? owner.actor.accountId : "";
    await test.db.insert(refusal).values([
      { ...row, accountId, at: ago(9), receipt: "rcp_before", limiter: { ...limiter, name: "endpoint-rate" } },
      { ...row, accountId, at: ago(5), receipt: "rcp_last", limiter },
      { ...row, accountId, at: ago(4), receipt: "rcp_other", code: "insufficient_scope", endpointId: 6 },
    ]);
    expect((await getTopRefusal(owner, {}))?.limiter).toEqual(limiter);
  });

  it("are on the overview what each is by itself", async () => {
    const overview = await getOverview(owner, { range: "1h" });
    expect(overview.top).toEqual(await getTopRefusal(owner, {}));
    expect(overview.quota).toEqual(await getQuota(owner, {}));
    expect(overview.pressure).toEqual(await getRatePressure(owner, {}));
    expect(overview.shares).toEqual(await getTokenShares(owner, {}));
    expect(overview.tokens).toEqual(await listTokens(owner, {}));
    expect(overview.lastHour).toEqual({ allowed: 100, refused: 83 });
    expect(overview.series.keys).toMatchObject([{ requests: 100 }, { requests: 83 }]);
  });

  it("count the tokens that work now", async () => {
    expect(await countTokens(owner, {})).toBe(2);
    expect(await countTokens({ ...owner, now: new Date(testNow.getTime() + 2_000) }, {})).toBe(1);
  });

  it("say so when the live range cannot group as asked", async () => {
    expect((await getUsageSeries(owner, { range: "live", groupBy: "token" })).keys).toMatchObject([
      { key: tokenId, label: "billing-cron", requests: 5 },
    ]);
    expect(await getUsageSeries(owner, { range: "live", groupBy: "code" })).toMatchObject({
      groupBy: "outcome",
      keys: [
        { key: "allowed", requests: 3 },
        { key: "refused", requests: 2 },
      ],
    });
  });

  it("are nobody else's", async () => {
    expect(await getTopRefusal(stranger, {})).toBeNull();
    expect(await getOverview(stranger, {})).toMatchObject({ top: null, tokens: [], shares: [] });
    expect((await getLive(stranger, {})).lastHour).toEqual({ allowed: 0, refused: 0 });
    expect(await countTokens(stranger, {})).toBe(0);
  });
});
