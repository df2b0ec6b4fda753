import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { Queryable } from "#db/client.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { rolledBack, type TestDatabase, testDatabase } from "#db/testing.ts";
import { memberRoles, staffRoles } from "../rules/vocabulary.ts";
import { ctxOf, staffCtx, testNow } from "../testing.ts";
import type { Actor } from "./context.ts";
import type { UseCase } from "./define.ts";
import { AppError } from "./errors.ts";
import { can, permissions } from "./permissions.ts";
import { accountWithEveryRow, type NamedRows, receiptAt } from "./testing-rows.ts";

/** Every use case that is on disk: a new one is in this suite by being there. */
const modules = import.meta.glob<Record<string, unknown>>(
  [
    "../*/*.ts",
    "!../**/*.test.ts",
    "!../rules/**",
    "!../gate/**",
    "!../jobs/main.ts",
    "!../mail-intake/parse-thread.ts",
  ],
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
  { kind: "token_view", viewId: crypto.randomUUID(), of: { tokenId: ids.userId, accountId: ids.userId, name: "T" } },
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

/** Fields that name no row of an account, and why. */
const sharedIds: Record<string, string> = {
  endpointId: "an endpoint of the provider, the same for every account",
  beforeId: "a place in a list, which is then of the account that asks",
  subjectId: "what events of the audit log are about, in the log of the account that asks",
};
/** The other fields of those use cases. */
const samples: Record<string, unknown> = {
  ...{ name: "stolen", purpose: "Sends mail", contactEmail: "x@example.com", url: "https://stolen.example/hook" },
  ...{ scopes: ["email:send"], overlapHours: 1, role: "developer", text: "Hello." },
  ...{ cause: "A loop in 4.2.", changed: "We wait now.", prevention: "A test covers it." },
};

const forMembers = useCases.filter(({ useCase }) =>
  actors.some((one) => one.kind === "member" && can(one, useCase.permission)),
);
const fieldsOf = (useCase: UseCase) =>
  useCase.input instanceof z.ZodObject ? Object.entries<z.ZodType>(useCase.input.shape) : [];
/** By its name, or because it takes a UUID and nothing else. */
const isId = ([field, type]: [string, z.ZodType]) =>
  /Ids?$|^receipt$/.test(field) ||
  (type.safeParse(crypto.randomUUID()).success && !type.safeParse("words, and no id of anything at all.").success);
/** What the field names: both webhooks and usage have an endpointId. */
const kindOfId = (useCase: UseCase, field: string) =>
  field === "endpointId" && useCase.permission.startsWith("webhooks:") ? "webhookEndpointId" : field;
const namings = forMembers.flatMap(({ name, useCase }) =>
  fieldsOf(useCase)
    .filter(isId)
    .map(([field]) => ({ name, useCase, field, kind: kindOfId(useCase, field) })),
);

describe("another account's id", () => {
  let test: TestDatabase;
  let victim: NamedRows;
  let stranger: NamedRows;
  beforeAll(async () => {
    test = await testDatabase();
    victim = await accountWithEveryRow(test.db, "Victim");
    stranger = await accountWithEveryRow(test.db, "Stranger");
  });
  afterAll(() => test.close());

  it("is known to this suite in every field that takes one", () => {
    const known = new Set([...Object.keys(victim.ids), ...Object.keys(sharedIds)]);
    expect(namings.filter(({ kind }) => !known.has(kind)).map(({ name, field }) => `${name}: ${field}`)).toEqual([]);
    const named = new Set(namings.map(({ kind }) => kind));
    expect([...known].filter((kind) => !named.has(kind))).toEqual([]);
  });

  /** Rows that this connection has written, by table; those of a transaction that was taken back count as well. */
  async function writesOf(db: Queryable): Promise<Map<unknown, unknown>> {
    const tables = await db.execute(
      sql`select relname, n_tup_ins + n_tup_upd + n_tup_del as rows from pg_stat_xact_user_tables`,
    );
    return new Map(tables.filter(({ rows }) => Number(rows) > 0).map(({ relname, rows }) => [relname, rows]));
  }

  /** What comes of it when they ask, with rows of their own in the other fields. Nothing of it stays. */
  async function ask(who: NamedRows, { useCase, field }: Naming, id: string) {
    const required = fieldsOf(useCase).filter(([name, type]) => name !== field && !type.safeParse(undefined).success);
    const others = required.map(([name]) => [name, who.ids[kindOfId(useCase, name)] ?? samples[name]]);
    return rolledBack(test.db, async (tx) => {
      const before = await writesOf(tx);
      const asked = useCase.fromUnknown({ ...who.owner, db: tx }, { ...Object.fromEntries(others), [field]: id });
      const came = await asked.then(
        (result) => ({ code: null, text: JSON.stringify(result) }),
        (error: unknown) => {
          if (!(error instanceof AppError)) throw error;
          return { code: error.code, text: error.message };
        },
      );
      const after = await writesOf(tx);
      return { ...came, written: [...after].filter(([table, n]) => n !== before.get(table)).map(([table]) => table) };
    });
  }
  const nowhere = (kind: string) => (kind === "receipt" ? receiptAt(testNow) : crypto.randomUUID());

  const ofAccounts = namings.filter(({ kind }) => !(kind in sharedIds));
  type Naming = (typeof ofAccounts)[number];

  it.each(ofAccounts)("in $field of $name is like one that exists nowhere, and writes nothing", async (naming) => {
    const id = victim.ids[naming.kind] ?? "";
    const came = await ask(stranger, naming, id);
    expect(came).toEqual(await ask(stranger, naming, nowhere(naming.kind)));
    expect(came.written).toEqual([]);
    expect([null, "not_found", "invalid"]).toContain(came.code);
    for (const theirs of Object.values(victim.ids)) expect(came.text).not.toContain(theirs);
  });

  // Without this, a row that is not there would pass as one that is protected.
  it.each(ofAccounts)("in $field of $name is found by its own account", async (naming) => {
    const came = await ask(victim, naming, victim.ids[naming.kind] ?? "");
    expect(["not_found", "invalid"]).not.toContain(came.code);
    expect(came).not.toEqual(await ask(victim, naming, nowhere(naming.kind)));
  });

  /** The victim's own owner, whom the provider's product let into the stranger's account: the session is bound to that one. */
  const byPortal = (): NamedRows => {
    const { actor } = victim.owner;
    const bound = stranger.owner.actor;
    if (actor.kind !== "member" || bound.kind !== "member") throw new Error("no members");
    return { ...stranger, owner: { ...victim.owner, actor: { ...actor, accountId: bound.accountId, isPortal: true } } };
  };

  it.each(ofAccounts)(
    "in $field of $name is nothing to its own owner in a portal session of another",
    async (naming) => {
      const who = byPortal();
      const id = victim.ids[naming.kind] ?? "";
      const came = await ask(who, naming, id);
      expect(came).toEqual(await ask(who, naming, nowhere(naming.kind)));
      expect(came.written).toEqual([]);
      expect([null, "not_found", "invalid", "forbidden"]).toContain(came.code);
      for (const theirs of Object.values(victim.ids)) expect(came.text).not.toContain(theirs);
    },
  );

  it("is in no list of a portal session, and nothing of the person is", async () => {
    const who = byPortal();
    const lists = forMembers.filter(({ useCase }) => useCase.kind === "query" && useCase.input.safeParse({}).success);
    for (const { name, useCase } of lists) {
      const isPersons = (permissions[useCase.permission] as { rows?: string }).rows === "person";
      const listed = await useCase.fromUnknown(who.owner, {}).then(
        (result) => JSON.stringify(result) ?? "",
        ({ code }: AppError) => code,
      );
      if (isPersons) expect(listed, name).toBe("forbidden");
      for (const id of Object.values(victim.ids)) expect(listed, name).not.toContain(id);
    }
  });

  it("is in no list of one's own", async () => {
    const theirs = Object.values(victim.ids);
    const holdsTheirs = (text: string) => theirs.some((id) => text.includes(id));
    const lists = forMembers.filter(({ useCase }) => useCase.kind === "query" && useCase.input.safeParse({}).success);
    const listed = async ({ useCase }: (typeof lists)[number], who: NamedRows) =>
      JSON.stringify(await useCase.fromUnknown(who.owner, {})) ?? "";
    const telling: string[] = [];
    for (const list of lists) {
      if (holdsTheirs(await listed(list, victim))) telling.push(list.name);
      expect(holdsTheirs(await listed(list, stranger)), list.name).toBe(false);
    }
    expect(telling.length, "lists that would tell").toBeGreaterThan(15);
  });

  it("staff see the account that a stranger cannot", async () => {
    const agent = await staffCtx(test.db, "support");
    const readers = forMembers.filter(
      ({ useCase }) =>
        useCase.kind === "query" &&
        fieldsOf(useCase).some(([field]) => field === "accountId") &&
        can(agent.actor, useCase.permission),
    );
    expect(readers.length).toBeGreaterThan(5);
    for (const { useCase } of readers) await useCase.fromUnknown(agent, { accountId: victim.ids.accountId });
  });
});
