/**
 * `npm run generate:docs`: writes what the documents say of the code from the code: the table of webhook events and that of
 * environment variables. `npm test` fails when they differ.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const project = fileURLToPath(new URL("..", import.meta.url));

/** Documents with a generated part, and the export of the code that gives it. */
export const generated = [
  { path: "docs/webhooks.md", part: "webhookTable" },
  { path: "docs/configuration.md", part: "configurationTable" },
];

/**
 * A document with its generated part replaced: what stands between `<!-- generated: NAME -->` and `<!-- end -->`.
 * @param {string} text
 * @param {string} part
 * @param {string} table
 */
export function withPart(text, part, table) {
  const [before, rest] = text.split(`<!-- generated: ${part} -->`);
  const after = rest?.split("<!-- end -->")[1];
  if (before === undefined || after === undefined) throw new Error(`There is no part ${part}.`);
  return `${before}<!-- generated: ${part} -->\n${table}\n<!-- end -->${after}`;
}

/** The code's own tables, bundled for this moment: Node 20 does not run TypeScript. */
async function tables() {
  const outfile = fileURLToPath(new URL("../dist/document-tables.mjs", import.meta.url));
  const contents = [
    'export { webhookTable } from "#core/api/openapi-webhooks.ts";',
    'export { configurationTable } from "#core/runtime/configuration-table.ts";',
  ].join("\n");
  await build({
    stdin: { contents, resolveDir: project },
    ...{ outfile, bundle: true, platform: "node", format: "esm", packages: "external" },
  });
  /** @type {Record<string, () => string>} */
  const made = await import(outfile);
  await rm(outfile);
  return made;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const made = await tables();
  for (const { path, part } of generated) {
    const file = `${project}/${path}`;
    await writeFile(file, withPart(await readFile(file, "utf8"), part, made[part]?.() ?? ""));
    process.stdout.write(`Written: ${path}\n`);
  }
}
