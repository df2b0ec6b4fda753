import { z } from "zod";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { changeToken } from "./change-token.ts";
import { tokenBefore } from "./token-before.ts";
import { versionRead } from "./token-input.ts";

/** Takes scopes away from a token, for example those nobody uses. One it does not have is passed over. */
export const dropScopes = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    scopes: z.array(z.string()).min(1, words.errors.chooseScopesToDrop).max(100),
    version: versionRead,
  }),
  run: async (ctx, { tokenId, scopes, version }) => {
    const { was } = await tokenBefore(ctx, tokenId);
    const kept = was.scopes.filter((name) => !scopes.includes(name));
    const changed = await changeToken(ctx, tokenId, version, { scopes: kept });
    return { ...changed, changes: changesBetween(was, { scopes: kept }) };
  },
  happened: (_input, { id, name, accountId, changes }) =>
    fact("token.scopes_dropped", { subjectId: id, accountId }, { name, changes }),
});
