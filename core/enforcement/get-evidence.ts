import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { endpoint } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { recordView } from "../personal-data/record-view.ts";
import { evidenceSchema, sealOf } from "./evidence.ts";

/** What an action rests on, as it was sealed: the same numbers that its account reads, and whether the seal is whole. */
export const getEvidence = query({
  permission: "actions:read",
  input: z.strictObject({ actionId: z.uuid() }),
  run: async (ctx, { actionId }) => {
    const [found] = await ctx.db
      .select({
        id: action.id,
        accountId: action.accountId,
        accountName: account.name,
        caseId: action.caseId,
        type: action.type,
        surface: action.surface,
        factor: action.factor,
        tokenName: token.name,
        endpointName: endpoint.name,
        reasonCode: action.reasonCode,
        policyClause: action.policyClause,
        createdAt: action.createdAt,
        publicText: action.publicText,
        evidence: action.evidence,
        evidenceHash: action.evidenceHash,
      })
      .from(action)
      .innerJoin(account, eq(account.id, action.accountId))
      .leftJoin(token, eq(token.id, action.tokenId))
      .leftJoin(endpoint, eq(endpoint.id, action.endpointId))
      .where(and(eq(action.id, actionId), scoped(ctx, action.accountId)));
    if (!found) throw notFound("action");
    await recordView(ctx, { accountId: found.accountId, what: "account", subjectId: found.accountId });
    const { evidence, ...facts } = found;
    return {
      ...facts,
      isIntact: sealOf(evidence) === facts.evidenceHash,
      evidence: evidenceSchema.nullable().catch(null).parse(evidence),
    };
  },
});
