import { asc, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, caseEvent, flag } from "#db/schema/abuse.ts";
import { account } from "#db/schema/accounts.ts";
import { user } from "#db/schema/auth.ts";
import { plan } from "#db/schema/provider.ts";
import { token } from "#db/schema/tokens.ts";
import type { Ctx } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { standingOf } from "../frame/standing-of.ts";
import { recordView } from "../personal-data/record-view.ts";
import { outcomeRefusal, proposedOutcome } from "../rules/cases/outcomes.ts";
import { caseOutcomes } from "../rules/vocabulary.ts";
import { caseActions } from "./case-actions.ts";
import { otherHolder } from "./hold-case.ts";
import { scorer } from "./rank-cases.ts";

/** One case on one page: its account, flags with their shares of the score, and the timeline, newest first. */
export const getCase = query({
  permission: "cases:read",
  input: z.strictObject({ caseId: z.uuid() }),
  run: async (ctx, { caseId }) => {
    const [found] = await ctx.db
      .select({
        id: abuseCase.id,
        state: abuseCase.state,
        outcome: abuseCase.outcome,
        version: abuseCase.version,
        openedAt: abuseCase.openedAt,
        closedAt: abuseCase.closedAt,
        claimedUntil: abuseCase.claimedUntil,
        snoozedUntil: abuseCase.snoozedUntil,
        snoozeCount: abuseCase.snoozeCount,
        previousCaseId: abuseCase.previousCaseId,
        assigneeUserId: abuseCase.assigneeUserId,
        assigneeName: user.name,
        accountId: account.id,
        accountName: account.name,
        accountSlug: account.slug,
        customerSince: account.createdAt,
        isProtected: account.isProtected,
        planName: plan.name,
        quotaPerDay: plan.quotaPerDay,
      })
      .from(abuseCase)
      .innerJoin(account, eq(account.id, abuseCase.accountId))
      .innerJoin(plan, eq(plan.id, account.planId))
      .leftJoin(user, eq(user.id, abuseCase.assigneeUserId))
      .where(eq(abuseCase.id, caseId));
    if (!found) throw notFound("case");
    await recordView(ctx, { accountId: found.accountId, what: "case", subjectId: caseId });
    const flags = await ctx.db
      .select({
        id: flag.id,
        detector: flag.detector,
        scope: flag.scope,
        scopeId: flag.scopeId,
        state: flag.state,
        severity: flag.severity,
        count: flag.count,
        summary: flag.summary,
        firstSeenAt: flag.firstSeenAt,
        lastSeenAt: flag.lastSeenAt,
        dismissReason: flag.dismissReason,
        mutedUntil: flag.mutedUntil,
      })
      .from(flag)
      .where(eq(flag.caseId, caseId))
      .orderBy(desc(flag.severity), asc(flag.firstSeenAt));
    const tokens = await ctx.db
      .select({ id: token.id, name: token.name })
      .from(token)
      .where(eq(token.accountId, found.accountId));
    const named = flags.map((one) => ({
      ...one,
      scopeName:
        one.scope === "token"
          ? (tokens.find((row) => row.id === one.scopeId)?.name ?? "a token")
          : one.scope === "network"
            ? one.scopeId
            : "whole account",
    }));
    const [standing, score, timeline, actions, holder] = await Promise.all([
      standingOf(ctx, found.accountId),
      scorer(ctx),
      timelineOf(ctx, caseId),
      caseActions(ctx, caseId),
      otherHolder(ctx, caseId),
    ]);
    return {
      ...found,
      standing,
      ...score(found, named),
      timeline,
      /** The colleague who works on it now; null = nobody else does. */
      holder,
      outcomes: {
        proposed: proposedOutcome(actions),
        possible: caseOutcomes.filter((outcome) => outcomeRefusal(outcome, actions) === null),
      },
    };
  },
});

export type CaseDetail = Awaited<ReturnType<typeof getCase>>;

const facts = z.record(z.string(), z.unknown()).catch({});

/** The newest first. */
async function timelineOf(ctx: Ctx, caseId: string) {
  const rows = await ctx.db
    .select({
      id: caseEvent.id,
      at: caseEvent.at,
      type: caseEvent.type,
      actorName: caseEvent.actorName,
      actorKind: caseEvent.actorKind,
      data: caseEvent.data,
    })
    .from(caseEvent)
    .where(eq(caseEvent.caseId, caseId))
    .orderBy(desc(caseEvent.id))
    .limit(500);
  return rows.map((row) => ({ ...row, data: facts.parse(row.data) }));
}
