import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { integration } from "#db/schema/integrations.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

/** Another's server is not to be called as fast as somebody clicks. */
const pauseSeconds = 30;

/**
 * Has the privacy policy of an integration looked at now instead of at its time. Throws `conflict` where there is no address to
 * look at, and within half a minute of the last look.
 */
export const checkPolicy = command({
  permission: "integrations:write",
  input: z.strictObject({ integrationId: z.uuid() }),
  run: async (ctx, { integrationId }) => {
    const mine = and(
      eq(integration.id, integrationId),
      scoped(ctx, integration.accountId),
      isNull(integration.archivedAt),
    );
    const [found] = await ctx.db
      .select({
        id: integration.id,
        accountId: integration.accountId,
        name: integration.name,
        url: integration.privacyPolicyUrl,
        checkedAt: integration.policyCheckedAt,
      })
      .from(integration)
      .where(mine)
      .for("update");
    if (!found) throw notFound("integration");
    if (found.url === null) throw new AppError("conflict", words.errors.noPrivacyPolicy(found.name));
    if (found.checkedAt && ctx.now.getTime() - found.checkedAt.getTime() < pauseSeconds * 1_000) {
      throw new AppError("conflict", words.errors.checkedLately(pauseSeconds));
    }
    await ctx.db.update(integration).set({ policyNextCheckAt: null }).where(mine);
    return { id: found.id, accountId: found.accountId, name: found.name };
  },
  happened: (_input, { id, accountId, name }) =>
    fact("integration.policy_checked", { subjectId: id, accountId }, { name }),
});
