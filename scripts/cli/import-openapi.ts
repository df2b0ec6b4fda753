import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { rehearse } from "#core/frame/define.ts";
import { importOpenapi } from "#core/provider/import-openapi.ts";
import { withContext } from "./connection.ts";

const optionsSchema = z.object({
  rateLimit: z.union([z.number(), z.literal("none")]),
  dryRun: z.boolean().default(false),
  json: z.boolean().default(false),
});

type Difference = Awaited<ReturnType<typeof importOpenapi>>;

export function registerImportOpenapi(program: Command): void {
  program
    .command("import-openapi")
    .argument("<file>", "OpenAPI 3 document, JSON or YAML")
    .description("register the endpoints and scopes of the provider's API")
    .option("--rate-limit <n>", "requests per minute and account for new endpoints, or none", rateLimit, 60)
    .option("--dry-run", "show the difference and change nothing")
    .option("--json", "print the difference as JSON and nothing else")
    .addHelpText("after", explanation)
    .action(async (file: string, given: unknown) => {
      const { rateLimit: limit, dryRun, json } = optionsSchema.parse(given);
      const document = z.record(z.string(), z.unknown()).parse(parse(await readFile(file, "utf8")));
      const input = { document, rateLimit: limit === "none" ? null : limit };
      const difference = await withContext("import-openapi", (ctx) =>
        dryRun ? rehearse(ctx, (inner) => importOpenapi(inner, input)) : importOpenapi(ctx, input),
      );
      process.stdout.write(`${json ? JSON.stringify(difference) : differenceText(difference, dryRun)}\n`);
    });
}

const explanation = `
Endpoints that are registered and not in the document stay and are listed. Known endpoints keep their limits; only their scope changes.
Exit codes: 0 done, 1 failed, 2 wrong usage.`;

function rateLimit(text: string): number | "none" {
  if (text === "none") return text;
  if (/^\d{1,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number, or none.");
}

/** What is new, changed and gone, a line each with its sign. */
export function differenceText(
  { added, changed, gone, unchanged, newScopes, faults }: Difference,
  isDryRun: boolean,
): string {
  const scopeOf = (scope: string | null) => (scope === null ? "no scope" : scope);
  return [
    ...newScopes.map((name) => `+ scope ${name}`),
    ...added.map((one) => `+ ${one.method} ${one.path}  ${one.name}, ${scopeOf(one.scope)}`),
    ...changed.map(
      (one) => `~ ${one.method} ${one.path}  ${one.name}: ${scopeOf(one.scopeBefore)} → ${scopeOf(one.scope)}`,
    ),
    ...gone.map((one) => `? ${one.method} ${one.path}  ${one.name}: not in the document, stays`),
    ...faults.map((fault) => `! ${fault}`),
    `${added.length} new, ${changed.length} changed, ${gone.length} not in the document, ${unchanged} as before${isDryRun ? "; nothing was changed" : ""}.`,
  ].join("\n");
}
