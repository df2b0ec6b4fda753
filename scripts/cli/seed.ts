import type { Command } from "commander";
import { count } from "drizzle-orm";
import { env } from "#core/env.ts";
import { account } from "#db/schema/accounts.ts";
import { withContext } from "./connection.ts";
import { seedDemo } from "./seed/seed-demo.ts";
import { readSignIns, signInWords } from "./seed/sign-ins.ts";

export function registerSeed(program: Command): void {
  program
    .command("seed")
    .description("fill an empty installation with the sample provider's accounts, 90 days of usage and open cases")
    .requiredOption("--demo", "say that sample data is wanted: it has sign-ins that this prints")
    .action(async () => {
      await withContext("seed", async (ctx, { sql }) => {
        const dataDir = env().DATA_DIR;
        const known = readSignIns(dataDir);
        const [existing] = await ctx.db.select({ accounts: count() }).from(account);
        if (known && (existing?.accounts ?? 0) > 0) return print(signInWords(known, env().PUBLIC_URL));
        if ((existing?.accounts ?? 0) > 0) {
          throw new Error("There are accounts in this database already. Sample data goes into an empty one only.");
        }
        refuseElsewhere(env().DATABASE_URL);
        print(signInWords(await seedDemo(ctx, sql, dataDir), env().PUBLIC_URL));
      });
    });
}

/** Sign-ins with one printed password belong on one's own machine. */
function refuseElsewhere(databaseUrl: string): void {
  const { hostname } = new URL(databaseUrl);
  if (!["127.0.0.1", "localhost", "[::1]"].includes(hostname)) {
    throw new Error(
      `Sample data has sign-ins that everybody may read, so it goes into a database on this machine only, not ${hostname}.`,
    );
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
