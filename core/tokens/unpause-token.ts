import { z } from "zod";
import { command } from "../define.ts";
import { numberOrText } from "../given-as-text.ts";
import { emit } from "../outbox.ts";
import { changeToken } from "./change-token.ts";

/** Lets a paused token work again. A pause by staff is an action and stays. */
export const unpauseToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { tokenId, version }) => {
    const changed = await changeToken(ctx, tokenId, version, { pausedAt: null });
    await emit(ctx, "token.unpaused", changed.accountId, { tokenId, name: changed.name });
    return changed;
  },
  audit: (_input, { id, name, accountId }) => ({
    action: "token.unpause",
    subjectKind: "token",
    subjectId: id,
    accountId,
    data: { name },
  }),
});
