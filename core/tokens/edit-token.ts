import { z } from "zod";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { invalid } from "../frame/errors.ts";
import { expiryFault } from "../rules/tokens/token-expiry.ts";
import { tokenMaxDays } from "../runtime/env.ts";
import { changeToken } from "./change-token.ts";
import { refuseImpossible } from "./refuse-impossible.ts";
import { tokenBefore } from "./token-before.ts";
import { createTokenInput, isDangerousToken, versionRead } from "./token-input.ts";

/**
 * Replaces what a token may do: name, scopes, end, addresses, caps and integration, all as given. The secret stays. An end
 * that is left as it was may lie in the past or beyond the provider's maximum; a new one may not.
 */
export const editToken = command({
  permission: "tokens:write",
  needsProof: isDangerousToken,
  input: createTokenInput.extend({ tokenId: z.uuid(), version: versionRead }),
  run: async (ctx, { tokenId, version, ...values }) => {
    const { accountId, was } = await tokenBefore(ctx, tokenId);
    const isIntegrationKept = values.integrationId === was.integrationId;
    await refuseImpossible(ctx, accountId, {
      ...values,
      integrationId: isIntegrationKept ? null : values.integrationId,
    });
    if (values.expiresAt?.getTime() !== was.expiresAt?.getTime()) {
      const fault = expiryFault(values.expiresAt, ctx.now, tokenMaxDays());
      if (fault) throw invalid("expiresAt", words.expiryFault(fault));
    }
    const changed = await changeToken(ctx, tokenId, version, values);
    return { ...changed, changes: changesBetween(was, values) };
  },
  happened: (_input, { id, name, accountId, changes }) =>
    fact("token.edited", { subjectId: id, accountId }, { name, changes }),
});
