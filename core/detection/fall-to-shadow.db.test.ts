import { and, eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, it } from "vitest";
import { flag } from "#db/schema/abuse.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { staffMember } from "#db/schema/auth.ts";
import { mail } from "#db/schema/mail.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, staffCtx, testNow, withKey } from "../testing.ts";
import { listDetectors } from "./list-detectors.ts";
import { restoreDetector } from "./restore-detector.ts";
import { settleFlags } from "./settle-flags.ts";

const minute = 60_000;
const day = 86_400_000;
const at = (ms: number) => new Date(testNow.getTime() + ms);

let test: TestDatabase;
let lead: Ctx;
beforeEach(async () => {
  await test?.close();
  test = await testDatabase();
  lead = await staffCtx(test.db, "lead");
});
afterAll(() => test.close());

/** So many flags that staff decided on, raised and decided at a time. */
async function decide(detector: string, isRight: boolean, count: number, now: Date): Promise<void> {
  const { accountId } = await accountWith(test.db, `Decided ${crypto.randomUUID().slice(0, 6)}`);
  const of = {
    accountId,
    detector,
    detectorVersion: 1,
    scope: "token" as const,
    severity: 2,
    summary: "s",
    evidence: {},
  };
  const times = { raisedAt: now, firstSeenAt: now, lastSeenAt: now, decidedAt: now };
  const verdict = isRight
    ? { state: "confirmed" as const }
    : { state: "dismissed" as const, dismissReason: "not_abuse" };
  await test.db
    .insert(flag)
    .values(Array.from({ length: count }, (_, i) => ({ ...of, ...times, ...verdict, scopeId: `t${i}` })));
}

const settle = (now: Date) => settleFlags(jobCtx(test.db, "Detectors", now), {});
const found = async (id: string) => (await listDetectors(lead, {})).find((one) => one.id === id);
const fallsOf = (detector: string) =>
  test.db
    .select({ data: auditEvent.data })
    .from(auditEvent)
    .where(and(eq(auditEvent.action, "detector.fall"), eq(auditEvent.subjectId, detector)));

it("falls once, says so to audit and to leads by mail, and stays in shadow until a lead puts it back with a reason", async () => {
  const mailed = await staffCtx(test.db, "lead", "Mailed Lead");
  const agent = await staffCtx(test.db, "support", "Mailed Agent");
  for (const { actor } of [mailed, agent])
    if (actor.kind === "staff")
      await test.db.update(staffMember).set({ mailsCases: true }).where(eq(staffMember.userId, actor.userId));
  await decide("probing", false, 25, testNow);
  for (let turn = 1; turn <= 3; turn += 1) await settle(at(turn * minute));
  expect(await found("probing")).toMatchObject({
    ...{ mode: "shadow", number: 1, hasFallen: true, note: "Wrong too often: 25 of 25 flags were not abuse." },
  });
  expect(await fallsOf("probing")).toEqual([{ data: { number: 1, right: 0, wrong: 25, days: 30 } }]);
  const mails = await test.db.select({ to: mail.toAddress, subject: mail.subject }).from(mail);
  expect(mails).toEqual([{ to: expect.stringMatching(/^mailed\.lead/), subject: "Detector in shadow: Probing" }]);

  const reason = "One campaign caused all of it.";
  const input = { detector: "probing", reason };
  const reviewer = await staffCtx(test.db, "reviewer");
  await expect(restoreDetector(reviewer, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreDetector(await withKey(lead, "automation"), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(restoreDetector(lead, { ...input, reason: "" })).rejects.toMatchObject({ code: "invalid" });
  await restoreDetector({ ...lead, now: at(day) }, input);
  expect(await found("probing")).toMatchObject({ mode: "flags", number: 2, hasFallen: false, note: reason });
  await expect(restoreDetector(lead, input)).rejects.toMatchObject({ code: "conflict" });

  for (let turn = 1; turn <= 3; turn += 1) await settle(at(day + turn * minute));
  expect((await found("probing"))?.mode, "by what it fell by before").toBe("flags");
  await decide("probing", false, 19, at(2 * day));
  await settle(at(2 * day + minute));
  expect((await found("probing"))?.mode).toBe("flags");
  await decide("probing", false, 1, at(2 * day));
  await settle(at(2 * day + 2 * minute));
  expect(await found("probing")).toMatchObject({ mode: "shadow", number: 3, hasFallen: true });
  expect(await fallsOf("probing")).toHaveLength(2);
});

it("is judged by the last 30 days, whatever was right before, and two workers make one fall of it", async () => {
  await decide("spike", true, 300, at(-40 * day));
  await decide("spike", false, 22, at(-2 * day));
  await Promise.all([settle(testNow), settle(testNow)]);
  expect(await fallsOf("spike")).toHaveLength(1);
  expect(await found("spike")).toMatchObject({ mode: "shadow", number: 1 });
});

it("keeps flags that people and intakes raise, however often they are wrong", async () => {
  await decide("report", false, 40, testNow);
  await decide("token_leak", false, 40, testNow);
  await settle(at(minute));
  expect([(await found("report"))?.mode, (await found("token_leak"))?.mode]).toEqual(["flags", "flags"]);
});
