import { type Command, Option } from "commander";
import { z } from "zod";
import { takeLock } from "../start/lock.mjs";
import { whole } from "./access-log/options.ts";
import { replayPath } from "./access-log/secrets-file.ts";
import { leftOutText, oddText, surveyLog } from "./access-log/survey.ts";
import { withContext } from "./connection.ts";
import { importLog, importText, surveySummary, surveyText } from "./import-usage/import-log.ts";

const optionsSchema = z.object({
  accounts: z.number().nullable().default(null),
  limit: z.number().nullable().default(null),
  ending: z.enum(["now"]).optional(),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function registerImportUsage(program: Command): void {
  program
    .command("import-usage")
    .argument("<file>", "access log in combined format, plain or gzip")
    .description("load an access log as dated history: what was asked then shows in charts, and no limit is asked")
    .option("--accounts <n>", "spread the clients over this many sample accounts (default: one account each)", whole(1))
    .option("--limit <n>", "load at most this many requests", whole(1))
    .addOption(new Option("--ending <when>", "move all times so that the last request falls on now").choices(["now"]))
    .option("--dry-run", "only say what would be loaded and what left out; needs no database")
    .option("--json", "print the summary as JSON and nothing else")
    .addHelpText("after", explanation)
    .action(async (file: string, given: unknown) => {
      const { accounts, limit, ending, dryRun, json } = optionsSchema.parse(given);
      const reading = { limit: limit ?? Number.POSITIVE_INFINITY, nowMs: Date.now(), kind: "history" as const };
      const survey = await surveyLog(file, reading);
      if (!json) process.stderr.write(leftOutText(survey.leftOut) + oddText(survey));
      if (dryRun) {
        const found = surveySummary(file, survey);
        process.stdout.write(`${json ? JSON.stringify(found) : surveyText(found)}\n`);
        return;
      }
      const lock = await takeLock(replayPath(survey.hash, "lock"));
      if ("heldBy" in lock) throw new Error(`Process ${lock.heldBy} is at work with this file already.`);
      try {
        const summary = await withContext("import-usage", (ctx, handles) =>
          importLog(ctx, handles, {
            file,
            survey,
            spread: accounts,
            endingAt: ending === "now" ? ctx.now : null,
            isQuiet: json,
          }),
        );
        process.stdout.write(`${json ? JSON.stringify(summary) : importText(summary)}\n`);
      } finally {
        lock.release();
      }
    });
}

const explanation = `
Clients belong to the same sample accounts as with replay, and the same endpoints are registered. All of the file is loaded or nothing, and the same file only once.
What the log's server refused (401, 403, 429) and what lies in the future is left out, with its count.
Usage by the minute is kept for 30 days, so of older logs only hours and days remain.
Exit codes: 0 loaded, 1 failed or loaded before, 2 wrong usage.`;
