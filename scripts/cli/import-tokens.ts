import { stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import { z } from "zod";
import type { Ctx } from "#core/frame/context.ts";
import { rehearse } from "#core/frame/define.ts";
import { type ImportRow, importRow, importTokens } from "#core/tokens/import-tokens.ts";
import * as format from "#words/format.ts";
import { withContext } from "./connection.ts";
import { showProgress } from "./progress.ts";
import { formatOf, readRows } from "./read-rows.ts";

const optionsSchema = z.object({
  format: z.enum(["csv", "jsonl"]).optional(),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

const batch = 5_000;
const refusalsShown = 20;

export type ImportSummary = {
  imported: number;
  /** There already, so left as they are. */
  known: number;
  refused: number;
  /** The first of them. */
  refusals: { line: number; why: string }[];
  isDryRun: boolean;
};

export function registerImportTokens(program: Command): void {
  program
    .command("import-tokens")
    .argument("<file>", "CSV or JSON Lines, plain or gzip")
    .description("take over tokens that clients have already, by their SHA-256")
    .addOption(new Option("--format <format>", "when the file's name does not tell").choices(["csv", "jsonl"]))
    .option("--dry-run", "check every row and change nothing")
    .option("--json", "print the summary as JSON and nothing else")
    .addHelpText("after", explanation)
    .action(async (file: string, given: unknown) => {
      const { format, dryRun, json } = optionsSchema.parse(given);
      const kind = format ?? formatOf(file);
      const summary = await withContext("import-tokens", (ctx) => importFile(ctx, file, kind, dryRun, json));
      process.stdout.write(`${json ? JSON.stringify(summary) : textOf(summary)}\n`);
      process.exitCode = summary.refused > 0 ? 1 : 0;
    });
}

const explanation = `
Columns: account (slug, id, or ext: and your own id), name, sha256 (of the whole token, hexadecimal), scopes (separated by spaces), expiresAt, preview;
the last three may be missing. JSON Lines have the same names, scopes as an array.
Rows are written 5,000 at a time. A hash that is there is left as it is, so a run that was stopped is resumed by running it again.
Exit codes: 0 all imported or known, 1 failed or rows were refused, 2 wrong usage.`;

/** Scopes stand in one column, separated by spaces. */
function fromCells({ scopes = "", ...cells }: Record<string, string>): unknown {
  return { ...cells, scopes: scopes.split(/\s+/).filter((name) => name !== "") };
}

/** Imports a file batch by batch, each in a transaction of its own. */
export async function importFile(
  ctx: Ctx,
  file: string,
  format: "csv" | "jsonl",
  isDryRun: boolean,
  isQuiet: boolean,
): Promise<ImportSummary> {
  const summary: ImportSummary = { imported: 0, known: 0, refused: 0, refusals: [], isDryRun };
  const { size } = await stat(file);
  let bytes = 0;
  const progress = showProgress("Tokens", size, "bytes", isQuiet);
  const refuse = (line: number, why: string) => {
    summary.refused += 1;
    if (summary.refusals.length < refusalsShown) summary.refusals.push({ line, why });
  };
  let waiting: { line: number; row: ImportRow }[] = [];
  const write = async () => {
    if (waiting.length === 0) return;
    const rows = waiting;
    waiting = [];
    const at = { ...ctx, now: new Date() };
    const input = { rows: rows.map(({ row }) => row) };
    const result = await (isDryRun ? rehearse(at, (inner) => importTokens(inner, input)) : importTokens(at, input));
    summary.imported += result.imported;
    summary.known += result.known;
    for (const { row, why } of result.refused) refuse(rows[row]?.line ?? 0, why);
    progress.update(bytes);
  };
  try {
    const onBytes = (count: number) => (bytes += count);
    for await (const read of readRows(file, { format, schema: importRow, fromCells, onBytes })) {
      if ("why" in read) refuse(read.line, read.why);
      else waiting.push(read);
      if (waiting.length === batch) await write();
    }
    await write();
  } finally {
    progress.stop();
  }
  return summary;
}

function textOf({ imported, known, refused, refusals, isDryRun }: ImportSummary): string {
  const lines = [
    `${format.count(imported)} tokens ${isDryRun ? "would be imported" : "imported"}, ${format.count(known)} were there already, ${format.count(refused)} rows refused.`,
    ...refusals.map(({ line, why }) => `  line ${format.count(line)}: ${why}`),
  ];
  if (refused > refusals.length) lines.push(`  … and ${format.count(refused - refusals.length)} more`);
  return lines.join("\n");
}
