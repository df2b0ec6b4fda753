import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";
import { tokenName } from "./token-input.ts";

export const renameToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), name: tokenName, version: numberOrText(z.number().int()).optional() }),
  run: (ctx, { tokenId, name, version }) => changeToken(ctx, tokenId, version, { name }),
  happened: (_input, { id, name, accountId }) => fact("token.renamed", { subjectId: id, accountId }, { name }),
});
