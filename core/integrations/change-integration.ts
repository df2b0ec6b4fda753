import { and, eq, isNull, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { user } from "#db/schema/auth.ts";
import { integration } from "#db/schema/integrations.ts";
import * as words from "#words/words.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

const editable = {
  name: integration.name,
  purpose: integration.purpose,
  contactEmail: integration.contactEmail,
  privacyPolicyUrl: integration.privacyPolicyUrl,
  dataCollected: integration.dataCollected,
};

type Change = Omit<PgUpdateSetSource<typeof integration>, "id" | "accountId" | "createdAt" | "version">;

/** Changes an integration of the actor's account that is in use, and gives back what it was. `version` must be the one that was read, or it is a `conflict`. */
export async function changeIntegration(ctx: Ctx, integrationId: string, version: number | undefined, change: Change) {
  const mine = and(
    eq(integration.id, integrationId),
    scoped(ctx, integration.accountId),
    isNull(integration.archivedAt),
  );
  const [was] = await ctx.db.select(editable).from(integration).where(mine).for("update");
  const [changed] = await ctx.db
    .update(integration)
    .set({
      ...change,
      version: sql`${integration.version} + 1`,
      updatedAt: ctx.now,
      updatedByUserId: actorUserId(ctx.actor),
    })
    .where(and(mine, version === undefined ? undefined : eq(integration.version, version)))
    .returning({ id: integration.id, accountId: integration.accountId, name: integration.name });
  if (was && changed) return { ...changed, was };
  const [found] = await ctx.db
    .select({ name: integration.name, updatedAt: integration.updatedAt, updatedBy: user.name })
    .from(integration)
    .leftJoin(user, eq(user.id, integration.updatedByUserId))
    .where(mine);
  if (!found) throw notFound("integration");
  throw new AppError("conflict", words.errors.integrationChanged(found));
}
