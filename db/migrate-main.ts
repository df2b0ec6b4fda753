import { env } from "#core/runtime/env.ts";
import { migrate } from "#db/migrate.ts";

try {
  const { DATABASE_URL, DATABASE_MIGRATION_URL } = env();
  await migrate(DATABASE_MIGRATION_URL ?? DATABASE_URL, DATABASE_URL);
} catch (error) {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`Migration failed: ${reason}\n`);
  process.exitCode = 1;
}
