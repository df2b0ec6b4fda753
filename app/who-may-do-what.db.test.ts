import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticate } from "#core/api/authenticate.ts";
import { exportAudit } from "#core/audit/export-audit.ts";
import { getCase } from "#core/cases/get-case.ts";
import type { Ctx } from "#core/frame/context.ts";
import type { UseCase } from "#core/frame/define.ts";
import { AppError } from "#core/frame/errors.ts";
import { grantableKeyScopes } from "#core/frame/permissions.ts";
import { listReports } from "#core/reports/list-reports.ts";
import { staffRoles } from "#core/rules/vocabulary.ts";
import { listStaff } from "#core/staff/list-staff.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { ctxOf } from "#core/testing.ts";
import { listTokens } from "#core/tokens/list-tokens.ts";
import { getUsageSeries } from "#core/usage/get-usage-series.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { type AnyAction, browser, commandOf, everyAction } from "./testing.ts";
import { deskOf } from "./testing-desk.ts";
import { aReporter, attempts, type Outcome } from "./testing-who-may.ts";

/**
 * “Who may do what”, row by row: each attempt by each role, once through the use case and once through the action of the screen,
 * posted as the browser does it. A program with an automation key has no screen; its refusals come through its key.
 */

const columns = [...staffRoles, "automation"] as const;
type Column = (typeof columns)[number];
const actions = await everyAction();
let test: TestDatabase;
let desk: ReturnType<typeof deskOf>;
const people = new Map<Column, Ctx>();
function person(column: Column): Ctx {
  const found = people.get(column);
  if (!found) throw new Error(`Nobody is ${column}.`);
  return found;
}

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
  desk = deskOf(test.db);
  for (const role of staffRoles) people.set(role, await desk.staff(role));
  people.set("automation", await keyOf(await desk.staff("admin"), "automation"));
});
afterAll(() => test.close());

/** The person with a key of theirs that has every scope it can have, as the API makes it of the secret. */
async function keyOf(
  owner: Ctx,
  kind: "automation" | "personal",
  scopes = grantableKeyScopes(owner.actor, kind),
): Promise<Ctx> {
  const { secret } = await createKey(owner, { name: "bot", kind, scopes });
  const { actor } = await authenticate(test.db, `Bearer ${secret}`, null, new Date());
  return ctxOf(test.db, actor, new Date());
}

function actionOf(name: string): AnyAction {
  const found = actions.get(name);
  if (!found) throw new Error(`No screen has the action ${name}.`);
  return found;
}

const audited = async () => (await test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent))[0]?.n ?? 0;

/** What came of it, from the answer; and a refusal wrote nothing, not even an audit row. */
async function outcomeOf(run: () => Promise<Record<string, unknown>>): Promise<Outcome> {
  const before = await audited();
  try {
    const made = await run();
    expect(await audited()).toBeGreaterThan(before);
    if (made.state === "pending_approval") return "propose";
    return made.lapsesAt || made.isEmergency ? "emergency" : "yes";
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(["forbidden", "invalid", "unauthenticated"]).toContain(error.code);
    expect(error.message).toMatch(/^.{10,}[.”]$/s);
    expect(await audited()).toBe(before);
    return "no";
  }
}

async function byUseCase(useCase: UseCase, who: Ctx, form: Record<string, unknown>): Promise<Outcome> {
  return outcomeOf(
    async () => ((await useCase.fromUnknown({ ...who, now: new Date() }, form)) ?? {}) as Record<string, unknown>,
  );
}

async function byScreen(act: AnyAction, who: Ctx, form: Record<string, unknown>): Promise<Outcome> {
  return outcomeOf(async () => {
    const result = await browser(test.db).post(act, who.actor, form);
    if (result.status === "error") throw new AppError(result.code, result.message, { fields: result.fields });
    return (result.shown ?? {}) as Record<string, unknown>;
  });
}

describe.each(attempts)("$what", ({ act: name, may, form }) => {
  it("through the use case, by every role and by a program", async () => {
    const useCase = commandOf(actionOf(name));
    const found: Outcome[] = [];
    for (const column of columns)
      found.push(await byUseCase(useCase, person(column), await form(person(column), test.db)));
    expect(Object.fromEntries(columns.map((column, index) => [column, found[index]]))).toEqual(
      Object.fromEntries(columns.map((column, index) => [column, may[index]])),
    );
  });

  it("through the screen's action, by every role; a program has no screen", async () => {
    const found: Outcome[] = [];
    for (const column of columns)
      found.push(await byScreen(actionOf(name), person(column), await form(person(column), test.db)));
    expect(Object.fromEntries(columns.map((column, index) => [column, found[index]]))).toEqual(
      Object.fromEntries(columns.map((column, index) => [column, column === "automation" ? "no" : may[index]])),
    );
  });
});

describe("see cases and usage", () => {
  it("by every role, and by a program with the scope to read and no other", async () => {
    const { caseId, accountId } = await desk.aCase();
    const reads: [UseCase, Record<string, unknown>, string][] = [
      [getCase, { caseId }, "staff:cases:read"],
      [getUsageSeries, { accountId }, "staff:usage:read"],
      [listTokens, { accountId }, "staff:tokens:read"],
    ] as [UseCase, Record<string, unknown>, string][];
    for (const [read, input, scope] of reads) {
      for (const role of staffRoles) await read.fromUnknown(person(role), input);
      const owner = person("admin");
      await read.fromUnknown(await keyOf(owner, "automation", [scope]), input);
      const without = await keyOf(owner, "automation", ["staff:gates:read"]);
      await expect(read.fromUnknown(without, input)).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  it("with the addresses of reporters masked for all of them", async () => {
    await aReporter(person("admin"), test.db);
    for (const column of columns) {
      const rows = await listReports(person(column), {});
      expect(rows.map((row) => row.maskedEmail)).toContain("n…@example.com");
      expect(JSON.stringify(rows)).not.toContain("nina@");
    }
  });
});

describe("staff, roles, audit export", () => {
  const month = { month: new Date().toISOString().slice(0, 7) };
  it("the list of the staff is read by leads and admins, and the audit log taken along by admins alone", async () => {
    const { GET } = await import("./(staff)/staff/audit/csv/route.ts");
    for (const column of columns) {
      const who = person(column);
      const isSenior = column === "lead" || column === "admin";
      const list = listStaff(who, {});
      await (isSenior ? list : expect(list).rejects.toMatchObject({ code: "forbidden" }));
      const taken = exportAudit(who, month);
      await (column === "admin" ? taken : expect(taken).rejects.toMatchObject({ code: "forbidden" }));
      const response = await download(GET, who);
      expect([column, response.status]).toEqual([
        column,
        column === "admin" ? 200 : column === "automation" ? 404 : 403,
      ]);
    }
  });

  async function download(get: (request: Request) => Promise<Response>, who: Ctx): Promise<Response> {
    browser(test.db).as(who.actor);
    return get(new Request(`https://desk.acme.test/staff/audit/csv?month=${month.month}`));
  }
});
