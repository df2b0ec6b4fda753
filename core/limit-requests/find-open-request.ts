import { and, eq } from "drizzle-orm";
import { limitRequest } from "#db/schema/limit-requests.ts";
import * as words from "#words/words.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { placeOf } from "./read-limit.ts";

/** A request that waits for an answer, locked until the commit, with how sentences name its limit. Throws `not_found`, and `conflict` when it is decided. */
export async function findOpenRequest(ctx: Ctx, requestId: string) {
  const [found] = await ctx.db
    .select({
      state: limitRequest.state,
      accountId: limitRequest.accountId,
      kind: limitRequest.kind,
      endpointId: limitRequest.endpointId,
      value: limitRequest.value,
      startsAt: limitRequest.startsAt,
      endsAt: limitRequest.endsAt,
      reason: limitRequest.reason,
      createdByUserId: limitRequest.createdByUserId,
    })
    .from(limitRequest)
    .where(and(eq(limitRequest.id, requestId), scoped(ctx, limitRequest.accountId)))
    .for("update");
  if (!found) throw notFound("request");
  if (found.state !== "open") throw new AppError("conflict", words.limitRequestErrors.decided);
  return { ...found, ...(await placeOf(ctx, found)) };
}
