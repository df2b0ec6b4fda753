import { and, asc, eq, gt, isNull, ne } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, announcedLoad } from "#db/schema/abuse.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { AppError, invalid, notFound } from "../frame/errors.ts";
import { endOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf, scoped } from "../frame/scope.ts";
import { longestLoadMs } from "../rules/limits/limit-request.ts";
import { hourMs } from "../rules/time.ts";

const longestAheadMs = 60 * 24 * hourMs;
const mostAtOnce = 5;

/**
 * A member announces a load, so that it is not taken for abuse: the detectors of volume stay silent in that time. Limits stay as
 * they are; at most 72 hours at a time and five to come.
 */
export const announceLoad = command({
  permission: "loads:write",
  input: z.strictObject({
    startsAt: timeOrText(words.errors.chooseStart),
    endsAt: endOrText(words.errors.chooseEnd),
    reason: z.string(words.errors.sayLoad).trim().min(3, words.errors.sayLoad).max(500),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const { startsAt, endsAt, reason } = input;
    if (endsAt <= startsAt) throw invalid("endsAt", words.errors.endAfterStart);
    if (endsAt <= ctx.now) throw invalid("endsAt", words.errors.chooseLaterEnd);
    if (endsAt.getTime() - startsAt.getTime() > longestLoadMs) throw invalid("endsAt", words.errors.loadTooLong);
    if (startsAt.getTime() - ctx.now.getTime() > longestAheadMs) throw invalid("startsAt", words.errors.loadTooFar);
    const isOpen = and(
      eq(announcedLoad.accountId, accountId),
      isNull(announcedLoad.cancelledAt),
      gt(announcedLoad.endsAt, ctx.now),
    );
    await atMost(ctx, {
      ...{ accountId, what: "announced loads", most: mostAtOnce },
      count: () => ctx.db.$count(announcedLoad, isOpen),
      refusal: new AppError("conflict", words.errors.tooManyLoads(mostAtOnce)),
    });
    const [made] = await ctx.db
      .insert(announcedLoad)
      .values({ accountId, startsAt, endsAt, reason, createdByUserId: actorUserId(ctx.actor), createdAt: ctx.now })
      .returning({ id: announcedLoad.id });
    const [open] = await ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.accountId, accountId), ne(abuseCase.state, "closed")));
    return { loadId: made?.id ?? "", accountId, caseId: open?.id ?? null };
  },
  happened: ({ startsAt, endsAt, reason }, { loadId, accountId, caseId }) =>
    fact(
      "load.announced",
      { subjectId: loadId, accountId, caseId },
      { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), reason },
    ),
});

/** Takes an announcement back. */
export const cancelLoad = command({
  permission: "loads:write",
  input: z.strictObject({ loadId: z.uuid() }),
  run: async (ctx, { loadId }) => {
    const [cancelled] = await ctx.db
      .update(announcedLoad)
      .set({ cancelledAt: ctx.now })
      .where(and(eq(announcedLoad.id, loadId), scoped(ctx, announcedLoad.accountId), isNull(announcedLoad.cancelledAt)))
      .returning({ accountId: announcedLoad.accountId });
    if (!cancelled) throw notFound("announcement");
    return cancelled;
  },
  happened: (input, { accountId }) => fact("load.cancelled", { subjectId: input.loadId, accountId }),
});

/** Announcements that are not over, the next one first. */
export const listLoads = query({
  permission: "standing:read",
  input: z.strictObject({ accountId: z.uuid().optional() }),
  run: (ctx, input) =>
    ctx.db
      .select({
        id: announcedLoad.id,
        startsAt: announcedLoad.startsAt,
        endsAt: announcedLoad.endsAt,
        reason: announcedLoad.reason,
      })
      .from(announcedLoad)
      .where(
        and(
          eq(announcedLoad.accountId, accountOf(ctx, input.accountId)),
          isNull(announcedLoad.cancelledAt),
          gt(announcedLoad.endsAt, ctx.now),
        ),
      )
      .orderBy(asc(announcedLoad.startsAt), asc(announcedLoad.id)),
});
