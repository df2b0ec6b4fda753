/**
 * `npm run generate:client`: makes the typed client that tests call the API with, from the document of this source.
 * Writes e2e/generated/api-client.ts.
 */
import { rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { generateApi } from "swagger-typescript-api";

const target = fileURLToPath(new URL("../e2e/generated/api-client.ts", import.meta.url));

/**
 * The client's source text.
 * @param {Record<string, unknown>} document
 */
export async function clientSource(document) {
  const { files } = await generateApi({
    spec: document,
    output: false,
    fileName: "api-client.ts",
    httpClientType: "fetch",
    silent: true,
    unwrapResponseData: false,
    extractRequestBody: false,
    generateUnionEnums: true,
    moduleNameFirstTag: false,
  });
  const [file] = files;
  if (!file) throw new Error("Nothing was generated.");
  // Where the document was read from is nobody's business in the repository.
  return file.fileContent
    .replaceAll(/@baseUrl .*/g, "@baseUrl /api/v1")
    .replaceAll(/baseUrl: string = ".*?"/g, 'baseUrl: string = "/api/v1"');
}

/** The document of the source as it is, bundled for this moment: Node 20 does not run TypeScript. */
async function currentDocument() {
  const outfile = fileURLToPath(new URL("../dist/openapi-document.mjs", import.meta.url));
  const entry = `export { openapi } from "#core/api/openapi.ts"; export { version } from "#core/runtime/version.ts";`;
  const resolveDir = fileURLToPath(new URL("..", import.meta.url));
  await build({
    stdin: { contents: entry, resolveDir },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
  });
  const { openapi, version } = await import(outfile);
  await rm(outfile);
  return openapi("https://desk.acme.test", version);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(target, await clientSource(await currentDocument()));
  process.stdout.write("Written: e2e/generated/api-client.ts\n");
}
