/**
 * `npm run generate:client`: makes the typed client that tests call the API with, from the document that the built commands print.
 * Writes e2e/generated/api-client.ts.
 */
import { execFileSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
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

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const cli = fileURLToPath(new URL("./cli.mjs", import.meta.url));
  const env = { ...process.env, PUBLIC_URL: "https://desk.acme.test" };
  const text = execFileSync(process.execPath, [cli, "openapi"], { env, encoding: "utf8", maxBuffer: 2 ** 26 });
  await writeFile(target, await clientSource(JSON.parse(text)));
  process.stdout.write("Written: e2e/generated/api-client.ts\n");
}
