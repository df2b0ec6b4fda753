import { z } from "zod";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { changeToken } from "./change-token.ts";
import { tokenBefore } from "./token-before.ts";
import { createTokenInput, versionRead } from "./token-input.ts";

/** Gives a token its own share of what the account has: calls per UTC day and per minute; null = no cap of its own. */
export const capToken = command({
  permission: "tokens:write",
  input: createTokenInput
    .pick({ capPerDay: true, capPerMinute: true })
    .extend({ tokenId: z.uuid(), version: versionRead }),
  run: async (ctx, { tokenId, version, ...caps }) => {
    const { was } = await tokenBefore(ctx, tokenId);
    const changed = await changeToken(ctx, tokenId, version, caps);
    return { ...changed, changes: changesBetween(was, caps) };
  },
  happened: (_input, { id, name, accountId, changes }) =>
    fact("token.capped", { subjectId: id, accountId }, { name, changes }),
});
