import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { caseEvent, flag } from "#db/schema/abuse.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow, withKey } from "../testing.ts";
import { listMutes } from "./list-mutes.ts";
import { muteFlag } from "./mute-flag.ts";
import { unmuteFlag } from "./unmute-flag.ts";

const day = 86_400_000;
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead", "Lena Lead");
});
afterAll(() => test.close());

const signal = (accountId: string, now = testNow) =>
  recordSignals(jobCtx(test.db, "Detectors", now), { accountId, signals: [probingSignal(accountId)] });
const flagsOf = (accountId: string) =>
  test.db.select({ id: flag.id, state: flag.state }).from(flag).where(eq(flag.accountId, accountId));

async function muted(name: string, days: number) {
  const { accountId } = await accountWith(test.db, name);
  await signal(accountId);
  const flagId = (await flagsOf(accountId))[0]?.id ?? "";
  await muteFlag(lead, { flagId, days, reason: "A migration." });
  return { accountId, flagId };
}

it("are listed for all and for one account, with who, why and until when, until they are over", async () => {
  const long = await muted("Long Mute", 30);
  const short = await muted("Short Mute", 2);
  const names = async (now: Date, input = {}) =>
    (await listMutes({ ...lead, now }, input)).map((one) => one.accountName);
  expect(await names(testNow)).toEqual(["Short Mute", "Long Mute"]);
  expect(await names(at(3 * day))).toEqual(["Long Mute"]);
  expect(await names(at(31 * day))).toEqual([]);
  expect(await listMutes(lead, { accountId: short.accountId })).toEqual([
    expect.objectContaining({
      ...{ id: short.flagId, title: "Probing", about: null, mutedByName: "Lena Lead", reason: "A migration." },
      ...{ mutedAt: testNow, mutedUntil: at(2 * day) },
    }),
  ]);
  expect(long.flagId).not.toBe(short.flagId);
});

it("end when they are unmuted: the key is flagged again, and audit and timeline say by whom and why", async () => {
  const { accountId, flagId } = await muted("Unmuted", 30);
  await signal(accountId, at(day));
  expect(await flagsOf(accountId)).toHaveLength(1);
  await unmuteFlag({ ...lead, now: at(2 * day) }, { flagId, reason: "It is over." });
  expect(await listMutes({ ...lead, now: at(2 * day) }, { accountId })).toEqual([]);
  await signal(accountId, at(2 * day + 1));
  expect((await flagsOf(accountId)).map((one) => one.state).sort()).toEqual(["in_case", "muted"]);
  const [audited] = await test.db
    .select({ data: auditEvent.data })
    .from(auditEvent)
    .where(eq(auditEvent.action, "flag.unmute"));
  expect(audited?.data).toMatchObject({
    detector: "probing",
    until: at(30 * day).toISOString(),
    reason: "It is over.",
  });
  const types = await test.db.select({ type: caseEvent.type }).from(caseEvent).orderBy(desc(caseEvent.id)).limit(4);
  expect(types.map((one) => one.type)).toContain("flag.unmuted");
});

it("are ended once, by a person, and only while they are in force", async () => {
  const { flagId } = await muted("Ended", 7);
  const input = { flagId, reason: "It is over." };
  await expect(unmuteFlag(await withKey(lead, "automation"), input)).rejects.toMatchObject({ code: "forbidden" });
  await unmuteFlag(lead, input);
  await expect(unmuteFlag(lead, input)).rejects.toMatchObject({ code: "conflict" });
  const other = await muted("Ran Out", 1);
  await expect(unmuteFlag({ ...lead, now: at(day) }, { ...input, flagId: other.flagId })).rejects.toMatchObject({
    code: "conflict",
  });
});
