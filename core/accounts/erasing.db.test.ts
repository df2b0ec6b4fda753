import { desc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { account, member } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { user } from "#db/schema/auth.ts";
import { usageMinute } from "#db/schema/usage.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { listAudit } from "../audit/list-audit.ts";
import { verifyAudit } from "../audit/verify-audit.ts";
import { requestReset } from "../auth/request-reset.ts";
import { addNote } from "../cases/add-note.ts";
import { addReference, listReferences, removeReference } from "../cases/case-references.ts";
import { getCase } from "../cases/get-case.ts";
import { listCases } from "../cases/list-cases.ts";
import { recordSignals } from "../detection/record-signals.ts";
import { listActions } from "../enforcement/list-actions.ts";
import { chainHash } from "../frame/append-audit.ts";
import { type Ctx, jobCtx } from "../frame/context.ts";
import { accountWithEveryRow, type NamedRows } from "../frame/testing-rows.ts";
import { dayMs } from "../rules/time.ts";
import { addProvider, changeProvider, removeProvider } from "../single-sign-on/configure.ts";
import { accountWith, ctxOf, probingSignal, staffCtx, testNow } from "../testing.ts";
import { closeAccount, reopenAccount } from "./close-account.ts";
import { eraseAccount } from "./erase-account.ts";
import { erasurePlan } from "./erasure-plan.ts";
import { setExternalId } from "./external-id.ts";
import { getAccount } from "./get-account.ts";
import { getAccountAsOf } from "./get-account-as-of.ts";
import { listAccounts } from "./list-accounts.ts";
import { provisionAccount } from "./provision-account.ts";

/** What is personal of a customer who left is erased, and everything that others rely on stays true. */

let test: TestDatabase;
let admin: Ctx;
let left: NamedRows;
let accountId: string;
/** Of the account and, besides, of another one. */
let shared: { userId: string; email: string };
beforeAll(async () => {
  vi.stubEnv("AUTH_SECRET", "only-for-tests-and-at-least-32-long");
  test = await testDatabase();
  admin = await staffCtx(test.db, "admin", "Adele Staff");
  left = await accountWithEveryRow(test.db, "Zzyzx");
  accountId = left.ids.accountId ?? "";
  await setExternalId(admin, { accountId, externalId: "zzyzx-4711" });
  await recordSignals(jobCtx(test.db, "Detectors", testNow), { accountId, signals: [probingSignal(accountId)] });
  const caseId = await caseOf();
  await addNote(admin, { caseId, text: "Ms Zzyzx called." });
  await test.sql`update report set account_id = ${accountId}`;
  await test.sql`insert into case_reference (case_id, label) values (${caseId}, 'zzyzx-ticket')`;
  shared = await sharedPerson();
  await markEveryText();
  await sayElsewhere(caseId);
  await closeAccount(admin, { accountId, reason: "Zzyzx asked for it." });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await test.close();
});

async function caseOf(): Promise<string> {
  const { cases } = await listCases(admin, { search: "Zzyzx" });
  return cases[0]?.id ?? "";
}

/** Writes the word into every text of the account that an erasure takes by its column, past the guards of sealed ones. */
async function markEveryText(): Promise<void> {
  const members = await test.db.select({ userId: member.userId }).from(member).where(eq(member.accountId, accountId));
  const persons = members.filter((one) => one.userId !== shared.userId).map(({ userId }) => ({ userId, email: "" }));
  await test.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const [table, { rows, erased }] of Object.entries(erasurePlan)) {
      if (erased === "delete") continue;
      const texts = await tx.execute<{ name: string }>(sql`select column_name as name from information_schema.columns
        where table_schema = 'public' and table_name = ${table} and data_type = 'text'`);
      for (const { name } of texts) {
        if (!(name in erased)) continue;
        await tx.execute(sql`update ${sql.identifier(table)} set ${sql.identifier(name)} = 'zzyzx-' || id
          where ${rows({ accountId, persons })}`);
      }
    }
  });
}

/** What is said of the account elsewhere than in its own rows: its issuer and a ticket in the provider's log and mail, and an address in a job. */
async function sayElsewhere(caseId: string): Promise<void> {
  const issuer = { name: "Zzyzx ID", issuer: "https://id.zzyzx.example", clientId: "gatehouse", clientSecret: "s" };
  const { providerId } = await addProvider(admin, { ...issuer, audience: "account", accountId });
  await changeProvider(admin, { ...issuer, providerId, audience: "account", accountId, version: 1 });
  const { providerId: removedId } = await addProvider(admin, { ...issuer, audience: "account", accountId });
  await removeProvider(admin, { providerId: removedId });
  await addReference(admin, { caseId, label: "zzyzx-4712" });
  for (const { id, label } of await listReferences(admin, { caseId }))
    if (label === "zzyzx-4712") await removeReference(admin, { referenceId: id });
  const visitor = ctxOf(test.db, { kind: "visitor" });
  await requestReset(visitor, { email: "asks@zzyzx.example" });
  const [asks] = await test.db
    .insert(user)
    .values({ email: "asks@zzyzx.example", name: "Z" })
    .returning({ userId: user.id });
  await test.db.insert(member).values({ accountId, userId: asks?.userId ?? "", role: "viewer" });
}

