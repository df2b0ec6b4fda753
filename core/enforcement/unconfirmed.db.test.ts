import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outboxEvent } from "#db/schema/audit.ts";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, staffCtx, testNow } from "../testing.ts";
import { imposeAction } from "./impose-action.ts";
import { listActions } from "./list-actions.ts";
import { listOverdue } from "./list-overdue.ts";
import { settleActions } from "./settle-actions.ts";

let test: TestDatabase;
let lead: Ctx;
/** Actions take the database's own clock for when they were committed, so these tests live in its time. */
const start = Date.now();
const at = (seconds: number) => new Date(start + seconds * 1_000);
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

const heartbeat = (id: string, seconds: number) =>
  test.db
    .insert(gate)
    .values({ id, pid: 1, startedAt: testNow, lastSeenAt: at(seconds) })
    .onConflictDoUpdate({ target: gate.id, set: { lastSeenAt: at(seconds) } });
const settle = (seconds: number) => settleActions(jobCtx(test.db, "Gatehouse", at(seconds)), {});
const overdue = (seconds: number) => listOverdue({ ...lead, now: at(seconds) }, {});
const eventsOf = (accountId: string) =>
  test.db
    .select({ type: outboxEvent.type, payload: outboxEvent.payload })
    .from(outboxEvent)
    .where(and(eq(outboxEvent.accountId, accountId), inArray(outboxEvent.type, ["gate.unconfirmed", "gate.confirmed"])))
    .orderBy(outboxEvent.id);

async function suspended(name: string) {
  const { accountId } = await accountWith(test.db, name);
  const { actionId } = await imposeAction(
    { ...lead, now: at(0) },
    {
      accountId,
      type: "suspension",
      durationHours: 24,
      reasonCode: "spam",
      publicText: "Mail was reported as spam.",
      internalNote: "see reports",
    },
  );
  const [made] = await listActions(lead, { accountId });
  return { accountId, actionId, standingVersion: made?.standingVersion ?? 0 };
}

describe("a live gate that hears nothing", () => {
  it("is an alarm after thirty seconds, once, until it confirms", async () => {
    const { accountId, actionId, standingVersion } = await suspended("Deaf Ltd");
    await heartbeat("gate-deaf", 20);
    await settle(20);
    expect(await eventsOf(accountId)).toEqual([]);
    for (const seconds of [35, 37]) {
      await heartbeat("gate-deaf", seconds);
      await settle(seconds);
    }
    const alarm = { type: "gate.unconfirmed", payload: { actionId, type: "suspension", gates: ["gate-deaf"] } };
    expect(await eventsOf(accountId)).toEqual([alarm]);
    expect(await overdue(37)).toMatchObject([{ actionId, gates: ["gate-deaf"] }]);

    await test.db
      .insert(standingConfirmation)
      .values({ accountId, gateId: "gate-deaf", standingVersion, confirmedAt: at(39) });
    await heartbeat("gate-deaf", 40);
    await settle(40);
    expect(await eventsOf(accountId)).toEqual([
      alarm,
      { type: "gate.confirmed", payload: { actionId, type: "suspension" } },
    ]);
    expect(await overdue(40)).toEqual([]);
    expect((await listActions(lead, { accountId }))[0]?.state).toBe("active");
  });

  it("is no alarm any more when it is dead: what is not live lets nothing through", async () => {
    const { accountId } = await suspended("Dead Gate Ltd");
    await heartbeat("gate-dying", 35);
    await settle(35);
    expect(await overdue(35)).toHaveLength(1);
    await settle(50);
    expect(await overdue(50)).toEqual([]);
    expect((await eventsOf(accountId)).map((one) => one.type)).toEqual(["gate.unconfirmed", "gate.confirmed"]);
  });
});
