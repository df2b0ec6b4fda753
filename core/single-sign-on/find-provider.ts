import { and, eq } from "drizzle-orm";
import { identityProvider } from "#db/schema/identity.ts";
import type { Ctx } from "../frame/context.ts";
import { notFound } from "../frame/errors.ts";

const columns = {
  id: identityProvider.id,
  name: identityProvider.name,
  issuer: identityProvider.issuer,
  clientId: identityProvider.clientId,
  clientSecretSealed: identityProvider.clientSecretSealed,
  audience: identityProvider.audience,
  accountId: identityProvider.accountId,
  isEnabled: identityProvider.isEnabled,
  isOnlyWay: identityProvider.isOnlyWay,
  checksSecondStep: identityProvider.checksSecondStep,
  defaultRole: identityProvider.defaultRole,
  roleRules: identityProvider.roleRules,
  editorUserIds: identityProvider.editorUserIds,
  version: identityProvider.version,
};

export type Provider = Awaited<ReturnType<typeof findProvider>>;

/** An issuer that people can sign in through now. Throws `not_found`. */
export async function findEnabled(ctx: Ctx, providerId: string): Promise<Provider> {
  const found = await findProvider(ctx, providerId);
  if (!found.isEnabled) throw notFound("issuer");
  return found;
}

/** An issuer, switched on or not. Throws `not_found`. */
export async function findProvider(ctx: Ctx, providerId: string) {
  const [found] = await ctx.db
    .select(columns)
    .from(identityProvider)
    .where(and(eq(identityProvider.id, providerId)));
  if (!found) throw notFound("issuer");
  return found;
}
