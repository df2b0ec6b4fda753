import { z } from "zod";
import { emit } from "../facts/outbox.ts";
import { command } from "../frame/define.ts";
import { changeToken } from "./change-token.ts";
import { createTokenInput, versionRead } from "./token-input.ts";

/** Gives a token its own share of what the account has: calls per UTC day and per minute; null = no cap of its own. */
export const capToken = command({
  permission: "tokens:write",
  input: createTokenInput
    .pick({ capPerDay: true, capPerMinute: true })
    .extend({ tokenId: z.uuid(), version: versionRead }),
  run: async (ctx, { tokenId, version, ...caps }) => {
    const changed = await changeToken(ctx, tokenId, version, caps);
    await emit(ctx, "token.changed", changed.accountId, { tokenId, name: changed.name });
    return changed;
  },
  audit: (input, { id, name, accountId }) => ({
    action: "token.cap",
    subjectKind: "token",
    subjectId: id,
    accountId,
    data: { name, capPerDay: input.capPerDay, capPerMinute: input.capPerMinute },
  }),
});
