import * as words from "#words/words.ts";
import "server-only";
import type { Ctx } from "#core/frame/context.ts";
import { can, tokenScopes } from "#core/frame/permissions.ts";
import { listIntegrations } from "#core/integrations/list-integrations.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import { tokenMaxDays } from "#core/runtime/env.ts";
import type { ScopeRow, TokenChoices } from "./token-choices.ts";

/** What the form of a token can offer in this account, to this person, now. */
export async function readChoices(ctx: Ctx): Promise<TokenChoices> {
  const [provider, integrations] = await Promise.all([getProvider(ctx, {}), listIntegrations(ctx, {})]);
  return {
    scopes: [...provider.scopes, ...ownScopes(ctx)],
    routes: provider.endpoints.map(({ surface, method, path, scope }) => ({ surface, method, path, scope })),
    integrations: integrations.filter((one) => one.archivedAt === null).map(({ id, name }) => ({ id, name })),
    maxDays: tokenMaxDays(),
    myAddress: ctx.ip,
    nowMs: ctx.now.getTime(),
  };
}

/** Scopes of Gatehouse itself, for automation by REST: those the person has, since nobody gives away more. */
function ownScopes(ctx: Ctx): ScopeRow[] {
  return tokenScopes
    .filter((name) => can(ctx.actor, name))
    .map((name) => ({ name, area: "Gatehouse", description: words.tokenScopes[name] }));
}
