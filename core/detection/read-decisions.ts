import { and, eq, gt, isNotNull, not, sql } from "drizzle-orm";
import { flag } from "#db/schema/abuse.ts";
import { action } from "#db/schema/enforcement.ts";
import type { Ctx } from "../frame/context.ts";
import { isUndone } from "../frame/undone.ts";
import { decidedSinceMs, type SignalKey } from "../rules/cases/decided-since.ts";
import type { Detector } from "../rules/detectors/detector.ts";
import { dayMs } from "../rules/time.ts";

/** As far back as any detector looks. */
const horizonMs = 28 * dayMs;

/** What staff have decided about an account: for each key of a signal, the moment from which traffic counts; 0 = from the beginning. */
export async function readDecisions(
  ctx: Ctx,
  accountId: string,
): Promise<(detector: Detector, key: Omit<SignalKey, "detector">) => number> {
  const from = new Date(ctx.now.getTime() - horizonMs);
  const flags = await ctx.db
    .select({ detector: flag.detector, scope: flag.scope, scopeId: flag.scopeId, decidedAt: flag.decidedAt })
    .from(flag)
    .where(and(eq(flag.accountId, accountId), isNotNull(flag.decidedAt), gt(flag.decidedAt, from)));
  const actions = await ctx.db
    .select({
      reasonCode: action.reasonCode,
      tokenId: action.tokenId,
      type: action.type,
      state: action.state,
      endedAt: action.endedAt,
      appliedAt: action.appliedAt,
      effectiveAt: action.effectiveAt,
    })
    .from(action)
    .where(
      and(
        eq(action.accountId, accountId),
        gt(sql`greatest(${action.appliedAt}, ${action.endedAt})`, from),
        isNotNull(action.appliedAt),
        not(isUndone),
      ),
    );
  const decided = flags.flatMap(({ decidedAt, ...one }) =>
    decidedAt === null ? [] : [{ ...one, decidedAtMs: decidedAt.getTime() }],
  );
  const taken = actions.flatMap(({ appliedAt, effectiveAt, endedAt, type, state, ...one }) => {
    if (appliedAt === null) return [];
    // The database's clock says when it was applied, and may be ahead of this one.
    const at = appliedAt <= ctx.now ? appliedAt : effectiveAt;
    // A notice ends when its owner acknowledges it, which is no decision.
    const isOver = type !== "notice" && (state === "lifted" || state === "overturned" || state === "expired");
    return [{ ...one, decidedAtMs: Math.max(at.getTime(), isOver ? (endedAt?.getTime() ?? 0) : 0) }];
  });
  return ({ id, reasonCode }, { scope, scopeId }) =>
    decidedSinceMs({ detector: id, scope, scopeId }, reasonCode, decided, taken);
}
