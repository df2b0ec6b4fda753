import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { version } from "#core/runtime/version.ts";
import { clientSource } from "../../scripts/generate-client.mjs";
import { openapi } from "./openapi.ts";

it("the client of the tests is the one that the document makes (npm run generate:client makes it anew)", async () => {
  const committed = await readFile(new URL("../../e2e/generated/api-client.ts", import.meta.url), "utf8");
  expect(await clientSource(openapi("https://desk.acme.test", version))).toBe(committed);
});
