import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { env } from "#core/runtime/env.ts";
import { takeLock } from "../start/lock.mjs";
import { whole } from "./access-log/options.ts";
import { replayPath } from "./access-log/secrets-file.ts";
import { leftOutText, oddText, surveyLog } from "./access-log/survey.ts";
import { withContext } from "./connection.ts";
import { gateClient } from "./gate-client.ts";
import { replayLog, stoppedText } from "./replay/replay-log.ts";
import { summaryText } from "./replay/summary.ts";

const optionsSchema = z.object({
  accounts: z.number().nullable().default(null),
  speed: z.union([z.number(), z.literal("max")]),
  concurrency: z.number(),
  limit: z.number().nullable().default(null),
  patience: z.number(),
  resume: z.boolean().default(false),
  json: z.boolean().default(false),
});

export function registerReplay(program: Command): void {
  program
    .command("replay")
    .argument("<file>", "access log in combined format, plain or gzip")
    .description("send an access log through the running gate as live traffic and compare what it counts")
    .option("--accounts <n>", "spread the clients over this many sample accounts (default: one account each)", whole(1))
    .addOption(
      new Option("--speed <x>", "so many times as fast as the log's own time, or max: as fast as the gate answers")
        .argParser(speed)
        .default("max"),
    )
    .option("--concurrency <n>", "requests on their way at the same time", whole(1, 1_000), 16)
    .option("--limit <n>", "send at most this many requests", whole(1))
    .option("--patience <seconds>", "how long to wait for a gate that is away", whole(0), 60)
    .option("--resume", "go on with the last replay of this file")
    .option("--json", "print the summary as JSON and nothing else")
    .addHelpText("after", explanation)
    .action(async (file: string, given: unknown) => {
      const options = optionsSchema.parse(given);
      process.exitCode = await replay(file, options);
    });
}

const explanation = `
What the log's server has answered is registered as endpoints, unless you have registered your own; other paths are refused.
The log's statuses are reported to the gate as the API's answers, so that the detectors see what the API refused.
Each client of the log becomes a sample account with a token, made once and used again by later replays of the same file.
The secrets and the state of the run are kept in DATA_DIR/replay. While the gate is away each request is sent again with its
request id, so that it counts once. Ctrl-C finishes what is on its way.
Exit codes: 0 all decided and counted, 1 failed or the database differs, 2 wrong usage, 130 stopped.`;

async function replay(file: string, options: z.output<typeof optionsSchema>): Promise<number> {
  const stop = new AbortController();
  const onSignal = () => {
    // Asked twice, it ends at once; the answers are kept anyway.
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  const gate = gateClient(env().GATE_URL, options.concurrency);
  const survey = await surveyLog(file, {
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    nowMs: Date.now(),
    kind: "requests",
  });
  if (!options.json) process.stderr.write(leftOutText(survey.leftOut) + oddText(survey));
  const lock = await takeLock(replayPath(survey.hash, "lock"));
  if ("heldBy" in lock) throw new Error(`Process ${lock.heldBy} is at work with this file already.`);
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  try {
    const result = await withContext("replay", (ctx, handles) =>
      replayLog(ctx, handles, gate, {
        file,
        survey,
        spread: options.accounts,
        limit: options.limit,
        speed: options.speed === "max" ? null : options.speed,
        concurrency: options.concurrency,
        patienceMs: options.patience * 1000,
        isResumed: options.resume,
        isQuiet: options.json,
        signal: stop.signal,
      }),
    );
    if (result.state === "stopped") {
      process.stdout.write(`${options.json ? JSON.stringify(result) : stoppedText(result)}\n`);
      return 130;
    }
    const { summary } = result;
    process.stdout.write(`${options.json ? JSON.stringify(summary) : summaryText(summary)}\n`);
    return summary.database.agrees ? 0 : 1;
  } finally {
    gate.close();
    lock.release();
  }
}

function speed(text: string): number | "max" {
  if (text === "max") return text;
  const value = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
  throw new InvalidArgumentError("Give a number above 0, or max.");
}
