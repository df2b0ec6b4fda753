import { eq } from "drizzle-orm";
import { z } from "zod";
import { announcedLoad } from "#db/schema/abuse.ts";
import { limitRequest } from "#db/schema/limit-requests.ts";
import * as words from "#words/words.ts";
import { addOverride } from "../accounts/override-limit.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { endOrText, numberOrText } from "../frame/given-as-text.ts";
import { record } from "../frame/record.ts";
import { isAlsoLoad, mostRequested, standardExceptionDays } from "../rules/limits/limit-request.ts";
import { dayMs } from "../rules/time.ts";
import { findOpenRequest } from "./find-open-request.ts";

/**
 * Grants a request by a dated exception, which the gates apply from the next request on: what was asked for, unless `value` or `endsAt` say
 * otherwise. One without an end gets `days`. A window as short as an announced load may be is one too. The account is told.
 */
export const grantLimitRequest = command({
  permission: "accounts:limit",
  input: z.strictObject({
    requestId: z.uuid(),
    value: numberOrText(z.number().int().min(1).max(mostRequested)).optional(),
    endsAt: endOrText().optional(),
    /** From the start on, where neither the request nor `endsAt` names an end. */
    days: numberOrText(z.number().int().min(1).max(730)).default(standardExceptionDays),
    /** For the owner, in addition to what was granted. */
    answer: z.string().trim().max(2_000).optional(),
  }),
  run: async (ctx, { requestId, days, ...input }) => {
    const asked = await findOpenRequest(ctx, requestId);
    const { accountId, kind, endpointId, reason } = asked;
    const value = input.value ?? asked.value;
    const answer = input.answer || null;
    const startsAt = new Date(Math.max(asked.startsAt.getTime(), ctx.now.getTime()));
    const endsAt = input.endsAt ?? asked.endsAt ?? new Date(startsAt.getTime() + days * dayMs);
    if (endsAt <= startsAt) throw new AppError("conflict", words.limitRequestErrors.windowOver);
    const which = { accountId, kind, ...(endpointId === null ? {} : { endpointId }) };
    const { overrideId } = await addOverride(ctx, { ...which, value, startsAt, endsAt, reason: reason.slice(0, 500) });
    // A window that the owner asked for is a load they expect; a larger limit without an end is none.
    const isLoad = asked.endsAt !== null && isAlsoLoad(startsAt.getTime(), endsAt.getTime());
    const loadId = isLoad ? await announce(ctx, { ...asked, startsAt, endsAt }) : null;
    await ctx.db
      .update(limitRequest)
      .set({
        ...{ state: "granted" as const, answer, overrideId, loadId },
        ...{ decidedByUserId: actorUserId(ctx.actor), decidedAt: ctx.now },
      })
      .where(eq(limitRequest.id, requestId));
    const said = words.limitGranted({ ...asked, value, startsAt, endsAt, answer, isLoad });
    await sendAlert(ctx, { accountId, kind: "limit_request", ...said, path: "/limits", mails: "alerts" });
    return { overrideId, loadId, accountId, kind, endpointId, value, startsAt, endsAt, answer };
  },
  happened: ({ requestId }, { accountId, loadId: _, startsAt, endsAt, ...data }) =>
    fact(
      "limit_request.granted",
      { subjectId: requestId, accountId },
      { ...data, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() },
    ),
});

type Window = { accountId: string; startsAt: Date; endsAt: Date; reason: string; createdByUserId: string | null };

/** The same row that a member writes who announces a load, so that the detectors and everybody else know one kind only. */
async function announce(ctx: Ctx, { accountId, startsAt, endsAt, createdByUserId, ...window }: Window) {
  const reason = window.reason.slice(0, 500);
  const [made] = await ctx.db
    .insert(announcedLoad)
    .values({ accountId, startsAt, endsAt, reason, createdByUserId, createdAt: ctx.now })
    .returning({ id: announcedLoad.id });
  if (!made) throw new Error("The announced load was not written.");
  const data = { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), reason };
  await record(ctx, fact("load.announced", { subjectId: made.id, accountId }, data));
  return made.id;
}
