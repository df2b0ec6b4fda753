import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { usageMinute, usageSecond } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { evidenceSchema, ownersEvidence } from "../enforcement/evidence.ts";
import { getEvidence } from "../enforcement/get-evidence.ts";
import { getStanding } from "../enforcement/get-standing.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { logger } from "../runtime/log.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { detect } from "./detect.ts";
import { recordSignals } from "./record-signals.ts";

/** What a flag and a seal say of the traffic is what was sent, however often and however late somebody looks. */

const second = 1_000;
const minute = 60_000;
const hour = 60 * minute;
const log = logger("test");
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(${at(-24 * hour)}, ${at(48 * hour)})`);
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

/** 40 calls allowed and 160 refused, from so long before now, within two seconds. */
async function burst(name: string, ms: number) {
  const { accountId, memberCtx } = await accountWith(test.db, name);
  const owner = await memberCtx("owner");
  const { tokenId } = await createToken(owner, { name: "cron" });
  const start = new Date(Math.floor(at(ms).getTime() / minute) * minute);
  const row = { accountId, tokenId, endpointId: 1, surface: "http", spent: 0, at: start };
  await test.db.insert(usageMinute).values([
    { ...row, outcome: "allowed", requests: 40 },
    { ...row, outcome: "rate_limited", requests: 160 },
  ]);
  const of = (after: number) => new Date(start.getTime() + after);
  await test.db.insert(usageSecond).values([
    { accountId, tokenId, endpointId: 1, at: of(38 * second), allowed: 40, refused: 60 },
    { accountId, tokenId, endpointId: 1, at: of(40 * second), allowed: 0, refused: 100 },
  ]);
  return { accountId, owner, tokenId, first: of(38 * second), last: of(40 * second) };
}
const flagsOf = (accountId: string) =>
  test.db
    .select({ count: flag.count, firstSeenAt: flag.firstSeenAt, lastSeenAt: flag.lastSeenAt, raisedAt: flag.raisedAt })
    .from(flag)
    .where(eq(flag.accountId, accountId));

it("one burst of two seconds is one, at its own time, after an hour of looking at it", async () => {
  const { accountId, first, last } = await burst("One burst", -2 * minute);
  for (let ms = 0; ms < hour; ms += 5 * minute) await detect(test.db, at(ms), log);
  const [found] = await flagsOf(accountId);
  expect(found).toEqual({ count: 1, firstSeenAt: first, lastSeenAt: last, raisedAt: testNow });
});

it("a seal shows the offence, not the hour before the act, to staff and owner alike", async () => {
  const { accountId, owner, tokenId, first } = await burst("Hours ago", -2 * minute);
  await detect(test.db, testNow, log);
  // What came since is not what the decision rests on.
  await test.db.insert(usageMinute).values({
    ...{ accountId, tokenId, endpointId: 1, surface: "http", spent: 0, outcome: "allowed", requests: 13 },
    at: new Date(Math.floor(at(3 * hour - 10 * minute).getTime() / minute) * minute),
  });
  const acting = { ...lead, now: at(3 * hour) };
  const { actionId } = await imposeAction(acting, {
    ...{ accountId, type: "suspension", durationHours: 24, reasonCode: "rate_excess" },
    ...{ publicText: "Your client calls too often.", internalNote: "See the chart." },
  });
  const sealed = await getEvidence(acting, { actionId });
  expect(sealed.isIntact).toBe(true);
  expect(sealed.evidence?.totals).toEqual({ allowed: 40, refused: 160 });
  expect(sealed.evidence?.flags).toMatchObject([{ detector: "rate_excess", firstSeenAt: first.toISOString() }]);
  const { actions } = await getStanding({ ...owner, now: acting.now }, {});
  expect(actions[0]?.statement?.evidence).toEqual(sealed.evidence);

  await test.db.execute(sql`alter table ${action} disable trigger user`);
  await test.db
    .update(action)
    .set({ evidence: sql`jsonb_set(${action.evidence}, '{totals,refused}', '9999')` })
    .where(eq(action.id, actionId));
  await test.db.execute(sql`alter table ${action} enable trigger user`);
  expect((await getEvidence(acting, { actionId })).isIntact).toBe(false);
});

it("what a person reported stays with staff", async () => {
  const { accountId } = await accountWith(test.db, "Reported");
  await recordSignals(jobCtx(test.db, "Reports", testNow), {
    accountId,
    signals: [{ ...probingSignal(accountId), detector: "report", summary: "My neighbour sends spam." }],
  });
  const { actionId } = await imposeAction(lead, {
    ...{ accountId, type: "notice", reasonCode: "other" },
    ...{ publicText: "Somebody reported your account.", internalNote: "See the report." },
  });
  const { evidence } = await getEvidence(lead, { actionId });
  expect(JSON.stringify(evidence)).toContain("My neighbour");
  expect(JSON.stringify(ownersEvidence(evidenceSchema.parse(evidence)))).not.toContain("My neighbour");
});
