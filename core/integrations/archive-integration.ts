import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeIntegration } from "./change-integration.ts";

/** Takes an integration out of use. Its tokens go on working and keep naming it; no new one can. */
export const archiveIntegration = command({
  permission: "integrations:write",
  input: z.strictObject({ integrationId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: (ctx, { integrationId, version }) => changeIntegration(ctx, integrationId, version, { archivedAt: ctx.now }),
  happened: (_input, { id, accountId, name }) => fact("integration.archived", { subjectId: id, accountId }, { name }),
});
