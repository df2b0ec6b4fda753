import { sql as builder } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
