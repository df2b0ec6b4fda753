import { eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { plan } from "#db/schema/provider.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { standingOf } from "../frame/standing-of.ts";
import { recordView } from "../personal-data/record-view.ts";
import { eraseAfterMs, outboundNetworks } from "../runtime/env.ts";

/** Facts of one account and its standing now. `erasableFrom`: when a closed account can be erased without saying that it is early. `hasPrivateNetworks`: this installation allows some, so that the account can be given them. */
export const getAccount = query({
  permission: "account:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) => readAccount(ctx, accountOf(ctx, input.accountId)),
});

/** The same for who has been let through already. */
export async function readAccount(ctx: Ctx, accountId: string) {
  const [found] = await ctx.db
    .select({
      id: account.id,
      externalId: account.externalId,
      name: account.name,
      slug: account.slug,
      createdAt: account.createdAt,
      isProtected: account.isProtected,
      reachesPrivateNetworks: account.reachesPrivateNetworks,
      allowedNetworks: account.allowedNetworks,
      closedAt: account.closedAt,
      closedReason: account.closedReason,
      erasedAt: account.erasedAt,
      version: account.version,
      planName: plan.name,
      quotaPerDay: plan.quotaPerDay,
    })
    .from(account)
    .innerJoin(plan, eq(plan.id, account.planId))
    .where(eq(account.id, accountId));
  if (!found) throw notFound("account");
  // Only looks of staff are written down.
  await recordView(ctx, { accountId, what: "account", subjectId: accountId });
  const standing = await standingOf(ctx, accountId);
  const erasableFrom = found.closedAt && new Date(found.closedAt.getTime() + eraseAfterMs());
  return { ...found, erasableFrom, standing, hasPrivateNetworks: outboundNetworks().length > 0 };
}
