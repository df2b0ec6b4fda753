import { and, eq, inArray, isNull } from "drizzle-orm";
import { integration } from "#db/schema/integrations.ts";
import { scope } from "#db/schema/provider.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../errors.ts";

/** Refuses scopes that the provider does not have, and an integration that is not the account's or no longer in use. */
export async function refuseImpossible(
  ctx: Ctx,
  accountId: string,
  { scopes, integrationId }: { scopes: string[]; integrationId: string | null },
): Promise<void> {
  if (scopes.length > 0) {
    const known = await ctx.db.select({ name: scope.name }).from(scope).where(inArray(scope.name, scopes));
    const missing = scopes.find((name) => !known.some((row) => row.name === name));
    if (missing !== undefined) throw invalid("scopes", `There is no scope called ${missing.slice(0, 60)}.`);
  }
  if (integrationId === null) return;
  const [found] = await ctx.db
    .select({ id: integration.id })
    .from(integration)
    .where(
      and(eq(integration.id, integrationId), eq(integration.accountId, accountId), isNull(integration.archivedAt)),
    );
  if (!found) throw invalid("integrationId", "Choose an integration of this account that is in use.");
}
