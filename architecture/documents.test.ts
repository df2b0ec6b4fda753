import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { webhookTable } from "#core/api/openapi-webhooks.ts";
import { configurationTable } from "#core/runtime/configuration-table.ts";
import { generated, withPart } from "../scripts/generate-docs.mjs";

const tables: Record<string, () => string> = { webhookTable, configurationTable };

it.each(generated)("$path says what the code says (npm run generate:docs writes it)", ({ path, part }) => {
  const text = readFileSync(path, "utf8");
  expect(withPart(text, part, tables[part]?.() ?? "")).toBe(text);
});
