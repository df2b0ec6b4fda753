import { and, eq, inArray, isNull } from "drizzle-orm";
import { integration } from "#db/schema/integrations.ts";
import { scope } from "#db/schema/provider.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { invalid } from "../frame/errors.ts";
import { can, isTokenScope } from "../frame/permissions.ts";

/** Refuses scopes that neither the provider nor Gatehouse has, those the actor could not use, and an integration that is not the account's or no longer in use. */
export async function refuseImpossible(
  ctx: Ctx,
  accountId: string,
  { scopes, integrationId }: { scopes: string[]; integrationId: string | null },
): Promise<void> {
  if (scopes.length > 0) {
    const known = await ctx.db.select({ name: scope.name }).from(scope).where(inArray(scope.name, scopes));
    const others = scopes.filter((name) => !known.some((row) => row.name === name));
    const missing = others.find((name) => !isTokenScope(name));
    if (missing !== undefined) throw invalid("scopes", words.errors.noSuchScope(missing.slice(0, 60)));
    const beyond = beyondActor(ctx, others);
    if (beyond !== undefined) throw invalid("scopes", words.errors.scopeBeyondYou(beyond));
  }
  if (integrationId === null) return;
  const [found] = await ctx.db
    .select({ id: integration.id })
    .from(integration)
    .where(
      and(eq(integration.id, integrationId), eq(integration.accountId, accountId), isNull(integration.archivedAt)),
    );
  if (!found) throw invalid("integrationId", words.errors.chooseIntegration);
}

/** A scope of Gatehouse's own that the actor has not: nobody hands out more than they have, in a new token or a new secret. */
export function beyondActor(ctx: Ctx, scopes: readonly string[]): string | undefined {
  return scopes.find((name) => isTokenScope(name) && !can(ctx.actor, name));
}
