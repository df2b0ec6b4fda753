import { once } from "node:events";
import { stat } from "node:fs/promises";
import { type Command, Option } from "commander";
import { z } from "zod";
import {
  type Provisioned,
  type ProvisionInput,
  provisionAccount,
  provisionInput,
} from "#core/accounts/provision-account.ts";
import type { Ctx } from "#core/frame/context.ts";
import { rehearse } from "#core/frame/define.ts";
import { AppError } from "#core/frame/errors.ts";
import { invitationPath } from "#core/invitations/invitation-path.ts";
import { publicUrl } from "#core/runtime/env.ts";
import * as format from "#words/format.ts";
import { withContext } from "./connection.ts";
import { showProgress } from "./progress.ts";
import { formatOf, type RowFormat, readRows } from "./read-rows.ts";

const optionsSchema = z.object({
  format: z.enum(["csv", "jsonl"]).optional(),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** What became of one line. */
export type LineReport =
  | {
      line: number;
      externalId: string;
      outcome: Provisioned["outcome"];
      changes: string[];
      links: string[];
      kept: number;
    }
  | { line: number; outcome: "refused"; why: string };

export type ImportTotals = Record<LineReport["outcome"], number>;

export function registerAccounts(program: Command): void {
  const accounts = program.command("accounts").description("customers by your own ids");
  accounts
    .command("import")
    .argument("<file>", "CSV or JSON Lines, plain or gzip")
    .description(
      "create and update accounts by their external ids, like PUT /staff/accounts/by-external-id/{externalId}",
    )
    .addOption(new Option("--format <format>", "when the file's name does not tell").choices(["csv", "jsonl"]))
    .option("--dry-run", "check every line and change nothing")
    .option("--json", "print a line of JSON per line of the file, and nothing else")
    .addHelpText("after", explanation)
    .action(async (file: string, given: unknown) => {
      const { format: named, dryRun, json } = optionsSchema.parse(given);
      const kind = named ?? formatOf(file);
      const say = (report: LineReport) => print(json ? JSON.stringify(report) : textOf(report, dryRun));
      const totals = await withContext("accounts-import", (ctx) =>
        importAccounts(ctx, file, { format: kind, isDryRun: dryRun, isQuiet: json, say }),
      );
      if (!json) await print(totalsText(totals, dryRun));
      process.exitCode = totals.refused > 0 ? 1 : 0;
    });
}

const explanation = `
Columns: externalId, name, plan (its name), members, isProtected (true or false); the last two may be missing or empty, and then stay as they are.
members is the whole list, as role:address separated by spaces: "owner:mara@example.com developer:jonas@example.com".
JSON Lines have the fields of the call's body, with externalId.
Each line is a transaction of its own, and a line that says what is already so changes nothing: a run that was stopped is resumed by running it again.
Without a mail server the report holds the links of new invitations.
Exit codes: 0 every line done, 1 failed or lines were refused, 2 wrong usage.`;

type Options = { format: RowFormat; isDryRun: boolean; isQuiet: boolean; say: (report: LineReport) => Promise<void> };

/** Provisions a file line by line, and reports each when it is done. Only a failure of the database ends it early. */
export async function importAccounts(ctx: Ctx, file: string, options: Options): Promise<ImportTotals> {
  const totals: ImportTotals = { created: 0, changed: 0, unchanged: 0, refused: 0 };
  const { size } = await stat(file);
  let bytes = 0;
  const progress = showProgress("Accounts", size, "bytes", options.isQuiet);
  const onBytes = (count: number) => (bytes += count);
  try {
    for await (const read of readRows(file, { format: options.format, schema: provisionInput, fromCells, onBytes })) {
      const report =
        "why" in read
          ? { line: read.line, outcome: "refused" as const, why: read.why }
          : await provision(ctx, read.line, read.row, options.isDryRun);
      totals[report.outcome] += 1;
      await options.say(report);
      progress.update(bytes);
    }
  } finally {
    progress.stop();
  }
  return totals;
}

async function provision(ctx: Ctx, line: number, row: ProvisionInput, isDryRun: boolean): Promise<LineReport> {
  const at = { ...ctx, now: new Date() };
  try {
    const done = await (isDryRun ? rehearse(at, (inner) => provisionAccount(inner, row)) : provisionAccount(at, row));
    const { externalId, outcome, changes, members } = done;
    // What a dry run gives out opens nothing.
    const secrets = isDryRun ? [] : (members?.invited ?? []).flatMap(({ secret }) => secret ?? []);
    const links = secrets.map((secret) => new URL(invitationPath(secret), publicUrl()).href);
    return { line, externalId, outcome, changes, links, kept: members?.kept.length ?? 0 };
  } catch (error) {
    if (error instanceof AppError) return { line, outcome: "refused", why: error.message };
    throw error;
  }
}

/** `owner:a@x.example developer:b@x.example` in one column. */
function fromCells({ members, isProtected, ...cells }: Record<string, string>): unknown {
  const listed = members?.split(/\s+/).map((one) => {
    const colon = one.indexOf(":");
    return { role: one.slice(0, Math.max(colon, 0)), email: one.slice(colon + 1) };
  });
  const flags: Record<string, boolean> = { true: true, false: false };
  return {
    ...cells,
    ...(listed ? { members: listed } : {}),
    // A word that is neither is for the schema to refuse.
    ...(isProtected === undefined ? {} : { isProtected: flags[isProtected.toLowerCase()] ?? isProtected }),
  };
}

function textOf(report: LineReport, isDryRun: boolean): string {
  const line = `line ${format.count(report.line)}:`;
  if (report.outcome === "refused") return `${line} refused. ${report.why}`;
  const { externalId, outcome, changes, links, kept } = report;
  const what = changes.length > 0 ? ` (${changes.join(", ")})` : "";
  const owner = kept > 0 ? " The last owner stays until another has joined." : "";
  const done = isDryRun && outcome !== "unchanged" ? `would be ${outcome}` : outcome;
  return [`${line} ${externalId} ${done}${what}.${owner}`, ...links.map((link) => `  ${link}`)].join("\n");
}

function totalsText({ created, changed, unchanged, refused }: ImportTotals, isDryRun: boolean): string {
  const done = isDryRun ? "would be " : "";
  return `${format.count(created)} accounts ${done}created, ${format.count(changed)} ${done}changed, ${format.count(unchanged)} unchanged, ${format.count(refused)} lines refused.`;
}

/** Waits where the reader of the output is slower than the import, so that reports do not pile up. */
async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, "drain");
}
