import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { driverOptions } from "#db/driver-options.ts";
import { running } from "./running.ts";

/** An empty database beside that of the running Gatehouse, for an instance of its own. `url` is its owner's. */
export async function freshDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const { migrationUrl } = running();
  const name = `gatehouse_e2e_${randomBytes(6).toString("hex")}`;
  const url = new URL(migrationUrl);
  url.pathname = `/${name}`;
  await asOwner(migrationUrl, `create database ${name}`);
  return { url: url.href, drop: () => asOwner(migrationUrl, `drop database if exists ${name} with (force)`) };
}

async function asOwner(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { ...driverOptions, max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
