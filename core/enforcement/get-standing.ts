import { and, desc, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import { token } from "#db/schema/tokens.ts";
import * as words from "#words/words.ts";
import { query } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";
import { actionsInForce, standingOf } from "../frame/standing-of.ts";
import { clauseOf, policyVersions } from "../policy/policy-versions.ts";
import { isInForce } from "../rules/standing/standing.ts";
import { ownersEvidence } from "./evidence.ts";

/**
 * The account's standing as its members may see it: what is in force and why, with the policy clause in the version of that
 * day and the sealed evidence, and the history. While an action is silent its kind and end are shown, its reason is not.
 */
export const getStanding = query({
  permission: "standing:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, input.accountId);
    const policy = policyVersions(ctx.db);
    const rows = await ctx.db
      .select({
        id: action.id,
        type: action.type,
        state: action.state,
        surface: action.surface,
        tokenName: token.name,
        factor: action.factor,
        reasonCode: action.reasonCode,
        policyClause: action.policyClause,
        policyTitle: policy.title,
        policyNumber: policy.number,
        clauses: policy.clauses,
        publicText: action.publicText,
        evidence: action.evidence,
        isSilent: action.isSilent,
        noticeDueAt: action.noticeDueAt,
        billingConsequence: action.billingConsequence,
        effectiveAt: action.effectiveAt,
        lapsesAt: action.lapsesAt,
        windDownEndsAt: action.windDownEndsAt,
        appliedAt: action.appliedAt,
        endsAt: action.endsAt,
        endedAt: action.endedAt,
      })
      .from(action)
      .innerJoin(policy, eq(policy.id, action.policyVersionId))
      .leftJoin(token, eq(token.id, action.tokenId))
      .where(and(eq(action.accountId, accountId), ne(action.state, "draft")))
      .orderBy(desc(action.createdAt))
      .limit(100);
    const inForce = await actionsInForce(ctx, [accountId]);
    const nowMs = ctx.now.getTime();
    const shown = rows
      // What was never in force is staff's own business, and so is what was undone at once; what is scheduled is announced.
      .filter((row) => row.appliedAt !== null || (row.state === "scheduled" && !row.isSilent))
      .map(({ clauses, evidence, isSilent, publicText, reasonCode, policyClause, state, ...row }) => {
        const clause = clauseOf(clauses, policyClause);
        const facts = { reasonCode, reasonTitle: words.reasons[reasonCode].title, publicText, clause };
        return {
          ...row,
          isInForce: inForce.some((one) => one.id === row.id && isInForce(one, nowMs)),
          state: state === "applying" ? ("active" as const) : state,
          /** Null while the provider has not given notice yet. */
          statement: isSilent ? null : { ...facts, evidence: ownersEvidence(evidence) },
        };
      });
    return { standing: await standingOf(ctx, accountId), actions: shown };
  },
});

export type StandingView = Awaited<ReturnType<typeof getStanding>>;
