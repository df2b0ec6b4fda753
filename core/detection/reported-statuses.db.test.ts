import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { outcome } from "#db/schema/gates.ts";
import { endpoint } from "#db/schema/provider.ts";
import { usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { jobCtx } from "../frame/context.ts";
import { installSampleProvider } from "../provider/install-sample-provider.ts";
import { nilId } from "../rules/uuid.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { detect } from "./detect.ts";

const log = logger("test");
const minute = 60_000;
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
  await installSampleProvider(jobCtx(test.db, "Set-up", testNow), {});
});
afterAll(() => test.close());

/** An account whose requests were all allowed, and what its API reported of them. */
async function reported(name: string, answers: { status: number; path?: string; endpointId?: number }[]) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const { tokenId } = await createToken(await memberCtx("owner"), { name: "one" });
  await test.db.insert(usageMinute).values({
    ...{ accountId, tokenId, endpointId: 0, surface: "http", outcome: "allowed", requests: 900, spent: 0 },
    at: new Date(Math.floor(at(-2 * minute).getTime() / minute) * minute),
  });
  await test.db.insert(outcome).values(
    answers.map(({ status, path, endpointId = 0 }, i) => ({
      ...{ reporterId: nilId, id: `${name} ${i}`, accountId, tokenId, endpointId, kind: "status", status },
      ...{
        path,
        method: "GET",
        ip: "192.0.2.9",
        userAgent: "curl/8",
        at: at(i * 1_000 - 2 * minute),
        receivedAt: testNow,
      },
    })),
  );
  await detect(test.db, testNow, log);
  return test.db
    .select({
      detector: flag.detector,
      scope: flag.scope,
      summary: flag.summary,
      firstSeenAt: flag.firstSeenAt,
      lastSeenAt: flag.lastSeenAt,
    })
    .from(flag)
    .where(eq(flag.accountId, accountId));
}
const many = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));

describe("statuses that the API reports", () => {
  it("find a scanner of whom the gate refused nothing, at the time of its calls", async () => {
    const flags = await reported(
      "Scanner",
      many(20, (i) => ({ status: 404, path: `/admin/page${i}` })),
    );
    expect(flags).toEqual([
      {
        ...{ detector: "probing", scope: "token", firstSeenAt: at(-2 * minute), lastSeenAt: at(19_000 - 2 * minute) },
        summary:
          "20 distinct paths in an hour that were refused or not there; 20 of 900 requests were refused or answered with a client error",
      },
    ]);
  });

  it("find who asks for what only scanners ask for", async () => {
    const paths = ["/.env", "/.git/config", "/dump.sql", "/.aws/credentials", "/wp-config.php"];
    const flags = await reported(
      "Asks for secrets",
      paths.map((path) => ({ status: 404, path })),
    );
    expect(flags).toMatchObject([{ detector: "known_scan", scope: "token" }]);
  });

  it("accuse nobody to whom 404 or 409 is an answer", async () => {
    const [domains] = await test.db.select({ id: endpoint.id }).from(endpoint).where(sql`path like '%{%' limit 1`);
    const ids = many(200, (i) => ({ status: 404, path: `/v1/domains/${i + 1}.example` }));
    expect(await reported("Looks up", ids)).toEqual([]);
    const known = many(200, () => ({ status: 404, endpointId: domains?.id ?? -1 }));
    expect(await reported("Looks up by endpoint", known)).toEqual([]);
    expect(
      await reported(
        "Takes turns",
        many(200, (i) => ({ status: 409, path: `/locks/lock${i}` })),
      ),
    ).toEqual([]);
    expect(
      await reported(
        "Wrong version",
        many(200, (i) => ({ status: 404, path: `/v2/domains/${i}` })),
      ),
    ).toEqual([]);
  });
});
