import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { addNote } from "../cases/add-note.ts";
import { claimCase } from "../cases/claim-case.ts";
import { listCases } from "../cases/list-cases.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { jobCtx } from "../frame/context.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { verifyAudit } from "./verify-audit.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

/** A history with several events, and the database's own guards out of the way, as for somebody with its password. */
async function history(): Promise<void> {
  const { accountId } = await accountWith(test.db, "History");
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
  const agent = await staffCtx(test.db, "reviewer");
  const {
    cases: [found],
  } = await listCases(agent, { search: "History" });
  const caseId = found?.id ?? "";
  await claimCase(agent, { caseId, version: 1 });
  await addNote(agent, { caseId, text: "They answered." });
  await imposeAction(agent, {
    accountId,
    caseId,
    type: "suspension",
    durationHours: 24,
    reasonCode: "probing",
    publicText: "Your token asks for other paths.",
    internalNote: "clear",
  });
}

const asOwner = async (statement: string) => {
  await test.sql.unsafe(`set session_replication_role = replica; ${statement}; set session_replication_role = default`);
};

it("cannot be changed or removed through the database's doors, and what is forced past them is found", async () => {
  await history();
  expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null, why: null });
  for (const statement of ["update case_event set type = 'x'", "delete from case_event", "truncate case_event"])
    await expect(test.sql.unsafe(statement)).rejects.toThrow("append only");

  await asOwner(`update case_event set data = '{"text":"They did not answer."}' where type = 'note.added'`);
  expect((await verifyAudit(test.db)).why).toMatch(/Event \d+ of the case .* was altered, or added by hand/);
  await asOwner(`update case_event set data = '{"text":"They answered."}' where type = 'note.added'`);
  expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });

  await asOwner(`update action set evidence = jsonb_set(evidence, '{windowMinutes}', '61')`);
  expect((await verifyAudit(test.db)).why).toMatch(/The evidence of the action .* was altered/);
  await asOwner(`update action set evidence = jsonb_set(evidence, '{windowMinutes}', '60')`);
  expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });

  await asOwner("delete from case_event where id = (select max(id) from case_event)");
  expect((await verifyAudit(test.db)).why).toMatch(/1 events of cases were altered or removed/);
});
