import { gt, max, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Operation } from "#core/api/operation.ts";
import { operations } from "#core/api/operations.ts";
import { forgetOwnLimits } from "#core/api/own-limit.ts";
import { apiClient, type Reply } from "#core/api/testing.ts";
import type { Ctx } from "#core/frame/context.ts";
import { can, grantableKeyScopes, tokenScopes } from "#core/frame/permissions.ts";
import { memberRoles, staffRoles } from "#core/rules/vocabulary.ts";
import { createKey } from "#core/staff-keys/create-key.ts";
import { accountWith, staffCtx } from "#core/testing.ts";
import { createToken } from "#core/tokens/create-token.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import type { ActionResult } from "./_lib/action-result.ts";
import { type AnyAction, browser, commandOf, everyAction } from "./testing.ts";
import { stories } from "./testing-stories.ts";
import type { World } from "./testing-world.ts";

/** Every command that has both a call of the API and an action of a screen, through both: they must do the same and refuse alike. */

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
    // A personal key lives for hours, and the calls below look at the real clock.
    const ctx = await staffCtx(test.db, role, undefined, new Date());
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
async function byScreen(
  act: AnyAction,
  ctx: Ctx | null,
  input: Record<string, unknown>,
  slug = account.slug,
): Promise<Outcome> {
  const actor = ctx?.actor ?? { kind: "visitor" as const };
  const result = await browser(test.db).post(act, actor, input, { account: slug });
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
function nowhere({ path, isReplacing, example }: Operation): Record<string, unknown> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const ids = names.map((name): [string, unknown] => [
    name,
    /plan|endpoint/.test(name) && path.startsWith("/staff") ? 999_999 : crypto.randomUUID(),
  ]);
  // A form leaves fields to a default where a call must name them all.
  return { ...(isReplacing ? { ...example?.input, version: 999_999 } : {}), ...Object.fromEntries(ids) };
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

  it.each(pairs)("$id does the same, and refuses the same when it is sent again", async ({ id, act, operation }) => {
    const story = stories[id];
    if (!story) throw new Error(`${id} has no story in testing-stories.ts.`);
    const seen = [];
    for (const door of ["screen", "api"]) {
      const world = await newWorld();
      const input = await story(world);
      const from = await lastEvent();
      const send = () => {
        if (door === "api") return byApi(operation, isForStaff({ operation }) ? world.key : world.token, input);
        return byScreen(
          act,
          isForStaff({ operation }) ? world.admin : world.owner,
          { ...input, ...operation.fixed },
          world.slug,
        );
      };
      const first = await send();
      const events = await eventsSince(from);
      seen.push({ first, events, second: await send() });
    }
    expect(seen[0]?.first.code).toBe("ok");
    expect(seen[0]?.events.length).toBeGreaterThan(0);
    expect(seen[1]).toEqual(seen[0]);
  });
});

async function newWorld(): Promise<World & { slug: string; token: string; key: string }> {
  const now = new Date();
  const made = await accountWith(test.db, "Twin");
  const owner = await made.memberCtx("owner", now);
  const viewer = await made.memberCtx("viewer", now);
  const admin = { ...who("admin"), now };
  const { secret } = await createToken(owner, {
    name: "automation",
    scopes: [...tokenScopes, "email:send"],
  });
  return {
    ...{ accountId: made.accountId, slug: made.slug, owner, viewer, admin },
    lead: { ...who("lead"), now },
    token: secret,
    key: credentials.get("admin") ?? "",
  };
}

async function lastEvent(): Promise<number> {
  const [row] = await test.db.select({ id: max(auditEvent.id) }).from(auditEvent);
  return row?.id ?? 0;
}

/** What the audit log says happened, without what differs between any two acts: what was before, ids, times, hashes and numbered names. */
async function eventsSince(id: number) {
  const rows = await test.db.select().from(auditEvent).where(gt(auditEvent.id, id)).orderBy(auditEvent.id);
  return rows.map(({ action, subjectKind, accountId, data }) => ({
    ...{ action, subjectKind, hasAccount: accountId !== null },
    // The second door finds what the first one has left, so what was before differs.
    data: JSON.stringify(data, (key, value: unknown) => (key === "changes" ? "<changes>" : value))
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
      .replaceAll(/[0-9a-f]{64}/g, "<hash>")
      .replaceAll(/"(\w+Id|number)":\d+/g, `"$1":"<id>"`)
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
      .replaceAll(/gthg?_…\w+/g, "<preview>")
      .replaceAll(/(Plan|Scale|Northwind|check|verify|new\.|jonas\.|mara\.) ?\d+/g, "$1<n>"),
  }));
}
