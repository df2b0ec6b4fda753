import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Operation } from "#core/api/operation.ts";
import { operations } from "#core/api/operations.ts";
import { forgetOwnLimits } from "#core/api/own-limit.ts";
import { apiClient, type Reply } from "#core/api/testing.ts";
import type { Ctx } from "#core/context.ts";
import { createKey } from "#core/keys/create-key.ts";
import { can, grantableKeyScopes } from "#core/permissions.ts";
import { memberRoles, staffRoles } from "#core/rules/vocabulary.ts";
import { accountWith, staffCtx } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { ActionResult } from "./_lib/action.ts";
import { type AnyAction, browser, commandOf, everyAction } from "./testing.ts";

/** Every command that has both a call of the API and an action of a screen, through both: they must refuse alike. */

const actions = await everyAction();
const pairs = operations.flatMap((operation) => {
  if (operation.useCase.kind === "query") return [];
  const act = actionFor(operation);
  return act ? [{ id: operation.id, operation, act }] : [];
});

function actionFor({ id, useCase }: Operation): AnyAction | undefined {
  const area = id.startsWith("staff.") ? "staff/" : /^(owner|public)\//;
  const all = [...actions].filter(([, act]) => commandOf(act) === useCase);
  return all.find(([name]) => (typeof area === "string" ? name.startsWith(area) : area.test(name)))?.[1];
}

let test: TestDatabase;
let account: Awaited<ReturnType<typeof accountWith>>;
const people = new Map<string, Ctx>();
const credentials = new Map<string, string>();

beforeAll(async () => {
  test = await testDatabase();
  await test.db.execute(sql`select ensure_usage_partitions(now(), now())`);
  account = await accountWith(test.db, "Northwind");
  for (const role of memberRoles) people.set(role, await account.memberCtx(role));
  const owner = who("owner");
  credentials.set("none", (await createToken(owner, { name: "bare", scopes: ["email:send"] })).secret);
  for (const role of staffRoles) {
    const ctx = await staffCtx(test.db, role);
    people.set(role, ctx);
    const made = await createKey(ctx, {
      name: role,
      kind: "personal",
      scopes: grantableKeyScopes(ctx.actor, "personal"),
    });
    credentials.set(role, made.secret);
  }
});
afterAll(() => test.close());
beforeEach(() => forgetOwnLimits());

function who(role: string): Ctx {
  const ctx = people.get(role);
  if (!ctx) throw new Error(`Nobody is ${role}.`);
  return ctx;
}

type Outcome = { code: string; fields: string[] };

/** What the browser gets back, in the words both doors share. */
async function byScreen(act: AnyAction, ctx: Ctx | null, input: Record<string, unknown>): Promise<Outcome> {
  const actor = ctx?.actor ?? { kind: "visitor" as const };
  const result = await browser(test.db).post(act, actor, input, { account: account.slug });
  return outcomeOf(result);
}

function outcomeOf(result: ActionResult<unknown>): Outcome {
  if (result.status === "ok") return { code: "ok", fields: [] };
  return { code: result.code, fields: Object.values(result.fields).sort() };
}

/** The same from the API; `input` is spread over address, query and body as the call has it. */
async function byApi(operation: Operation, token: string | null, input: Record<string, unknown>): Promise<Outcome> {
  const call = apiClient(test.db, new Date());
  const rest = { ...input };
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return value;
  });
  const bearer = token === null ? {} : { token };
  const reply: Reply =
    operation.method === "DELETE"
      ? await call("DELETE", `${path}?${new URLSearchParams(rest as Record<string, string>)}`, bearer)
      : await call(operation.method, path, { ...bearer, body: rest });
  if (reply.status < 300) return { code: "ok", fields: [] };
  const errors = (reply.body.errors ?? []) as { detail: string }[];
  return { code: String(reply.body.code), fields: errors.map((one) => one.detail).sort() };
}

/** Ids of nothing, for what the address of the call names. */
function nowhere({ path }: Operation): Record<string, unknown> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return Object.fromEntries(
    names.map((name) => [
      name,
      /plan|endpoint/.test(name) && path.startsWith("/staff") ? 999_999 : crypto.randomUUID(),
    ]),
  );
}

const isForStaff = ({ operation }: { operation: Operation }) => operation.id.startsWith("staff.");

describe("both doors", () => {
  it("are found", () => {
    expect(pairs.length).toBeGreaterThan(35);
    for (const { act, operation } of pairs) expect(commandOf(act)).toBe(operation.useCase);
  });

  it.each(pairs.filter((one) => !one.operation.isPublic))("$id knows nobody without a credential", async (pair) => {
    const input = nowhere(pair.operation);
    const screen = await byScreen(pair.act, null, input);
    expect(screen.code).toBe("unauthenticated");
    expect(await byApi(pair.operation, null, input)).toEqual(screen);
  });

  it.each(pairs.filter(isForStaff))("$id is refused to the same staff", async ({ act, operation }) => {
    const input = nowhere(operation);
    for (const role of staffRoles) {
      const screen = await byScreen(act, who(role), input);
      expect(screen.code === "forbidden").toBe(!can(who(role).actor, operation.useCase.permission));
      expect([role, await byApi(operation, credentials.get(role) ?? "", input)]).toEqual([role, screen]);
    }
  });
});
