import { sql as builder } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { rolledBack, type TestDatabase, testDatabase } from "#db/testing.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.close());

describe("both handles of a database", () => {
  const at = new Date("2026-03-01T12:34:56.789Z");

  it("read a timestamp as a Date, and take a Date as a parameter", async () => {
    const [raw] = await test.sql`select ${at}::timestamptz as at`;
    const [built] = await test.db.execute(builder`select ${at}::timestamptz as at`);
    expect(raw?.at).toEqual(at);
    expect(built?.at).toEqual(at);
  });

  it("take an object as json", async () => {
    const [row] = await test.sql`select ${test.sql.json({ a: [1, "x"] })}::jsonb as value`;
    expect(row?.value).toEqual({ a: [1, "x"] });
  });

  it("count days in UTC", async () => {
    const [row] = await test.sql`select current_setting('TimeZone') as zone`;
    expect(row?.zone).toBe("UTC");
  });
});

describe("a pool", () => {
  const limited = { max: 1, statementTimeoutMs: 50, idleInTransactionTimeoutMs: 50 };

  it("ends a statement that takes longer, and works on", async () => {
    const pool = openDatabase(test.url, limited);
    await expect(pool.sql`select pg_sleep(30)`).rejects.toMatchObject({ code: "57014" });
    expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await pool.close();
  });

  it("ends a transaction that nobody goes on with, and keeps nothing of what it does later", async () => {
    await test.sql`create table of_idle (n int)`;
    const pool = openDatabase(test.url, limited);
    const insert = (n: number) => builder`insert into of_idle values (${n})`;
    let last: Promise<unknown> = Promise.resolve();
    const idle = pool.db.transaction(async (tx) => {
      await tx.execute(insert(1));
      // Waits for the connection that this transaction holds, and gets the one that comes in its place.
      await pool.sql`select 1`;
      last = tx.execute(insert(2)).then();
      await last;
    });
    await expect(idle).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
    await expect
      .poll(() =>
        last.then(
          () => "done",
          () => "refused",
        ),
      )
      .toBe("refused");
    expect(await pool.sql`select n from of_idle`).toEqual([]);
    await pool.close();
  });

  // On a machine with much to do the driver's way back can take longer than its own patience of ten seconds.
  it("outlives connections that are cut in the middle of a transaction", { retry: 2 }, async () => {
    const pool = openDatabase(test.url, { max: 1, applicationName: "to be cut" });
    const cut = () =>
      test.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to be cut'`;
    const sleeping = pool.db.transaction(async (tx) => {
      await tx.execute(builder`select 1`);
      await Promise.all([tx.execute(builder`select pg_sleep(30)`), cut()]);
    });
    await expect(sleeping).rejects.toThrow();
    const between = pool.db.transaction(async (tx) => {
      await cut();
      await pool.sql`select 1`;
      await tx.execute(builder`select 1`);
    });
    await expect(between).rejects.toThrow();
    expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
    await pool.close();
  });

  it("sets no limit that it was not given", async () => {
    const [row] = await test.sql`select current_setting('statement_timeout') as statement,
      current_setting('idle_in_transaction_session_timeout') as idle`;
    expect(row).toEqual({ statement: "0", idle: "0" });
  });
});

describe("rolledBack", () => {
  it("leaves nothing behind and returns the result", async () => {
    const seen = await rolledBack(test.db, async (tx) => {
      await tx.execute(builder`create table left_over (n int)`);
      return "done";
    });
    const [row] = await test.sql`select to_regclass('left_over') as found`;
    expect(seen).toBe("done");
    expect(row?.found).toBeNull();
  });

  it("throws what the function throws", async () => {
    await expect(rolledBack(test.db, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  });
});
