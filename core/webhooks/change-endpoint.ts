import { and, eq, sql } from "drizzle-orm";
import { webhookEndpoint } from "#db/schema/webhooks.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { webhooksOf } from "./webhooks-of.ts";

type Change = Partial<
  Pick<typeof webhookEndpoint.$inferInsert, "url" | "description" | "events" | "disabledAt" | "disabledReason">
>;

/** Changes an endpoint of the actor's, and gives back what it was; `version`, when given, must be the one that was read. */
export async function changeEndpoint(ctx: Ctx, endpointId: string, version: number | undefined, change: Change) {
  const mine = and(eq(webhookEndpoint.id, endpointId), webhooksOf(ctx, webhookEndpoint.accountId));
  const [was] = await ctx.db
    .select({
      url: webhookEndpoint.url,
      description: webhookEndpoint.description,
      events: webhookEndpoint.events,
    })
    .from(webhookEndpoint)
    .where(mine)
    .for("update");
  const [changed] = await ctx.db
    .update(webhookEndpoint)
    .set({ ...change, version: sql`${webhookEndpoint.version} + 1` })
    .where(and(mine, version === undefined ? undefined : eq(webhookEndpoint.version, version)))
    .returning({
      id: webhookEndpoint.id,
      url: webhookEndpoint.url,
      accountId: webhookEndpoint.accountId,
      version: webhookEndpoint.version,
    });
  if (was && changed) return { ...changed, was };
  const [found] = await ctx.db.select({ id: webhookEndpoint.id }).from(webhookEndpoint).where(mine);
  if (!found) throw notFound("webhook endpoint");
  throw new AppError("conflict", words.errors.webhookEndpointChanged);
}
