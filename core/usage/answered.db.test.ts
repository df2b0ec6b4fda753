import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcome } from "#db/schema/gates.ts";
import { endpoint } from "#db/schema/provider.ts";
import { usageHour } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { nilId } from "../rules/uuid.ts";
import { accountWith, onTestDay, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { getDiagnosis } from "./get-diagnosis.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${onTestDay("00:00:00", -1)}, ${testNow})`);
});
afterAll(() => test.close());

type Answer = { status: number; method?: string; path?: string };

/** A client whose calls of one endpoint were all allowed, and what its API reported of them. */
async function client(name: string, endpointName: string, allowed: number, answers: readonly Answer[]) {
  const { memberCtx, accountId } = await accountWith(test.db, name);
  const owner = await memberCtx("owner");
  const { tokenId } = await createToken(owner, { name: "one" });
  const [found] = await test.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, endpointName));
  const by = { accountId, tokenId, surface: "http", endpointId: found?.id ?? 0 };
  await test.db
    .insert(usageHour)
    .values({ ...by, outcome: "allowed", requests: allowed, spent: allowed, at: onTestDay("11:00:00") });
  await test.db.insert(outcome).values(
    answers.map(({ status, method = "GET", path }, i) => ({
      ...{
        reporterId: nilId,
        id: `${name} ${i}`,
        accountId,
        tokenId,
        endpointId: 0,
        kind: "status",
        status,
        method,
        path,
      },
      ...{ at: onTestDay("11:30:00"), receivedAt: testNow },
    })),
  );
  const findings = await getDiagnosis(owner, {});
  return findings.map(({ kind, requests, endpoint: at, evidence }) => ({ kind, requests, at: at?.path, evidence }));
}
const many = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));

describe("what the API answered", () => {
  it("names the request that it answers with 422 again and again", async () => {
    const answers = many(1_131, () => ({ status: 422, method: "POST", path: "/v1/email" }));
    expect(await client("Invalid", "email.send", 1_150, answers)).toEqual([
      {
        ...{ kind: "same_request_failed", requests: 1_131, at: "/v1/email" },
        evidence: "The API answered POST /v1/email with 422 1,131 times in 24 hours, 98% of the token's calls there.",
      },
    ]);
  });

  it("names ids that are tried one after the other", async () => {
    const answers = many(306, (i) => ({ status: 404, path: `/v1/domains/${i + 100}` }));
    expect(await client("Walker", "domains.read", 400, answers)).toMatchObject([
      {
        kind: "walking_ids",
        requests: 306,
        at: "/v1/domains/{id}",
        evidence: expect.stringContaining("from 100 to 405"),
      },
    ]);
  });

  it("names a content type that the API does not read", async () => {
    const answers = many(25, () => ({ status: 415, method: "POST", path: "/v1/email" }));
    expect(await client("Form", "email.send", 25, answers)).toMatchObject([
      { kind: "wrong_content_type", requests: 25 },
    ]);
  });

  it("says nothing of who behaves: some wrong addresses, a look-up of names, a lock that is taken, a job that is not ready", async () => {
    const wrong = many(300, () => ({ status: 422, method: "POST", path: "/v1/email" }));
    expect(await client("Some wrong addresses", "email.send", 9_000, wrong)).toEqual([]);
    const names = many(300, (i) => ({ status: 404, path: `/v1/domains/shop-${i * 977}.example` }));
    expect(await client("Looks up names", "domains.read", 300, names)).toEqual([]);
    const taken = many(900, () => ({ status: 409, method: "POST", path: "/v1/bulk-email" }));
    expect(await client("Waits for a lock", "email.bulk", 900, taken)).toEqual([]);
    const waits = many(900, () => ({ status: 404, path: "/v1/bulk-email/7" }));
    expect(await client("Waits for a job", "email.bulk-status", 900, waits)).toEqual([]);
  });
});
