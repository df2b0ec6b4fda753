import { env } from "#core/runtime/env.ts";
import { migrate } from "#db/migrate.ts";

try {
  await migrate(env().DATABASE_URL);
} catch (error) {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  process.stderr.write(`Migration failed: ${reason}\n`);
  process.exitCode = 1;
}
