import { outcome } from "#db/schema/gates.ts";
import type { Ctx } from "../frame/context.ts";
import { nilId } from "../rules/uuid.ts";

/**
 * Counts a feedback report as complaints of recipients, as the API's own reports of them count (`POST /v1/outcomes`): the detector
 * `complaint_rate` reads both. Once for each report, however often it is asked for. Of no token: the headers name one at most by hand.
 */
export async function countComplaints(
  ctx: Ctx,
  { reportId, accountId, complaints }: { reportId: string; accountId: string; complaints: number },
): Promise<void> {
  if (complaints === 0) return;
  const rows = Array.from({ length: complaints }, (_, i) => ({
    ...{ reporterId: nilId, id: `report ${reportId} ${i}`, accountId, tokenId: nilId, endpointId: 0 },
    ...{ kind: "complaint", at: ctx.now, receivedAt: ctx.now },
  }));
  await ctx.db.insert(outcome).values(rows).onConflictDoNothing();
}
