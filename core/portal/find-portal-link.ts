import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { staffKey } from "#db/schema/api.ts";
import { portalLink } from "#db/schema/ways-in.ts";
import { hashLinkSecret } from "../auth/link-secret.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";

/** Whom a portal link lets into which account, for the page behind it; it stays unused. Null = it was used, is over, or never was. */
export const findPortalLink = query({
  permission: "session:open",
  input: z.strictObject({ secret: z.string().max(200) }),
  run: async (ctx, { secret }) => {
    const [found] = await ctx.db
      .select({ name: portalLink.name, email: portalLink.email, accountName: account.name })
      .from(portalLink)
      .innerJoin(account, eq(account.id, portalLink.accountId))
      .where(isOpen(ctx, secret));
    return found ?? null;
  },
});

/** The link of this secret if it still works. A key that is revoked takes its links along. */
export function isOpen(ctx: Ctx, secret: string) {
  return and(
    eq(portalLink.secretHash, hashLinkSecret(secret)),
    isNull(portalLink.usedAt),
    gt(portalLink.expiresAt, ctx.now),
    sql`exists (select 1 from ${staffKey} where ${staffKey.id} = ${portalLink.keyId} and ${staffKey.revokedAt} is null)`,
  );
}
