import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { token } from "#db/schema/tokens.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { createIntegration } from "../integrations/create-integration.ts";
import { inviteMember } from "../invitations/invite.ts";
import { memberRoles, staffRoles } from "../rules/vocabulary.ts";
import { accountWith, ctxOf, staffCtx, testNow } from "../testing.ts";
import { createToken } from "../tokens/create-token.ts";
import type { Actor, Ctx } from "./context.ts";
import type { UseCase } from "./define.ts";
import { can, permissions } from "./permissions.ts";

/** Every use case that is on disk: a new one is in this suite by being there. */
const modules = import.meta.glob<Record<string, unknown>>(
  ["../*/*.ts", "!../**/*.test.ts", "!../rules/**", "!../gate/**", "!../jobs/main.ts"],
  { eager: true },
);

const useCases = Object.entries(modules).flatMap(([path, exports]) =>
  Object.entries(exports).flatMap(([name, value]) => (isUseCase(value) ? [{ name, path, useCase: value }] : [])),
);

function isUseCase(value: unknown): value is UseCase {
  return typeof value === "function" && "permission" in value && "fromUnknown" in value;
}

const ids = { userId: crypto.randomUUID(), sessionId: crypto.randomUUID(), name: "N" };
const actors: Actor[] = [
  { kind: "visitor" },
  { kind: "user", ...ids, email: "n@example.com" },
  ...memberRoles.map((role): Actor => ({ kind: "member", ...ids, accountId: crypto.randomUUID(), role })),
  ...staffRoles.map((role): Actor => ({ kind: "staff", ...ids, role })),
  { kind: "job", name: "j" },
];

describe("every use case on disk", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.close());

  it("is found", () => {
    expect(useCases.length).toBeGreaterThan(40);
    expect(new Set(useCases.map((one) => one.useCase.permission)).size).toBeGreaterThan(15);
    // A permission that nothing asks for is a row that lies.
    const asked = new Set(useCases.map((one) => one.useCase.permission));
    expect(Object.keys(permissions).filter((name) => !asked.has(name as keyof typeof permissions))).toEqual([]);
  });

  it.each(useCases)("$name makes no number and no time of what is neither", ({ useCase }) => {
    const fields = useCase.input instanceof z.ZodObject ? Object.entries<z.ZodType>(useCase.input.shape) : [];
    const taken = fields.flatMap(([name, field]) =>
      [null, [], true, "", " "].flatMap((given) => {
        const { data } = field.safeParse(given);
        return typeof data === "number" || data instanceof Date ? [`${name}: ${JSON.stringify(given)}`] : [];
      }),
    );
    expect(taken).toEqual([]);
  });

  it.each(useCases)(
    "$name refuses everybody without its permission, before it looks at anything",
    async ({ useCase }) => {
      for (const actor of actors.filter((one) => !can(one, useCase.permission))) {
        const code = actor.kind === "visitor" ? "unauthenticated" : "forbidden";
        await expect(useCase.fromUnknown(ctxOf(test.db, actor), { nonsense: true })).rejects.toMatchObject({ code });
      }
    },
  );

  it.each(useCases)("$name refuses fields it does not know and changes nothing", async ({ useCase }) => {
    const before = await test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent);
    for (const actor of actors.filter((one) => can(one, useCase.permission))) {
      const refused = useCase.fromUnknown(ctxOf(test.db, actor), { __proto: 1, nonsense: "x".repeat(1_000) });
      await expect(refused).rejects.toMatchObject({ code: "invalid", fields: { nonsense: "There is no such field." } });
    }
    expect(await test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent)).toEqual(before);
  });
});

describe("another account's ids", () => {
  let test: TestDatabase;
  let stranger: Ctx;
  let theirs: Record<string, unknown>;
  beforeAll(async () => {
    test = await testDatabase();
    await test.db.execute(sql`select ensure_usage_partitions(${testNow}, ${testNow})`);
    const victim = await accountWith(test.db, "Victim");
    const owner = await victim.memberCtx("owner");
    const made = await createToken(owner, { name: "their token" });
    const invited = await inviteMember(owner, { email: "new@example.com", role: "viewer" });
    const said = { name: "App", purpose: "Sends mail", contactEmail: "app@example.com" };
    const integration = await createIntegration(owner, said);
    stranger = await (await accountWith(test.db, "Stranger")).memberCtx("owner");
    theirs = {
      accountId: victim.accountId,
      tokenId: made.tokenId,
      userId: owner.actor.kind === "member" ? owner.actor.userId : "",
      invitationId: invited.id,
      noticeId: crypto.randomUUID(),
      integrationId: integration.id,
      ruleId: crypto.randomUUID(),
      alertId: crypto.randomUUID(),
      exportId: crypto.randomUUID(),
      ...said,
      scopes: ["email:send"],
      overlapHours: 1,
      name: "stolen",
      role: "viewer",
      reason: "none",
      email: "x@example.com",
    };
  });
  afterAll(() => test.close());

  const forMembers = useCases.filter(({ useCase }) =>
    actors.some((one) => one.kind === "member" && can(one, useCase.permission)),
  );

  it.each(forMembers)("$name gives a member of another account a miss and changes nothing", async ({ useCase }) => {
    const input = Object.fromEntries(Object.entries(theirs).filter(([key]) => knows(useCase, key)));
    const named = ["accountId", "tokenId", "userId", "invitationId", "noticeId", "integrationId", "ruleId"].filter(
      (key) => key in input,
    );
    if (named.length === 0) return;
    const before = await everything();
    const code = await useCase.fromUnknown(stranger, input).then(
      () => "done",
      (error: unknown) => (error instanceof Error && "code" in error ? error.code : String(error)),
    );
    // An id that only filters a list of one's own gives an empty list.
    const isFilter = useCase.kind === "query" && !named.includes("accountId");
    expect(isFilter ? "not_found" : code).toBe("not_found");
    expect(await everything()).toEqual(before);
  });

  it("staff see the account that a stranger cannot", async () => {
    const agent = await staffCtx(test.db, "support");
    const readers = forMembers.filter(
      ({ useCase }) => useCase.kind === "query" && knows(useCase, "accountId") && can(agent.actor, useCase.permission),
    );
    expect(readers.length).toBeGreaterThan(5);
    for (const { useCase } of readers) await useCase.fromUnknown(agent, { accountId: theirs.accountId });
  });

  const knows = (useCase: UseCase, key: string): boolean =>
    "shape" in useCase.input && key in (useCase.input.shape as object);
  const everything = () =>
    Promise.all([
      test.db
        .select({ id: token.id, name: token.name, version: token.version, revokedAt: token.revokedAt })
        .from(token),
      test.db.select({ id: account.id, version: account.standingVersion }).from(account),
      test.db.select({ n: sql<number>`count(*)::int` }).from(auditEvent),
    ]);
});
