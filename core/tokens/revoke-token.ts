import { z } from "zod";
import { emit } from "../facts/outbox.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { changeToken } from "./change-token.ts";

/** Ends a token for good: the gate answers `token_revoked` from the next request on. The row stays, with the reason. */
export const revokeToken = command({
  permission: "tokens:write",
  input: z.strictObject({
    tokenId: z.uuid(),
    reason: z.string().trim().max(200, "Use at most 200 characters.").default(""),
    version: numberOrText(z.number().int()).optional(),
  }),
  run: async (ctx, { tokenId, reason, version }) => {
    const revokedReason = reason === "" ? "Revoked by a member" : reason;
    const changed = await changeToken(ctx, tokenId, version, { revokedAt: ctx.now, revokedReason });
    await emit(ctx, "token.revoked", changed.accountId, { tokenId, name: changed.name });
    return { ...changed, reason: revokedReason };
  },
  audit: (_input, { id, name, accountId, reason }) => ({
    action: "token.revoke",
    subjectKind: "token",
    subjectId: id,
    accountId,
    data: { name, reason },
  }),
});
