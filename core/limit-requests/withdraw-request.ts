import { eq } from "drizzle-orm";
import { z } from "zod";
import { limitRequest } from "#db/schema/limit-requests.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { findOpenRequest } from "./find-open-request.ts";

/** Takes a request back that is not answered yet. */
export const withdrawLimitRequest = command({
  permission: "loads:write",
  input: z.strictObject({ requestId: z.uuid() }),
  run: async (ctx, { requestId }) => {
    const { accountId, kind, endpointId } = await findOpenRequest(ctx, requestId);
    await ctx.db
      .update(limitRequest)
      .set({ state: "withdrawn", decidedAt: ctx.now })
      .where(eq(limitRequest.id, requestId));
    return { accountId, kind, endpointId };
  },
  happened: ({ requestId }, { accountId, ...which }) =>
    fact("limit_request.withdrawn", { subjectId: requestId, accountId }, which),
});