/** A member of the account who is in another one too. */
async function sharedPerson() {
  const other = await accountWith(test.db, "Other");
  const [made] = await test.db
    .insert(user)
    .values({ email: "both@other.example", name: "Bo Both", emailVerifiedAt: testNow })
    .returning({ userId: user.id, email: user.email });
  if (!made) throw new Error("no user");
  for (const id of [accountId, other.accountId])
    await test.db.insert(member).values({ accountId: id, userId: made.userId, role: "viewer" });
  return made;
}

/** An audit event as versions wrote it that knew no salt. */
async function addOldEvent(ofAccount: string): Promise<void> {
  const [last] = await test.db.select().from(auditEvent).orderBy(desc(auditEvent.id)).limit(1);
  if (!last) throw new Error("no events");
  const who = {
    actorKind: "member" as const,
    actorUserId: null,
    actorName: "Qwghlm",
    ip: "203.0.113.9",
    requestId: "r",
  };
  const what = {
    action: "member.invite",
    subjectKind: "invitation",
    subjectId: "i",
    data: { email: "a@qwghlm.example" },
  };
  const row = { id: last.id + 1, at: testNow, accountId: ofAccount, ...who, ...what };
  await test.db.insert(auditEvent).values({ ...row, hash: chainHash(last.hash, row) });
}

/** Tables in which the word, as it is in every text, name and address of the account, is still to be read. */
async function tablesWith(word: string): Promise<string[]> {
  const tables = await test.db.execute<{ schema: string; name: string }>(
    sql`select schemaname as schema, tablename as name from pg_tables where schemaname in ('public', 'pgboss') order by 2`,
  );
  const found = await Promise.all(
    [...tables].map(async ({ schema, name }) => {
      const [row] = await test.db.execute<{ n: number }>(
        sql`select count(*)::int as n from ${sql.identifier(schema)}.${sql.identifier(name)} t where to_jsonb(t)::text ilike ${`%${word}%`}`,
      );
      return Number(row?.n) > 0 ? [name] : [];
    }),
  );
  return found.flat();
}

const later = (days: number): Ctx => ({ ...admin, now: new Date(testNow.getTime() + days * dayMs) });

describe("erasing an account", () => {
  it("waits for the account to be closed, and for the time after, unless it is said to be immediate", async () => {
    const open = await accountWith(test.db, "Open");
    await expect(eraseAccount(admin, { accountId: open.accountId, isImmediate: true })).rejects.toMatchObject({
      ...{ code: "conflict", message: "Only a closed account can be erased. Close it first." },
    });
    await expect(eraseAccount(later(29), { accountId })).rejects.toMatchObject({ code: "conflict" });
  });

  it("leaves nothing personal in any table, and the audit chain whole", async () => {
    expect((await tablesWith("zzyzx")).length, "tables that held something").toBeGreaterThan(14);
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
    const counted = await test.db.$count(usageMinute, eq(usageMinute.accountId, accountId));
    const events = await test.db.$count(auditEvent);
    const erased = await eraseAccount(later(30), { accountId });
    expect(erased).toMatchObject({ isChanged: true });
    expect(erased.persons).toBeGreaterThan(1);
    expect(await tablesWith("zzyzx")).toEqual([]);
    // Where its people signed in from.
    const [ips] =
      await test.sql`select count(*)::int as n from audit_event where account_id = ${accountId} and ip is not null and actor_kind = 'member'`;
    expect(ips?.n).toBe(0);
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null, events: events + 1 });
    expect(await test.db.$count(usageMinute, eq(usageMinute.accountId, accountId))).toBe(counted);
    expect(counted).toBeGreaterThan(0);
  });

  it("is done once, and for good", async () => {
    const before = await test.db.$count(auditEvent);
    expect(await eraseAccount(later(31), { accountId })).toMatchObject({ isChanged: false });
    await expect(reopenAccount(admin, { accountId, reason: "x" })).rejects.toMatchObject({ code: "conflict" });
    await expect(setExternalId(admin, { accountId, externalId: "zzyzx-4711" })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await test.db.$count(auditEvent)).toBe(before);
    const again = await provisionAccount(admin, { externalId: "cus-again", name: "Again", plan: "Starter" });
    expect(again).toMatchObject({ outcome: "created" });
  });

  it("leaves who is in another account, who is on the staff, and other accounts as they were", async () => {
    const [person] = await test.db.select().from(user).where(eq(user.id, shared.userId));
    expect(person).toMatchObject({ email: shared.email, name: "Bo Both", disabledAt: null });
    expect(await test.db.$count(member, eq(member.userId, shared.userId))).toBe(1);
    const [erased] = await test.db.select().from(user).where(sql`${user.email} like 'erased-%'`).limit(1);
    expect(erased).toMatchObject({ name: "Erased", passwordHash: null });
    const { events } = await listAudit(admin, { accountId });
    expect(events.map((one) => one.actorName)).toContain("Adele Staff");
    expect(new Set(events.map((one) => one.actorName))).toContain("Erased");
    const created = await listAudit(admin, { action: "account.create" });
    expect(created.events.map((one) => one.data.name)).toContain("Again");
  });

  it("leaves the desk its pages about what was", async () => {
    expect(await getAccount(admin, { accountId })).toMatchObject({ name: "Erased account", externalId: null });
    expect((await listAccounts(admin, { search: "Erased" })).total).toBe(1);
    expect((await listActions(admin, { accountId })).length).toBeGreaterThan(0);
    await getAccountAsOf(later(31), { accountId, at: testNow });
    const { cases } = await listCases(admin, { search: "Erased" });
    for (const { id } of cases) await getCase(admin, { caseId: id });
  });
});

