import type { Sql } from "postgres";

/** Schemas of ours: the product's tables, the queue's, and the list of applied migrations. */
const schemas = ["public", "pgboss", "drizzle"];

/**
 * Lets the role of `appUrl` read and write every row, and nothing else: it owns no table, so it can switch off no trigger, and cannot
 * drop, alter or empty one. Makes the role where it is missing and the connection may. Run as the tables' owner, after the migrations;
 * safe to repeat.
 */
export async function grantToApp(sql: Sql, appUrl: string): Promise<void> {
  const { username, password } = new URL(appUrl);
  const role = decodeURIComponent(username);
  const name = quoted(role);
  const [known] = await sql`select rolsuper from pg_roles where rolname = ${role}`;
  if (known?.rolsuper)
    throw new Error(
      `DATABASE_URL uses ${role}, a superuser. Use another role there, or leave DATABASE_MIGRATION_URL out.`,
    );
  if (!known)
    await sql.unsafe(`create role ${name} login nosuperuser nocreatedb nocreaterole password ${literal(password)}`);
  const [database] = await sql<{ name: string }[]>`select current_database() as name`;
  await sql.unsafe(`grant connect, temporary on database ${quoted(database?.name ?? "")} to ${name}`);
  for (const schema of schemas) {
    const within = `in schema ${quoted(schema)}`;
    const rows = schema === "drizzle" ? "select" : "select, insert, update, delete";
    await sql.unsafe(`grant usage on schema ${quoted(schema)} to ${name}`);
    await sql.unsafe(`grant ${rows} on all tables ${within} to ${name}`);
    await sql.unsafe(`grant usage, select on all sequences ${within} to ${name}`);
    await sql.unsafe(`grant execute on all functions ${within} to ${name}`);
    await sql.unsafe(`alter default privileges ${within} grant ${rows} on tables to ${name}`);
  }
  // Statistics after a large import; before 17 there is no such right, and autovacuum makes them a little later.
  const [server] = await sql<{ number: number }[]>`select current_setting('server_version_num')::int as number`;
  if ((server?.number ?? 0) >= 170_000) await sql.unsafe(`grant maintain on all tables in schema public to ${name}`);
  // What is written there stays: no right to change it, besides the triggers that refuse it.
  await sql.unsafe(`revoke update, delete on audit_event, case_event from ${name}`);
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${decodeURIComponent(text).replaceAll("'", "''")}'`;
