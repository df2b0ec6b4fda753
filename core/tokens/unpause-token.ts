import { z } from "zod";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { actionsInForce } from "../frame/standing-of.ts";
import { tokenPauseAt } from "../rules/standing/standing.ts";
import { changeToken } from "./change-token.ts";

/** Lets a paused token work again. While the provider has paused it too, that would be no more than a word, so it is a `conflict`. */
export const unpauseToken = command({
  permission: "tokens:write",
  input: z.strictObject({ tokenId: z.uuid(), version: numberOrText(z.number().int()).optional() }),
  run: async (ctx, { tokenId, version }) => {
    const changed = await changeToken(ctx, tokenId, version, { pausedAt: null });
    if (tokenPauseAt(await actionsInForce(ctx, [changed.accountId]), tokenId, ctx.now.getTime()))
      throw new AppError("conflict", words.errors.pausedByProvider(changed.name));
    return changed;
  },
  happened: (_input, { id, name, accountId }) => fact("token.unpaused", { subjectId: id, accountId }, { name }),
});