describe("after an erasure verify-audit still finds", () => {
  /** Past the guards, as somebody with the database's password could, and taken back. */
  async function verdictAfter(...statements: string[]) {
    let why: string | null = "";
    const takenBack = new Error("taken back");
    await test.db
      .transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`);
        for (const statement of statements) await tx.execute(sql.raw(statement));
        ({ why } = await verifyAudit(tx));
        throw takenBack;
      })
      .catch((error: unknown) => {
        if (error !== takenBack) throw error;
      });
    return why;
  }
  const one = "(select min(id) from audit_event where erasure_id is not null)";
  const lastErased = "(select max(id) from audit_event where erasure_id is not null)";
  const whole = "(select max(id) from audit_event where erasure_id is null and action <> 'account.erase')";
  const note = "(select min(id) from case_event where erasure_id is not null)";

  it.each([
    [
      "what was left of an event altered",
      [`update audit_event set action = 'x' where id = ${one}`],
      /erasure \S+ left was altered/,
    ],
    [
      "an erased event given other words",
      [`update audit_event set actor_name = 'Mallory' where id = ${one}`],
      /left was altered/,
    ],
    ["an erased event's hash altered", [`update audit_event set hash = repeat('0', 64) where id = ${one}`], /altered/],
    ["an erased event removed", [`delete from audit_event where id = ${one}`], /missing/],
    [
      "an event emptied under cover of an erasure that was",
      [
        `update audit_event set data = '{}', erasure_id = (select erasure_id from audit_event where id = ${one}) where id = ${whole}`,
      ],
      /left was altered/,
    ],
    [
      "an event emptied by an erasure that never was",
      [`update audit_event set data = '{}', erasure_id = gen_random_uuid() where id = ${whole}`],
      /never was/,
    ],
    [
      "an erased event made an ordinary one",
      [`update audit_event set erasure_id = null where id = ${lastErased}`],
      /was altered/,
    ],
    ["an erased event of a case altered", [`update case_event set type = 'x' where id = ${note}`], /left was altered/],
    ["an erased event of a case removed", [`delete from case_event where id = ${note}`], /altered or removed/],
    [
      "other evidence of an erased action",
      [
        `update action set evidence = '{"a":1}' where account_id = (select account_id from audit_event where id = ${one})`,
      ],
      /evidence/,
    ],
  ])("%s", async (_what, statements, why) => {
    expect(await verdictAfter()).toBeNull();
    expect(await verdictAfter(...statements)).toMatch(why);
  });
});

describe("the database lets a sealed record be erased only", () => {
  it.each([
    [
      "with other words",
      "update audit_event set data = '{\"x\":1}', actor_name = 'Erased', erasure_id = gen_random_uuid()",
    ],
    ["once more", "update audit_event set erasure_id = gen_random_uuid() where erasure_id is not null"],
    ["where the account is open", "update appeal set cause = 'Erased'"],
    ["with other evidence", "update action set evidence = '{\"x\":1}'"],
    ["by removing it", "delete from case_event where erasure_id is not null"],
  ])("and not %s", async (_what, statement) => {
    if (statement.includes("appeal")) await accountWithEveryRow(test.db, "Staying");
    await expect(test.sql.unsafe(statement)).rejects.toThrow(/append only|sealed/);
  });

  it("erases rows from before there were salts, too", async () => {
    const old = await accountWithEveryRow(test.db, "Qwghlm");
    const id = old.ids.accountId ?? "";
    await addOldEvent(id);
    await closeAccount(admin, { accountId: id, reason: "Asked." });
    await eraseAccount(admin, { accountId: id, isImmediate: true });
    expect(await tablesWith("qwghlm")).toEqual([]);
    expect(await test.db.$count(account, eq(account.id, id))).toBe(1);
    expect(await verifyAudit(test.db)).toMatchObject({ brokenAt: null });
  });
});
