import type { Command } from "commander";
import { count } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import { env } from "#core/runtime/env.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { withContext } from "../scripts/cli/connection.ts";
import { writeLiveClients } from "./live-clients.ts";
import { seedDemo } from "./seed-demo.ts";
import { newDemoPassword, readSignIns, signInWords, writeSignIns } from "./sign-ins.ts";

const optionsSchema = z.object({
  yes: z.boolean().default(false),
  ifEmpty: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function registerSeed(program: Command): void {
  program
    .command("seed")
    .description("fill an empty installation with a sample provider: 40 accounts, 90 days of usage, cases")
    .requiredOption("--demo", "say that sample data is wanted: its sign-ins are printed")
    .option("--if-empty", "where the demo is already, only print its sign-ins")
    .option("--yes", "also into a database on another machine")
    .option("--json", "print the sign-ins as JSON")
    .addHelpText(
      "after",
      "\nThe sign-ins are kept in DATA_DIR/demo-sign-ins.json, the tokens' secrets in DATA_DIR/demo-tokens.json.\n" +
        "Exit codes: 0 done, 1 failed or not empty, 2 wrong usage.",
    )
    .action(async (given: unknown) => {
      const { yes, ifEmpty, json } = optionsSchema.parse(given);
      const { DATABASE_URL, DATA_DIR, PUBLIC_URL, GATE_URL } = env();
      if (!yes) refuseElsewhere(DATABASE_URL);
      const signIns = await withContext("seed", async (ctx, { db }) => {
        const isUsed = await isInUse(ctx);
        const known = isUsed && ifEmpty ? readSignIns(DATA_DIR) : null;
        if (known) return known;
        if (isUsed)
          throw new Error(
            "There are accounts or people here already. Sample data goes into an empty installation only.",
          );
        const demo = await seedDemo(ctx, db, newDemoPassword(), (made) => {
          writeSignIns(DATA_DIR, made.signIns);
          writeLiveClients(DATA_DIR, made.clients);
        });
        return demo.signIns;
      });
      process.stdout.write(`${json ? JSON.stringify(signIns) : signInWords(signIns, PUBLIC_URL, GATE_URL)}\n`);
    });
}

async function isInUse(ctx: Ctx): Promise<boolean> {
  const [accounts] = await ctx.db.select({ n: count() }).from(account);
  const [people] = await ctx.db.select({ n: count() }).from(user);
  return (accounts?.n ?? 0) + (people?.n ?? 0) > 0;
}

/** Sign-ins with one printed password belong on one's own machine. */
function refuseElsewhere(databaseUrl: string): void {
  const { hostname } = new URL(databaseUrl);
  if (hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.") || hostname === "") return;
  throw new Error(
    `The database is on ${hostname}. Sample data has sign-ins with a printed password; if it may go there, add --yes.`,
  );
}
