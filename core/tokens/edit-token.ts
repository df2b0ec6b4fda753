import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { invalid, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { expiryFault } from "../rules/tokens/token-expiry.ts";
import { tokenMaxDays } from "../runtime/env.ts";
import { changeToken } from "./change-token.ts";
import { refuseImpossible } from "./refuse-impossible.ts";
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
    const [before] = await ctx.db
      .select({
        accountId: token.accountId,
        name: token.name,
        scopes: token.scopes,
        expiresAt: token.expiresAt,
        allowedNetworks: token.allowedNetworks,
        capPerDay: token.capPerDay,
        capPerMinute: token.capPerMinute,
        integrationId: token.integrationId,
      })
      .from(token)
      .where(and(eq(token.id, tokenId), scoped(ctx, token.accountId)))
      .for("update");
    if (!before) throw notFound("token");
    const { accountId, ...was } = before;
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
    fact("token.edited", { subjectId: id, accountId }, { name, ...changes }),
});

/** `{ scopes: "email:send → email:send, email:read" }`: what is different now, in texts for the audit. */
export function changesBetween(was: Record<string, unknown>, is: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(was)
      .map((key): [string, string, string] => [key, textOf(was[key]), textOf(is[key])])
      .filter(([, before, after]) => before !== after)
      .map(([key, before, after]) => [key, `${before} → ${after}`]),
  );
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.length === 0 ? "none" : [...value].sort().join(", ");
  return value === null || value === undefined ? "none" : String(value);
}
