import { z } from "zod";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";

/** Ends a token for good: the gate answers `token_revoked` from the next request on. The row stays, with the reason. */
export const revokeToken = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    reason: z.string().trim().max(200).default(""),
    version: numberOrText(z.number().int()).optional(),
  }),
  run: async (ctx, { tokenId, reason, version }) => {
    const revokedReason = reason === "" ? words.records.revokedByMember : reason;
    const changed = await changeToken(ctx, tokenId, version, { revokedAt: ctx.now, revokedReason });
    return { ...changed, reason: revokedReason };
  },
  happened: (_input, { id, name, accountId, reason }) =>
    fact("token.revoked", { subjectId: id, accountId }, { name, reason }),
});
