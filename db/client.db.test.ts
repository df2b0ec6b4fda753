import { randomUUID } from "node:crypto";
import { type AddressInfo, connect, createServer } from "node:net";
import { sql as builder } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase } from "#db/client.ts";
import { driverOptions } from "#db/driver-options.ts";
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

  it("take and read arrays, whatever their elements hold", async () => {
    const texts = ["", "null", "NULL", 'a "quoted" one', "back\\slash", "{braces}", "a,b", " spaced ", "ü\n"];
    const nested = [
      [1, 2],
      [3, 4],
    ];
    const given = {
      texts: [...texts, null],
      ids: [randomUUID(), randomUUID()],
      nested,
    };
    const query = builder`select ${builder.param(given.texts)}::text[] as texts, ${builder.param(given.ids)}::uuid[] as ids,
      ${builder.param(nested)}::int[] as nested, array[${at}::timestamptz] as times, array[true, false] as flags, '{}'::bigint[] as empty`;
    const [built] = await test.db.execute(query);
    expect(built).toEqual({ ...given, times: [at], flags: [true, false], empty: [] });
    const [raw] =
      await test.sql`select ${given.texts}::text[] as texts, ${given.ids}::uuid[] as ids, ${[]}::cidr[] as empty`;
    expect(raw).toEqual({ texts: given.texts, ids: given.ids, empty: [] });
  });

  it("know every array type that a column of ours has", async () => {
    const rows =
      await test.sql`select distinct format_type(atttypid, null) as name, atttypid::int as oid from pg_attribute
      join pg_class on pg_class.oid = attrelid join pg_type on pg_type.oid = atttypid
      where typcategory = 'A' and relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
    expect(rows.map((row) => row.name)).toContain("text[]");
    expect(rows.filter((row) => !(row.oid in driverOptions.types))).toEqual([]);
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

describe("a connection that the database ends while it is being opened", () => {
  it("fails what asked for it, and nothing that nobody hears", async () => {
    const unheard: unknown[] = [];
    const hear = (error: unknown) => void unheard.push(error);
    process.on("unhandledRejection", hear);
    const proxy = await endingConnections(test.url);
    try {
      const pool = openDatabase(proxy.url, { max: 1 });
      await expect(pool.sql`select 1 as one`).rejects.toThrow();
      proxy.letThrough();
      // The driver gives the answer to the first query after it that the last one should have got.
      await pool.sql`select 1`.catch(() => undefined);
      expect(await pool.sql`select 1 as one`).toEqual([{ one: 1 }]);
      await pool.close();
      await new Promise((resolve) => setImmediate(resolve));
      expect(unheard).toEqual([]);
    } finally {
      process.off("unhandledRejection", hear);
      proxy.close();
    }
  });
});

/** Between a client and the database: answers the first statement of each connection as a database does that is shutting down. */
async function endingConnections(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  let isEnding = true;
  const fields = ["SFATAL", "VFATAL", "C57P01", "Mterminating connection due to administrator command", ""].join("\0");
  const fatal = Buffer.concat([Buffer.from("E"), Buffer.alloc(4), Buffer.from(`${fields}\0`)]);
  fatal.writeInt32BE(fatal.length - 1, 1);
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    for (const one of [client, database]) one.on("error", () => undefined).on("close", () => one.destroy());
    database.pipe(client);
    client.on("close", () => database.destroy());
    client.on("data", (data) => {
      if (isEnding && /select/.test(data.toString("latin1"))) client.end(fatal);
      else database.write(data);
    });
  });
  const letThrough = () => {
    isEnding = false;
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = new URL(databaseUrl);
  url.port = String((server.address() as AddressInfo).port);
  return { url: url.href, letThrough, close: () => server.close() };
}

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
