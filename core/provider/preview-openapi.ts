import { z } from "zod";
import { query } from "../frame/define.ts";
import { compareOpenapi, openapiDocument } from "./compare-openapi.ts";

/** What an import of the document would add and change, and what it would leave alone. Its fingerprint holds the import to it. */
export const previewOpenapi = query({
  permission: "limits:write",
  input: z.strictObject({ document: openapiDocument }),
  run: async (ctx, { document }) => {
    const { difference, missingScopes, faults, fingerprint } = await compareOpenapi(ctx, document);
    return { ...difference, newScopes: missingScopes.map(({ name }) => name), faults, fingerprint };
  },
});

export type OpenapiPreview = Awaited<ReturnType<typeof previewOpenapi>>;
