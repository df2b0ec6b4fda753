import { asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integration } from "#db/schema/integrations.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { policyState } from "../rules/privacy-policy.ts";
import { collectedData } from "../rules/vocabulary.ts";

/** The integrations of an account, those in use first, with how many tokens name each and when one was last used. */
export const listIntegrations = query({
  permission: "integrations:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const rows = await ctx.db
      .select({
        id: integration.id,
        name: integration.name,
        purpose: integration.purpose,
        contactEmail: integration.contactEmail,
        privacyPolicyUrl: integration.privacyPolicyUrl,
        dataCollected: integration.dataCollected,
        policyCheckedAt: integration.policyCheckedAt,
        /** What was wrong at the last look, as a sentence. */
        policyProblem: integration.policyProblem,
        policyFailingSince: integration.policyFailingSince,
        isPolicyDue: sql<boolean>`coalesce(${integration.policyNextCheckAt} <= ${ctx.now}, true)`,
        createdAt: integration.createdAt,
        archivedAt: integration.archivedAt,
        version: integration.version,
        tokens: count(token.id),
        lastUsedAt: sql<Date | null>`max(${tokenLastUse.at})`.mapWith(tokenLastUse.at),
      })
      .from(integration)
      .leftJoin(token, eq(token.integrationId, integration.id))
      .leftJoin(tokenLastUse, eq(tokenLastUse.tokenId, token.id))
      .where(eq(integration.accountId, accountOf(ctx, input.accountId)))
      .groupBy(integration.id)
      .orderBy(desc(isNull(integration.archivedAt)), asc(integration.name))
      .limit(500);
    return rows.map(({ isPolicyDue, ...row }) => {
      const state = policyState({
        url: row.privacyPolicyUrl,
        collectsData: row.dataCollected.length > 0,
        checkedAt: row.policyCheckedAt,
        problem: row.policyProblem,
      });
      return {
        ...row,
        dataCollected: z.array(z.enum(collectedData)).catch([]).parse(row.dataCollected),
        policyState: state,
        /** It collects something about people and says nowhere what happens to it. */
        isPolicyMissing: state === "missing",
        /** The worker looks at the page next. */
        isPolicyBeingChecked: isPolicyDue && row.privacyPolicyUrl !== null && row.archivedAt === null,
      };
    });
  },
});

export type IntegrationRow = Awaited<ReturnType<typeof listIntegrations>>[number];
