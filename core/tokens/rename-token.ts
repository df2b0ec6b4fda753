import { z } from "zod";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";
import { tokenBefore } from "./token-before.ts";
import { tokenName } from "./token-input.ts";

export const renameToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), name: tokenName, version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { tokenId, name, version }) => {
    const { was } = await tokenBefore(ctx, tokenId);
    const changed = await changeToken(ctx, tokenId, version, { name });
    return { ...changed, changes: changesBetween(was, { name }) };
  },
  happened: (_input, { id, name, accountId, changes }) =>
    fact("token.renamed", { subjectId: id, accountId }, { name, changes }),
});
