import { and, eq, gt } from "drizzle-orm";
import { z } from "zod";
import { limitRequest } from "#db/schema/limit-requests.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { answeringUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { endOrText, numberOrText, timeOrText } from "../frame/given-as-text.ts";
import { accountOf } from "../frame/scope.ts";
import { longestAheadMs, longestWindowMs, mostRequested, mostRequestsPerDay } from "../rules/limits/limit-request.ts";
import { dayMs } from "../rules/time.ts";
import { overrideKinds } from "../rules/vocabulary.ts";
import { limitAt, placeOf } from "./read-limit.ts";

const say = words.limitRequestErrors;

/**
 * A member asks the provider for a larger quota or rate limit, or for more in a window of time. Nothing changes until staff grant it. One
 * open request for each limit, and ten in 24 hours.
 */
export const askForLimit = command({
  permission: "loads:write",
  input: z.strictObject({
    kind: z.enum(overrideKinds, say.chooseLimit),
    /** Required for a rate limit, absent for the quota. */
    endpointId: numberOrText(z.number().int().positive()).optional(),
    /** Requests per UTC day (quota) or per the endpoint's window. */
    value: numberOrText(z.number(say.giveWanted).int().min(1).max(mostRequested)),
    /** Absent = from now on. */
    startsAt: timeOrText().optional(),
    /** Absent = for good: it is granted until a date all the same, and asked for again. */
    endsAt: endOrText().optional(),
    reason: z.string(say.sayNeed).trim().min(10, say.sayNeed).max(1_000),
  }),
  run: async (ctx, { kind, value, reason, ...input }) => {
    const accountId = accountOf(ctx, undefined);
    if (kind === "rate_limit" && input.endpointId === undefined) throw invalid("endpointId", say.chooseLimit);
    const which = { kind, endpointId: kind === "quota" ? null : (input.endpointId ?? null) };
    const startsAt = input.startsAt && input.startsAt > ctx.now ? input.startsAt : ctx.now;
    const endsAt = input.endsAt ?? null;
    if (startsAt.getTime() - ctx.now.getTime() > longestAheadMs) throw invalid("startsAt", say.windowTooFar);
    if (endsAt !== null) {
      if (endsAt <= startsAt) throw invalid("endsAt", say.windowPast);
      if (endsAt.getTime() - startsAt.getTime() > longestWindowMs) throw invalid("endsAt", say.windowTooLong);
    }
    const place = await placeOf(ctx, which);
    const before = await limitAt(ctx, accountId, which, startsAt.getTime());
    if (before === null) throw new AppError("conflict", say.notLimited);
    if (value <= before) throw invalid("value", say.askMore(words.askedSize(before, place.windowSeconds)));
    const isRecent = gt(limitRequest.createdAt, new Date(ctx.now.getTime() - dayMs));
    // Takes the account's lock, so that of two at once for one limit the second finds the first.
    await atMost(ctx, {
      ...{ accountId, what: "requests for limits", most: mostRequestsPerDay },
      count: () => ctx.db.$count(limitRequest, and(eq(limitRequest.accountId, accountId), isRecent)),
      refusal: new AppError("conflict", say.tooMany(mostRequestsPerDay)),
    });
    const [made] = await ctx.db
      .insert(limitRequest)
      .values({
        ...{ accountId, ...which, value, valueBefore: before, startsAt, endsAt, reason },
        createdByUserId: answeringUserId(ctx.actor),
        createdAt: ctx.now,
      })
      .onConflictDoNothing()
      .returning({ id: limitRequest.id });
    if (!made) throw new AppError("conflict", say.alreadyAsked);
    return { requestId: made.id, accountId, ...which, startsAt, endsAt };
  },
  happened: ({ value, reason }, { requestId, accountId, kind, endpointId, startsAt, endsAt }) =>
    fact(
      "limit_request.opened",
      { subjectId: requestId, accountId },
      {
        ...{ kind, endpointId, value, reason },
        startsAt: startsAt.toISOString(),
        endsAt: endsAt?.toISOString() ?? null,
      },
    ),
});
