import type { Command } from "commander";
import { env } from "#core/runtime/env.ts";
import { migrate } from "#db/migrate.ts";

export function registerMigrate(program: Command): void {
  program
    .command("migrate")
    .description("bring the database to this version; safe to repeat and to run from several machines at once")
    .action(async () => {
      const { DATABASE_URL, DATABASE_MIGRATION_URL } = env();
      await migrate(DATABASE_MIGRATION_URL ?? DATABASE_URL, DATABASE_URL);
      process.stdout.write("The database is at the newest version.\n");
    });
}
