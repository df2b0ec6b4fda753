import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { action, notice } from "#db/schema/enforcement.ts";
import { mail } from "#db/schema/mail.ts";
import { endpoint } from "#db/schema/provider.ts";
import { refusal, usageHour, usageMinute, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { getOverview } from "../accounts/get-overview.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { evidenceSchema } from "../enforcement/evidence.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { mailNotice } from "../notices/mail-notice.ts";
import type { DecisionCode } from "../rules/vocabulary.ts";
import { accountWith, onTestDay, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { getDiagnosis } from "./get-diagnosis.ts";

let test: TestDatabase;
let accountId: string;
let owner: Ctx;
let viewer: Ctx;
let sendId: number;
let domainsId: number;
const tokens: Record<string, string> = {};

const secondsAgo = (seconds: number) => new Date(testNow.getTime() - seconds * 1_000);

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${onTestDay("00:00:00", -3)}, ${testNow})`);
  const made = await accountWith(test.db, "Wasteful");
  accountId = made.accountId;
  owner = await made.memberCtx("owner");
  viewer = await made.memberCtx("viewer");
  const idOf = async (name: string) =>
    (await test.db.select({ id: endpoint.id }).from(endpoint).where(eq(endpoint.name, name)))[0]?.id ?? 0;
  sendId = await idOf("email.send");
  domainsId = await idOf("domains.list");
  for (const name of ["impatient", "reader", "old", "fleet"])
    tokens[name] = (await createToken(owner, { name })).tokenId;
  await seed();
});
afterAll(() => test.close());

const counted = (name: string, endpointId: number, outcome: DecisionCode | "of_a_later_version", requests: number) => ({
  ...{ accountId, tokenId: tokens[name] ?? "", endpointId, surface: "http", outcome, requests, spent: 0 },
});
const refused = (name: string, code: DecisionCode, i: number, rest: Partial<typeof refusal.$inferInsert> = {}) => ({
  ...{ accountId, tokenId: tokens[name] ?? "", endpointId: sendId, surface: "http", code, gateId: "gate-1" },
  ...{ receipt: `rcp_${name}_${code}_${i}`, at: secondsAgo(60 + i) },
  ...rest,
});

async function seed() {
  const hour = { at: onTestDay("11:00:00") };
  await test.db.insert(usageHour).values([
    { ...counted("impatient", sendId, "rate_limited", 400), at: onTestDay("12:00:00") },
    { ...counted("reader", domainsId, "insufficient_scope", 30), ...hour },
    { ...counted("old", sendId, "token_revoked", 50), ...hour },
    { ...counted("fleet", sendId, "rate_limited", 300), at: onTestDay("10:00:00") },
    { ...counted("reader", 0, "unknown_endpoint", 25), ...hour },
    { ...counted("reader", domainsId, "of_a_later_version", 9_999), ...hour },
    // The hour before the first of the 24.
    { ...counted("old", sendId, "token_expired", 5_000), at: onTestDay("12:00:00", -1) },
  ]);
  await test.db.insert(usageMinute).values({
    ...counted("impatient", sendId, "rate_limited", 40),
    at: onTestDay("12:11:00"),
  });
  const limiter = { name: "endpoint-rate", kind: "rate" as const, limit: 120, used: 120, windowSeconds: 60 };
  await test.db.insert(refusal).values([
    ...Array.from({ length: 20 }, (_, i) =>
      refused("reader", "unknown_endpoint", i, { endpointId: 0, method: "GET", path: "/v2/mail", ip: "192.0.2.7" }),
    ),
    refused("reader", "unknown_endpoint", 90, { endpointId: 0, method: "GET", path: "/v2/other" }),
    refused("reader", "insufficient_scope", 1, { endpointId: domainsId, missingScope: "domains:read" }),
    refused("impatient", "rate_limited", 0, { at: secondsAgo(120), retryAfterSeconds: 60, limiter }),
    ...Array.from({ length: 20 }, (_, i) =>
      refused("impatient", "rate_limited", 100 + i, {
        at: secondsAgo(117 - i / 5),
        retryAfterSeconds: 57 - Math.floor(i / 5),
        limiter,
      }),
    ),
    refused("impatient", "rate_limited", 1, { at: secondsAgo(61), retryAfterSeconds: 1, limiter }),
    // Three machines in one network, each of which keeps its own wait.
    ...Array.from({ length: 30 }, (_, i) =>
      refused("fleet", "rate_limited", i, {
        ...{ at: new Date(onTestDay("10:30:20").getTime() + Math.floor(i / 3) * 60_000 - 540_000 + (i % 3) * 1_000) },
        ...{ retryAfterSeconds: 50, limiter, ip: `198.51.100.${i % 3}` },
      }),
    ),
  ]);
  const by = { accountId, tokenId: tokens.impatient ?? "", endpointId: sendId };
  await test.db.insert(usageSecond).values([
    ...Array.from({ length: 4 }, (_, i) => ({ ...by, at: secondsAgo(117 - i), allowed: 0, refused: 10 })),
    { ...by, at: secondsAgo(180), allowed: 60, refused: 0 },
    // Eleven minutes before the last refusal, and the same seconds on another endpoint and with another token.
    { ...by, at: secondsAgo(725), allowed: 500, refused: 500 },
    { ...by, endpointId: domainsId, at: secondsAgo(115), allowed: 700, refused: 0 },
    { ...by, tokenId: tokens.reader ?? "", at: secondsAgo(115), allowed: 700, refused: 0 },
  ]);
  await test.db.insert(usageSecond).values(
    Array.from({ length: 30 }, (_, i) => ({
      ...{ accountId, tokenId: tokens.fleet ?? "", endpointId: sendId, allowed: 1, refused: 1 },
      at: new Date(onTestDay("10:30:20").getTime() + Math.floor(i / 3) * 60_000 - 540_000 + (i % 3) * 1_000),
    })),
  );
}

describe("the diagnosis of an account", () => {
  it("names for each mistake token, endpoint, numbers and what to change, what is over last, what costs most first", async () => {
    const found = await getDiagnosis(owner, {});
    expect(found.map(({ kind, tokenName, endpoint, evidence }) => [kind, tokenName, endpoint?.path, evidence])).toEqual(
      [
        [
          ...["retries_without_waiting", "impatient", "/v1/email"],
          "40 of 40 refused requests in ten minutes were sent before Retry-After had passed.",
        ],
        [
          ...["same_request_refused", "reader", undefined],
          "GET /v2/mail was refused at least 20 times in 24 hours: it matches no endpoint of this API.",
        ],
        // The rest is over.
        [
          ...["parallel_workers", "fleet", "/v1/email"],
          "At least 3 workers were waiting at the same time, from 3 addresses; the rate limit refused 300 requests in 24 hours.",
        ],
        ["dead_token", "old", undefined, "50 requests in 24 hours used this revoked token."],
        [
          ...["missing_scope", "reader", "/v1/domains"],
          "30 requests in 24 hours were refused because the token lacks the scope domains:read.",
        ],
      ],
    );
    expect(found.map((one) => one.isOver)).toEqual([false, false, true, true, true]);
    expect(found[0]?.instruction).toContain("At 120 per minute, one request every 0.5 s is never refused.");
  });

  it("says when it was last seen: the minute in the last hour, else the hour", async () => {
    const found = await getDiagnosis(owner, {});
    const lastOf = (kind: string) => new Date(found.find((one) => one.kind === kind)?.toMs ?? 0);
    expect(lastOf("dead_token")).toEqual(onTestDay("11:00:00"));
    expect(lastOf("retries_without_waiting")).toEqual(secondsAgo(61));
  });

  it("is the same for a viewer and for staff who name the account, and nobody else's", async () => {
    const own = await getDiagnosis(owner, {});
    expect(await getDiagnosis(viewer, {})).toEqual(own);
    const support = await staffCtx(test.db, "support");
    expect(await getDiagnosis(support, { accountId })).toEqual(own);
    const stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    expect(await getDiagnosis(stranger, {})).toEqual([]);
    await expect(getDiagnosis(stranger, { accountId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("stands on the overview while something is refused", async () => {
    expect((await getOverview(owner, {})).findings).toEqual(await getDiagnosis(owner, {}));
    const quiet = { ...owner, now: new Date(testNow.getTime() + 2 * 3_600_000) };
    expect((await getOverview(quiet, {})).findings).toEqual([]);
    expect(await getDiagnosis(quiet, {})).not.toEqual([]);
  });

  it("is sealed with a measure and told in its mail, and stays when the traffic is gone", async () => {
    const lead = await staffCtx(test.db, "lead");
    const { actionId } = await imposeAction(lead, {
      ...{ accountId, type: "throttle", factor: 0.5, durationHours: 24, reasonCode: "retry_storm" },
      ...{ publicText: "Your client does not wait.", internalNote: "See the chart." },
    });
    await test.db.delete(usageHour).where(eq(usageHour.accountId, accountId));
    const [stored] = await test.db.select({ evidence: action.evidence }).from(action).where(eq(action.id, actionId));
    const { findings } = evidenceSchema.parse(stored?.evidence);
    expect(findings).toHaveLength(5);
    expect(findings?.[3]).toEqual({
      kind: "dead_token",
      title: "Dead or paused token in use",
      tokenName: "old",
      endpoint: null,
      evidence: "50 requests in 24 hours used this revoked token.",
      instruction: "Find the client that still sends this token. Give it a new one or switch it off.",
    });
    const [written] = await test.db.select({ id: notice.id }).from(notice).where(eq(notice.actionId, actionId));
    const publicUrl = "https://desk.example.com";
    await mailNotice(jobCtx(test.db, "Gatehouse", testNow), { noticeId: written?.id ?? "", publicUrl });
    const [sent] = await test.db.select({ text: mail.textBody }).from(mail).where(eq(mail.accountId, accountId));
    expect(sent?.text).toContain("Retries without waiting (“impatient”, POST /v1/email).");
    expect(sent?.text).toContain("After a 429, send nothing until the time in Retry-After has passed.");
    // The three that cost most; all stand on the page.
    expect(sent?.text).not.toContain("revoked token");
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
  });
});
