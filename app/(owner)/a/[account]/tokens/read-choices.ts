import "server-only";
import type { Ctx } from "#core/context.ts";
import { tokenMaxDays } from "#core/env.ts";
import { listIntegrations } from "#core/integrations/list-integrations.ts";
import { getProvider } from "#core/provider/get-provider.ts";
import type { TokenChoices } from "./token-choices.ts";

/** What the form of a token can offer in this account, to this person, now. */
export async function readChoices(ctx: Ctx): Promise<TokenChoices> {
  const [provider, integrations] = await Promise.all([getProvider(ctx, {}), listIntegrations(ctx, {})]);
  return {
    scopes: provider.scopes,
    routes: provider.endpoints.map(({ surface, method, path, scope }) => ({ surface, method, path, scope })),
    integrations: integrations.filter((one) => one.archivedAt === null).map(({ id, name }) => ({ id, name })),
    maxDays: tokenMaxDays(),
    myAddress: ctx.ip,
    nowMs: ctx.now.getTime(),
  };
}
