import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { decideAppeal } from "../appeals/decide-appeal.ts";
import { submitAppeal } from "../appeals/submit-appeal.ts";
import { addNote } from "../cases/add-note.ts";
import { listCases } from "../cases/list-cases.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { imposeAction } from "../enforcement/impose-action.ts";
import { chainHash } from "../frame/append-audit.ts";
import { jobCtx } from "../frame/context.ts";
import { recordView } from "../personal-data/record-view.ts";
import { accountWith, probingSignal, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import { type Anchor, verifyAudit } from "./verify-audit.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
  const { accountId, memberCtx } = await accountWith(test.db, "Tampered");
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
  const agent = await staffCtx(test.db, "reviewer");
  const {
    cases: [found],
  } = await listCases(agent, { search: "Tampered" });
  const caseId = found?.id ?? "";
  for (const text of ["They answered.", "They wrote again.", "They are quiet."]) await addNote(agent, { caseId, text });
  const { actionId } = await imposeAction(agent, {
    accountId,
    caseId,
    type: "suspension",
    durationHours: 24,
    reasonCode: "probing",
    publicText: "Your token asks for other paths.",
    internalNote: "clear",
  });
  const { appealId } = await submitAppeal(await memberCtx("owner"), {
    actionId,
    cause: "A wrong base address.",
    changed: "We corrected the address.",
    prevention: "A test covers it now.",
  });
  const decider = await staffCtx(test.db, "lead");
  await decideAppeal(decider, { appealId, version: 1, decision: "rejected", text: "It went on after that." });
  await recordView(decider, { accountId, what: "case", subjectId: caseId });
});
afterAll(() => test.close());

describe("every door of the database refuses", () => {
  it.each([
    ["a changed audit event", "update audit_event set action = 'x'"],
    ["a removed audit event", "delete from audit_event"],
    ["an emptied audit log", "truncate audit_event"],
    ["a changed event of a case", "update case_event set data = '{}'"],
    ["a removed event of a case", "delete from case_event"],
    ["emptied timelines", "truncate case_event"],
    ["a removed case", "delete from abuse_case"],
    ["emptied cases, with all that hangs on them", "truncate abuse_case cascade"],
    ["a removed flag", "delete from flag"],
    ["emptied flags", "truncate flag"],
    ["another reason of an action", "update action set public_text = 'Something else.'"],
    ["another author of an action", "update action set author_user_id = (select user_id from member limit 1)"],
    ["other evidence", "update action set evidence = '{}'"],
    ["a removed action", "delete from action"],
    ["emptied actions", "truncate action cascade"],
    ["other words of an owner", "update appeal set cause = 'We did it on purpose.'"],
    ["another decision text", "update appeal set decision_text = 'You are right.'"],
    ["a removed appeal", "delete from appeal"],
    ["emptied appeals", "truncate appeal cascade"],
    ["other words of a notice", "update notice set body = 'Nothing happened.'"],
    ["a removed notice", "delete from notice"],
    ["emptied notices", "truncate notice cascade"],
    ["a changed look at personal data", "update view_event set reason = 'x'"],
    ["emptied looks", "truncate view_event"],
    ["an account that is deleted with its history", "delete from account"],
    ["a person who is deleted with their acts", 'delete from "user" where id in (select author_user_id from action)'],
  ])("%s", async (_what, statement) => {
    await expect(test.sql.unsafe(statement)).rejects.toThrow(/append only|sealed|foreign key/);
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
  });
});

/** Does it past the guards, as somebody with the database's password could, looks, and takes it back. */
const verdictAfter = (...statements: string[]) => verdictBy(null, ...statements);

/** The same, with the anchor of an earlier run. */
async function verdictBy(anchor: Anchor | null, ...statements: string[]) {
  const takenBack = new Error("taken back");
  let verdict: Awaited<ReturnType<typeof verifyAudit>> | null = null;
  await test.db
    .transaction(async (tx) => {
      await tx.execute(sql`set local session_replication_role = replica`);
      for (const statement of statements) await tx.execute(sql.raw(statement));
      verdict = await verifyAudit(tx, undefined, anchor);
      throw takenBack;
    })
    .catch((error: unknown) => {
      if (error !== takenBack) throw error;
    });
  return verdict;
}

/** Swaps all facts of two rows but their ids. */
function swap(table: string, columns: string, a: string, b: string): string {
  const to = columns.split(", ").map((column) => `${column} = other.${column}`);
  return `update ${table} mine set ${to.join(", ")} from ${table} other
    where (mine.id, other.id) in (((${a}), (${b})), ((${b}), (${a})))`;
}
const facts =
  "at, account_id, actor_kind, actor_user_id, actor_name, action, subject_kind, subject_id, data, request_id, ip";
const notes = (offset: number) =>
  `select id from case_event where type = 'note.added' order by id offset ${offset} limit 1`;

