import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { migrate } from "#db/migrate.ts";

const name = `gatehouse_migrate_${randomBytes(6).toString("hex")}`;
const url = new URL(inject("postgresUrl"));
url.pathname = `/${name}`;
const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => undefined });

beforeAll(() => admin.unsafe(`create database ${name}`));
afterAll(async () => {
  await admin.unsafe(`drop database ${name} with (force)`);
  await admin.end();
});

it("applies each migration once when several processes migrate an empty database at the same time", async () => {
  await Promise.all([migrate(url.href), migrate(url.href), migrate(url.href)]);
  await migrate(url.href);
  const sql = postgres(url.href, { max: 1 });
  const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`;
  await sql.end();
  expect(rows.length).toBeGreaterThan(0);
  expect(new Set(rows.map((row) => row.hash)).size).toBe(rows.length);
});
