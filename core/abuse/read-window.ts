import { and, asc, eq, gte, inArray, max } from "drizzle-orm";
import { selfCure } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import { refusal, usageMinute } from "#db/schema/usage.ts";
import type { Ctx } from "../context.ts";
import type { AccountWindow } from "../rules/detectors/detector.ts";
import { probingCodes } from "../rules/detectors/probing.ts";
import { type DecisionCode, decisionCodes } from "../rules/vocabulary.ts";

const windowMs = 3_600_000;

/** The last hour of one account as detectors see it. Nothing from before its last lifted action, or before its owner fixed the cause, is in it. */
export async function readWindow(ctx: Ctx, accountId: string): Promise<AccountWindow> {
  const nowMs = ctx.now.getTime();
  const [lifted] = await ctx.db
    .select({ at: max(action.endedAt) })
    .from(action)
    .where(and(eq(action.accountId, accountId), inArray(action.state, ["lifted", "overturned", "expired"])));
  const [fixed] = await ctx.db
    .select({ at: max(selfCure.createdAt) })
    .from(selfCure)
    .where(eq(selfCure.accountId, accountId));
  const from = new Date(Math.max(nowMs - windowMs, lifted?.at?.getTime() ?? 0, fixed?.at?.getTime() ?? 0));
  const minutes = await ctx.db
    .select({
      at: usageMinute.at,
      tokenId: usageMinute.tokenId,
      endpointId: usageMinute.endpointId,
      outcome: usageMinute.outcome,
      requests: usageMinute.requests,
    })
    .from(usageMinute)
    .where(and(eq(usageMinute.accountId, accountId), gte(usageMinute.at, from)));
  const paths = await ctx.db
    .select({ at: refusal.at, tokenId: refusal.tokenId, code: refusal.code, path: refusal.path })
    .from(refusal)
    .where(and(eq(refusal.accountId, accountId), gte(refusal.at, from), inArray(refusal.code, [...probingCodes])))
    .orderBy(asc(refusal.at))
    .limit(5_000);
  return {
    nowMs,
    accountId,
    minutes: minutes.flatMap(({ at, outcome, ...row }) =>
      isCode(outcome) ? [{ ...row, outcome, atMs: at.getTime() }] : [],
    ),
    refusedPaths: paths.flatMap(({ at, code, path, tokenId }) =>
      isCode(code) && path !== null ? [{ atMs: at.getTime(), tokenId, code, path }] : [],
    ),
  };
}

function isCode(text: string): text is DecisionCode {
  return (decisionCodes as readonly string[]).includes(text);
}
