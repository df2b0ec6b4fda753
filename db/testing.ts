import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { inject } from "vitest";
import { type Database, type OpenDatabase, openDatabase, type Transaction } from "#db/client.ts";
import { driverOptions } from "#db/driver-options.ts";

export interface TestDatabase extends OpenDatabase {
  url: string;
}

/**
 * A database of the newest version for one test file, copied from the template; call it in `beforeAll` and its `close`,
 * which drops it, in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `gatehouse_test_${randomBytes(6).toString("hex")}`;
  const adminUrl = inject("postgresUrl");
  if (!adminUrl) throw new Error("Only a file named *.db.test.ts or *.slow.test.ts gets a database.");
  await asAdmin(adminUrl, `create database ${name} template ${inject("templateDatabase")}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const open = openDatabase(url.href, { max: 5, applicationName: "gatehouse-test" });
  const close = async () => {
    await open.close();
    await asAdmin(adminUrl, `drop database ${name} with (force)`);
  };
  return { ...open, url: url.href, close };
}

/**
 * Runs `fn` in a transaction that is always rolled back, so that tests of one file cannot see each other's rows.
 * Returns what `fn` returns, throws what it throws.
 */
export async function rolledBack<T>(db: Database, fn: (tx: Transaction) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  const rollback = new Error("rolled back");
  await db
    .transaction(async (tx) => {
      result = { value: await fn(tx) };
      throw rollback;
    })
    .catch((error: unknown) => {
      if (error !== rollback) throw error;
    });
  if (!result) throw new Error("The transaction ended without a result.");
  return result.value;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = postgres(url, { ...driverOptions, max: 1, onnotice: () => undefined });
  try {
    await admin.unsafe(statement);
  } finally {
    await admin.end();
  }
}
