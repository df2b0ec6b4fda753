import { z } from "zod";
import { importOpenapi } from "../../provider/import-openapi.ts";
import { importTokens } from "../../tokens/import-tokens.ts";
import { operation } from "../operation.ts";
import { count } from "../shapes.ts";

const tag = "Staff: import";
const mebibyte = 1024 * 1024;
const endpointShape = z.object({ name: z.string(), method: z.string(), path: z.string() });

export const importOperations = [
  operation({
    id: "staff.import.tokens",
    method: "POST",
    path: "/staff/import/tokens",
    tag,
    summary: "Import tokens by their hashes",
    description:
      "At most 5,000 rows and 2 MiB per call. Existing hashes stay as they are, so a call can be repeated. For millions, use the command line.",
    useCase: importTokens,
    maxBodyBytes: 2 * mebibyte,
    output: z.object({
      imported: count,
      known: count,
      refused: z.array(z.object({ row: count, why: z.string() })),
    }),
    example: {
      input: {
        rows: [
          {
            account: "northwind-mail",
            name: "billing-cron",
            sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            scopes: ["email:send"],
          },
        ],
      },
      output: { imported: 1, known: 0, refused: [] },
    },
  }),
  operation({
    id: "staff.import.openapi",
    method: "POST",
    path: "/staff/import/openapi",
    tag,
    summary: "Import endpoints and scopes from an OpenAPI document",
    description: "With `dry_run=true` it returns the difference and changes nothing.",
    useCase: importOpenapi,
    maxBodyBytes: 4 * mebibyte,
    output: z.object({
      added: z.array(endpointShape.extend({ scope: z.string().nullable() })),
      changed: z.array(endpointShape.extend({ scopeBefore: z.string().nullable(), scope: z.string().nullable() })),
      gone: z.array(endpointShape),
      unchanged: count,
      newScopes: z.array(z.string()),
      faults: z.array(z.string()),
    }),
    example: {
      input: {
        document: { openapi: "3.1.0", paths: { "/v1/email": { post: { operationId: "email.send" } } } },
        rateLimit: 60,
      },
      output: {
        added: [{ name: "email.send", method: "POST", path: "/v1/email", scope: null }],
        changed: [],
        gone: [],
        unchanged: 0,
        newScopes: [],
        faults: [],
      },
    },
  }),
];
