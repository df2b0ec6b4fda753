import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { auditEvent } from "#db/schema/audit.ts";
import { user } from "#db/schema/auth.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { fact } from "../facts/fact.ts";
import { ctxOf, testNow } from "../testing.ts";
import { command, query, recordedInRun } from "./define.ts";
import { AppError } from "./errors.ts";

describe("a use case that does not say who may call it, what it takes or what it leaves behind", () => {
  it("does not compile", () => {
    const errors = compileErrors();
    const lines = readFileSync("core/frame/compile-refusals/missing.ts", "utf8").split("\n");
    const wrong = lines.flatMap((line, index) => (line.startsWith("export const") ? [index + 1] : []));
    expect(wrong).toHaveLength(5);
    expect([...new Set(errors)].sort((a, b) => a - b)).toEqual(wrong);
  }, 60_000);
});

/** Lines of missing.ts that the compiler refuses. */
function compileErrors(): number[] {
  try {
    execFileSync(
      process.execPath,
      ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "core/frame/compile-refusals/tsconfig.json"],
      { encoding: "utf8" },
    );
    return [];
  } catch (error) {
    const output = z.object({ stdout: z.string() }).parse(error).stdout;
    return [...output.matchAll(/missing\.ts\((\d+),/g)].map((match) => Number(match[1]));
  }
}

describe("every input", () => {
  const echo = query({
    permission: "setup:link",
    input: z.strictObject({ name: z.string().max(5), tags: z.array(z.string()).default([]) }),
    run: async (_ctx, input) => input,
  });
  const ctx = ctxOf({} as TestDatabase["db"], { kind: "job", name: "test" });

  it("is refused with a word at each field that holds what cannot be seen, and at each that is wrong besides", async () => {
    const raw = { name: "far too long", tags: ["ok", "a\u0000b"] };
    await expect(echo.fromUnknown(ctx, raw)).rejects.toMatchObject({
      code: "invalid",
      fields: {
        "tags.1": "Contains an invisible character. Retype it.",
        name: "Use at most 5 characters.",
      },
    });
  });

  it("comes without what turns a text around", async () => {
    expect(await echo.fromUnknown(ctx, { name: "\u202Eab\u202Cc" })).toEqual({ name: "abc", tags: [] });
  });
});

describe("a command", () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.close());

  const job = { kind: "job", name: "test" } as const;
  const addUser = command({
    permission: "setup:link",
    input: z.strictObject({ email: z.email() }),
    run: async (ctx, { email }) => {
      await ctx.db.insert(user).values({ email, name: "N" });
      return { email };
    },
    happened: (input) => fact("session.ended", { subjectId: input.email, accountId: null }),
  });
  const addTwo = command({
    permission: "setup:link",
    input: z.strictObject({ fail: z.boolean() }),
    run: async (ctx, { fail }) => {
      await addUser(ctx, { email: "inner@example.com" });
      if (fail) throw new AppError("conflict", "After all, no.");
      return {};
    },
    happened: () => fact("session.opened", { subjectId: "two", accountId: null }),
  });
  const emails = async () => (await test.db.select({ email: user.email }).from(user)).map((row) => row.email);
  const audits = async () =>
    (await test.db.select({ action: auditEvent.action }).from(auditEvent).orderBy(auditEvent.id)).map(
      (row) => row.action,
    );

  it("rolls back together with the command it was called in, audit included", async () => {
    await expect(addTwo(ctxOf(test.db, job), { fail: true })).rejects.toMatchObject({ code: "conflict" });
    expect(await emails()).toEqual([]);
    expect(await audits()).toEqual([]);
  });

  it("joins the transaction of the command it was called in and adds its own audit row", async () => {
    await addTwo(ctxOf(test.db, job), { fail: false });
    expect(await emails()).toEqual(["inner@example.com"]);
    expect(await audits()).toEqual(["session.end", "session.open"]);
  });

  it("is rolled back when it says that it recorded what happened and did not", async () => {
    const silent = command({
      permission: "setup:link",
      input: z.strictObject({}),
      run: async (ctx) => {
        await ctx.db.insert(user).values({ email: "unrecorded@example.com", name: "N" });
      },
      happened: recordedInRun,
    });
    await expect(silent(ctxOf(test.db, job), {})).rejects.toThrow("recorded nothing");
    expect(await emails()).not.toContain("unrecorded@example.com");
  });

  it("asks for permission before it looks at the input", async () => {
    const visitor = ctxOf(test.db, { kind: "visitor" });
    await expect(addUser.fromUnknown(visitor, { nonsense: 1 })).rejects.toMatchObject({ code: "unauthenticated" });
    const member = { kind: "member", userId: "u", sessionId: "s", name: "M", accountId: "a", role: "owner" } as const;
    await expect(addUser.fromUnknown(ctxOf(test.db, member), {})).rejects.toMatchObject({ code: "forbidden" });
  });

  it("names every wrong field and refuses unknown ones", async () => {
    const refused = addUser.fromUnknown(ctxOf(test.db, job), { email: 5, extra: true });
    await expect(refused).rejects.toMatchObject({
      code: "invalid",
      fields: { email: expect.any(String), extra: "There is no such field." },
    });
  });

  it("keeps the audit chain whole when many commands run at once", async () => {
    const before = (await audits()).length;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => addUser(ctxOf(test.db, job), { email: `p${i}@example.com` })),
    );
    const ids = await test.db.select({ id: auditEvent.id }).from(auditEvent).orderBy(auditEvent.id);
    expect(ids.map((row) => row.id)).toEqual(Array.from({ length: before + 20 }, (_, i) => i + 1));
  });

  it("runs a query without a transaction and at the given time", async () => {
    const clock = query({ permission: "setup:link", input: z.strictObject({}), run: async (ctx) => ctx.now });
    expect(await clock(ctxOf(test.db, job), {})).toEqual(testNow);
    const [row] = await test.db
      .select({ n: sql<number>`count(*)::int` })
      .from(user)
      .where(eq(user.email, "inner@example.com"));
    expect(row?.n).toBe(1);
  });
});