describe("what is forced past them is found", () => {
  it("nothing, as long as nothing was forced", async () => {
    expect(await verdictAfter()).toMatchObject({ brokenAt: null, why: null });
  });

  it.each([
    ["an altered audit event", ["update audit_event set actor_name = 'Nobody' where id = 3"], 3, /Event 3 was altered/],
    ["an altered hash", [`update audit_event set hash = repeat('0', 64) where id = 3`], 3, /Event 3 was altered/],
    ["a removed audit event", ["delete from audit_event where id = 3"], 4, /Event 3 is missing/],
    ["a removed first event", ["delete from audit_event where id = 1"], 2, /Event 1 is missing/],
    [
      "a removed event whose place was closed up",
      ["delete from audit_event where id = 3", "update audit_event set id = id - 1 where id > 3"],
      3,
      /Event 3 was altered/,
    ],
    ["two audit events in the other order", [swap("audit_event", facts, "2", "3")], 2, /Event 2 was altered/],
    [
      "two with their hashes in the other order",
      [swap("audit_event", `${facts}, hash`, "2", "3")],
      2,
      /Event 2 was altered/,
    ],
    [
      "an audit event that was put between",
      [
        "update audit_event set id = -id - 1 where id >= 3",
        "update audit_event set id = -id where id < 0",
        "insert into audit_event select (jsonb_populate_record(e, '{\"id\": 3}')).* from audit_event e where id = 2",
      ],
      3,
      /Event 3 was altered/,
    ],
  ])("%s", async (_what, statements, brokenAt, why) => {
    expect(await verdictAfter(...statements)).toMatchObject({ brokenAt, why: expect.stringMatching(why) });
  });

  it("the newest events cut off, or replaced by others with right hashes, by the anchor of an earlier run alone", async () => {
    // The last event seals nothing of a case: a missing seal would be found from inside.
    await createToken(await (await accountWith(test.db, "Last")).memberCtx("owner"), { name: "one" });
    const { events, head } = await verifyAudit(test.db);
    const anchor = { events, head };
    expect(await verdictBy(anchor)).toMatchObject({ brokenAt: null, events, head });
    const cut = `delete from audit_event where id = ${events}`;
    expect(await verdictAfter(cut)).toMatchObject({ brokenAt: null, events: events - 1 });
    expect(await verdictBy(anchor, cut)).toMatchObject({
      brokenAt: events,
      why: `Events ${events} to ${events} of the anchor are missing.`,
    });

    const [before] = await test.sql`select hash from audit_event where id = ${events - 1}`;
    const row = { id: events, at: testNow, accountId: null, actorKind: "job" as const, actorUserId: null };
    const more = { actorName: "x", action: "x", subjectKind: "x", subjectId: "x", data: {}, requestId: "x", ip: null };
    const hash = chainHash(String(before?.hash), { ...row, ...more });
    const forged = `insert into audit_event
      (id, at, actor_kind, actor_name, action, subject_kind, subject_id, data, request_id, hash)
      values (${row.id}, '${testNow.toISOString()}', 'job', 'x', 'x', 'x', 'x', '{}', 'x', '${hash}')`;
    expect(await verdictAfter(cut, forged)).toMatchObject({ brokenAt: null, events });
    expect(await verdictBy(anchor, cut, forged)).toMatchObject({
      brokenAt: events,
      why: expect.stringContaining("another than the anchor's"),
    });
  });

  it.each([
    [
      "an altered event of a case",
      [`update case_event set data = '{"text":"x"}' where id = (${notes(1)})`],
      /was altered, or added/,
    ],
    ["a removed one", [`delete from case_event where id = (${notes(1)})`], /1 events of cases were altered or removed/],
    [
      "one that was added by hand",
      [
        `insert into case_event (case_id, at, type, actor_kind, actor_name, data)
      select case_id, at, type, actor_kind, actor_name, '{"text":"x"}' from case_event where id = (${notes(0)})`,
      ],
      /added by hand/,
    ],
    ["two in the other order", [swap("case_event", "at, data", notes(0), notes(1))], /was altered, or added/],
    [
      "one that was moved to another time",
      [`update case_event set at = at - interval '1 day' where id = (${notes(0)})`],
      /was altered/,
    ],
    [
      "other evidence of an action",
      ["update action set evidence = jsonb_set(evidence, '{windowMinutes}', '61')"],
      /evidence of the action/,
    ],
    ["an action that is gone", ["delete from action"], /The action \S+ was removed/],
    [
      "other evidence with its hash",
      [`update action set evidence = '{}', evidence_hash = encode(sha256('{}'), 'hex')`],
      /evidence of the action/,
    ],
  ])("%s", async (_what, statements, why) => {
    expect(await verdictAfter(...statements)).toMatchObject({ why: expect.stringMatching(why) });
  });
});
