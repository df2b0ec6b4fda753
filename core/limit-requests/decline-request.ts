import { eq } from "drizzle-orm";
import { z } from "zod";
import { limitRequest } from "#db/schema/limit-requests.ts";
import * as words from "#words/words.ts";
import { sendAlert } from "../alerts/send-alert.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { findOpenRequest } from "./find-open-request.ts";

const { sayWhyDeclined } = words.limitRequestErrors;

/** Declines a request, with words for the owner. Limits stay as they are; the owner may ask again. */
export const declineLimitRequest = command({
  permission: "accounts:limit",
  input: z.strictObject({
    requestId: z.uuid(),
    answer: z.string(sayWhyDeclined).trim().min(10, sayWhyDeclined).max(2_000),
  }),
  run: async (ctx, { requestId, answer }) => {
    const asked = await findOpenRequest(ctx, requestId);
    const { accountId, kind, endpointId } = asked;
    await ctx.db
      .update(limitRequest)
      .set({ state: "declined", answer, decidedByUserId: actorUserId(ctx.actor), decidedAt: ctx.now })
      .where(eq(limitRequest.id, requestId));
    const said = words.limitDeclined({ ...asked, answer });
    await sendAlert(ctx, { accountId, kind: "limit_request", ...said, path: "/limits", mails: "alerts" });
    return { accountId, kind, endpointId };
  },
  happened: ({ requestId, answer }, { accountId, ...which }) =>
    fact("limit_request.declined", { subjectId: requestId, accountId }, { ...which, answer }),
});
