import { z } from "zod";
import { emit } from "../facts/outbox.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";

/** Stops a token until it is unpaused: the gate answers `token_paused` from the next request on. */
export const pauseToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { tokenId, version }) => {
    const changed = await changeToken(ctx, tokenId, version, { pausedAt: ctx.now });
    await emit(ctx, "token.paused", changed.accountId, { tokenId, name: changed.name });
    return changed;
  },
  audit: (_input, { id, name, accountId }) => ({
    action: "token.pause",
    subjectKind: "token",
    subjectId: id,
    accountId,
    data: { name },
  }),
});
