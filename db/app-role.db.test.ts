import { randomBytes } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { migrate } from "#db/migrate.ts";
import { type TestDatabase, testDatabase } from "#db/testing.ts";

/** What the product's own role may do when the tables belong to another: all it needs, and nothing that hides what it did. */

let test: TestDatabase;
let app: Sql;
const role = `gatehouse_app_${randomBytes(4).toString("hex")}`;

beforeAll(async () => {
  test = await testDatabase();
  const url = new URL(test.url);
  url.username = role;
  url.password = "a'quoted password";
  await migrate(test.url, url.href);
  await migrate(test.url, url.href);
  app = postgres(url.href, { max: 1, onnotice: () => undefined });
});
afterAll(async () => {
  await app.end();
  await test.sql.unsafe(`drop owned by ${role}`);
  await test.close();
});

describe("the product's role", () => {
  it.each([
    ["switches off the triggers", "set session_replication_role = replica"],
    ["drops the trigger that keeps the audit", "drop trigger audit_event_append_only on audit_event"],
    ["disables it", "alter table audit_event disable trigger all"],
    ["changes what is in the audit", "update audit_event set action = 'nothing'"],
    ["removes from it", "delete from audit_event"],
    ["changes the history of a case", "update case_event set type = 'note'"],
    ["empties a table", "truncate token"],
    ["drops a table", "drop table usage_day"],
    ["changes a table", "alter table token add column x int"],
    ["makes a table", "create table public.own (x int)"],
    [
      "replaces a function of the owner",
      "create or replace function refuse_change() returns trigger language sql as ''",
    ],
    ["runs a program", "copy (select 1) to program 'true'"],
    ["reads a file", "select pg_read_file('/etc/passwd')"],
    ["makes a role", "create role other"],
    ["drops what is no partition", "select drop_usage_partitions('audit_event', '2026-01-01')"],
    ["drops partitions that are in use", "select drop_usage_partitions('usage_minute', '2999-01-01')"],
    ["makes partitions of another grain", "select ensure_partitions('usage_minute', 'year', now(), now())"],
    [
      "erases in the audit of an account that is not closed",
      "select erase_records(gen_random_uuid(), gen_random_uuid(), '{}', '{}', '{}')",
    ],
  ])("never %s", async (_, statement) => {
    await expect(app.unsafe(statement)).rejects.toThrow(
      /permission denied|must be owner|has no day partitions|are kept|denied|is not closed/,
    );
  });

  it("reads and writes every table that the product has", async () => {
    const tables = await test.sql<{ name: string; kept: boolean }[]>`
      select c.oid::regclass::text as name, c.relname in ('audit_event', 'case_event') as kept from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p')`;
    expect(tables.length).toBeGreaterThan(60);
    const missing = await Promise.all(
      tables.map(async ({ name, kept }) => {
        const wanted = kept ? "select, insert" : "select, insert, update, delete";
        const rights = wanted.split(", ");
        const rows = await app<{ right: string; has: boolean }[]>`
          select r as right, has_table_privilege(current_user, ${name}, r) as has from unnest(${rights}::text[]) as r`;
        return rows.filter(({ has }) => !has).map(({ right }) => `${right} on ${name}`);
      }),
    );
    expect(missing.flat()).toEqual([]);
  });

  it("makes the partitions of coming days and drops old ones, through the owner's functions", async () => {
    await app`select ensure_usage_partitions('2026-01-01', '2026-01-03')`;
    const dropped = await app<
      { name: string }[]
    >`select name from drop_usage_partitions('usage_minute', '2026-01-03') as name`;
    expect(dropped.map(({ name }) => name)).toEqual(["usage_minute_20260101", "usage_minute_20260102"]);
    await app`insert into usage_minute (account_id, at, token_id, endpoint_id, surface, outcome, requests, spent)
      values (gen_random_uuid(), '2026-01-03 12:00Z', gen_random_uuid(), 0, 'http', 'allowed', 1, 1)`;
  });

  it("is not a superuser, whatever DATABASE_URL says", async () => {
    const url = new URL(test.url);
    const [admin] = await test.sql<{ name: string }[]>`select current_user as name`;
    await test.sql.unsafe(`create role ${role}_owner login superuser password 'x'`);
    url.username = `${role}_owner`;
    url.password = "x";
    await expect(migrate(url.href, test.url)).rejects.toThrow(new RegExp(`uses ${admin?.name}, a superuser`));
    await test.sql.unsafe(`drop role ${role}_owner`);
  });
});
