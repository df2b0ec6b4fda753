import { z } from "zod";
import { command } from "../define.ts";
import { changeIntegration } from "./change-integration.ts";
import { integrationInput } from "./integration-input.ts";

/** Replaces what is said of an integration. */
export const editIntegration = command({
  permission: "integrations:write",
  input: integrationInput.extend({ integrationId: z.uuid(), version: z.coerce.number().int().optional() }),
  run: (ctx, { integrationId, version, ...values }) => changeIntegration(ctx, integrationId, version, values),
  audit: ({ integrationId: _id, version: _version, ...values }, { id, accountId }) => ({
    action: "integration.edit",
    subjectKind: "integration",
    subjectId: id,
    accountId,
    data: values,
  }),
});
