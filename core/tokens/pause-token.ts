import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";

/** Stops a token until it is unpaused: the gate answers `token_paused` from the next request on. */
export const pauseToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { tokenId, version }) => {
    const changed = await changeToken(ctx, tokenId, version, { pausedAt: ctx.now });
    return changed;
  },
  happened: (_input, { id, name, accountId }) => fact("token.paused", { subjectId: id, accountId }, { name }),
});
