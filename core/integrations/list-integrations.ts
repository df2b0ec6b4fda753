import { asc, count, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { integration } from "#db/schema/integrations.ts";
import { token, tokenLastUse } from "#db/schema/tokens.ts";
import { query } from "../define.ts";
import { collectedData } from "../rules/vocabulary.ts";
import { accountOf } from "../scope.ts";

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
    return rows.map((row) => ({
      ...row,
      dataCollected: z.array(z.enum(collectedData)).catch([]).parse(row.dataCollected),
      /** It collects something about people and says nowhere what happens to it. */
      isPolicyMissing: row.privacyPolicyUrl === null && row.dataCollected.length > 0,
    }));
  },
});

export type IntegrationRow = Awaited<ReturnType<typeof listIntegrations>>[number];
