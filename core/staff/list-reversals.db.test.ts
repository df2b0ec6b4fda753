import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { abuseCase, flag } from "#db/schema/abuse.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { liftAction } from "../enforcement/lift-action.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { listReversals, listReversalsByPerson } from "./list-reversals.ts";

const day = 86_400_000;
let test: TestDatabase;
let mia: Ctx;
let sol: Ctx;
let lead: Ctx;
beforeAll(async () => {
  test = await testDatabase();
  mia = await staffCtx(test.db, "reviewer", "Mia");
  sol = await staffCtx(test.db, "reviewer", "Sol");
  lead = await staffCtx(test.db, "lead", "Lee");
});
afterAll(() => test.close());

async function imposed(author: Ctx, name: string, reasonCode: "probing" | "spam" = "probing") {
  const { accountId } = await accountWith(test.db, name);
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
  const [found] = await test.db.select({ caseId: flag.caseId }).from(flag).where(eq(flag.accountId, accountId));
  const terms = { type: "throttle" as const, factor: 0.5, durationHours: 24, internalNote: "chart" };
  const { actionId } = await imposeAction(author, {
    ...{ accountId, caseId: found?.caseId ?? "", reasonCode, publicText: "Your token tries paths." },
    ...terms,
  });
  return { accountId, actionId, caseId: found?.caseId ?? "" };
}

async function appealed(of: { accountId: string; actionId: string }, state: "granted" | "rejected", at = testNow) {
  const said = { cause: "c", changed: "c", prevention: "p", dueAt: at, decidedAt: at };
  await test.db.insert(appeal).values({ ...said, accountId: of.accountId, actionId: of.actionId, state });
}

async function ourFault(of: { actionId: string; caseId: string }) {
  await liftAction(lead, { actionId: of.actionId, reason: "A limit of ours was wrong." });
  await test.db
    .update(abuseCase)
    .set({ state: "closed", outcome: "our_fault", closedAt: testNow })
    .where(eq(abuseCase.id, of.caseId));
}

it("counts what was granted on appeal or was our fault, once each, per reason, detector and author", async () => {
  await appealed(await imposed(mia, "Granted"), "granted");
  await appealed(await imposed(sol, "Rejected"), "rejected");
  await ourFault(await imposed(mia, "Ours"));
  const both = await imposed(sol, "Both", "spam");
  await appealed(both, "granted");
  await ourFault(both);
  const long = await imposed(sol, "Long Ago");
  await appealed(long, "granted", new Date(testNow.getTime() - 91 * day));
  await test.db.update(action).set({ appliedAt: testNow });

  expect(await listReversals(sol, {})).toEqual({
    days: 90,
    reasons: [
      { reasonCode: "probing", onAppeal: 1, ourFault: 1, imposed: 4 },
      { reasonCode: "spam", onAppeal: 1, ourFault: 0, imposed: 1 },
    ],
    detectors: [{ detector: "probing", title: "Probing", onAppeal: 1, ourFault: 1 }],
  });
  expect((await listReversalsByPerson(lead, {})).map(({ userId: _, ...row }) => row)).toEqual([
    { name: "Mia", onAppeal: 1, ourFault: 1, imposed: 2 },
    { name: "Sol", onAppeal: 1, ourFault: 0, imposed: 3 },
  ]);
});

it("shows the figures of people to leads and admins only", async () => {
  for (const role of ["support", "reviewer"] as const) {
    const ctx = await staffCtx(test.db, role);
    await expect(listReversalsByPerson(ctx, {})).rejects.toMatchObject({ code: "forbidden" });
    expect((await listReversals(ctx, {})).days).toBe(90);
    expect(JSON.stringify(await listReversals(ctx, {}))).not.toContain("Mia");
  }
  expect((await listReversalsByPerson(await staffCtx(test.db, "admin"), {})).length).toBeGreaterThan(0);
});
