import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type TestDatabase, testDatabase } from "#db/testing.ts";
import { erasedRecords, erasedWith, erasurePlan, notPersonal } from "./erasure-plan.ts";

let test: TestDatabase;
/** Every table, and its columns that can hold a text, an address or a document. */
let columns: Map<string, string[]>;
beforeAll(async () => {
  test = await testDatabase();
  const rows = await test.db.execute<{ table: string; names: string[] | null }>(sql`
    select c.relname as table, array_agg(a.attname order by a.attnum)
      filter (where t.typname ~ '^_?(text|varchar|bpchar|json|jsonb|inet|cidr|bytea)$') as names
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition group by 1`);
  columns = new Map([...rows].map(({ table, names }) => [table, names ?? []]));
});
afterAll(() => test.close());

/** What a column is in: "erased", or why it is kept. Undefined = nobody has thought of it. */
function fateOf(table: string, column: string): unknown {
  const planned = erasurePlan[table];
  if (planned?.erased === "delete") return "deleted";
  return (
    planned?.erased[column] ??
    planned?.kept?.[column] ??
    erasedRecords[table]?.[column] ??
    erasedWith[table] ??
    notPersonal[table]
  );
}

it("says of every column that can hold personal data that it is erased, or why it is kept", () => {
  const unknown = [...columns].flatMap(([table, names]) =>
    names.filter((name) => fateOf(table, name) === undefined).map((name) => `${table}.${name}`),
  );
  expect(unknown, "put each into core/accounts/erasure-plan.ts: erased, or kept and why").toEqual([]);
});

it("names no table and no column that there is not, and no column twice", () => {
  const named = [erasurePlan, erasedRecords, erasedWith, notPersonal].flatMap((one) => Object.keys(one));
  expect(named.filter((table) => !columns.has(table))).toEqual([]);
  expect(named.filter((table, index) => named.indexOf(table) !== index)).toEqual([]);
  for (const [table, { erased, kept = {} }] of Object.entries(erasurePlan)) {
    const all = [...(erased === "delete" ? [] : Object.keys(erased)), ...Object.keys(kept)];
    expect(all.filter((name) => !columns.get(table)?.includes(name)).map((name) => `${table}.${name}`)).toEqual([]);
    expect(new Set(all).size).toBe(all.length);
  }
});
