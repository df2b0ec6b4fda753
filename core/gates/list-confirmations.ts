import { and, eq, gt, gte, isNull, min } from "drizzle-orm";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import type { Ctx } from "../context.ts";

/** A gate that has not been heard of for this long is not waited for; it distrusts its own cache before long. */
export const liveWithinMs = 5_000;

export type Confirmation = { gateId: string; confirmedAt: Date | null };

/** Every live gate and when it confirmed this standing version or a later one; not yet = null, and listed first. */
export async function listConfirmations(ctx: Ctx, accountId: string, standingVersion: number): Promise<Confirmation[]> {
  const rows = await ctx.db
    .select({ gateId: gate.id, confirmedAt: min(standingConfirmation.confirmedAt) })
    .from(gate)
    .leftJoin(
      standingConfirmation,
      and(
        eq(standingConfirmation.gateId, gate.id),
        eq(standingConfirmation.accountId, accountId),
        gte(standingConfirmation.standingVersion, standingVersion),
      ),
    )
    .where(and(gt(gate.lastSeenAt, new Date(ctx.now.getTime() - liveWithinMs)), isNull(gate.stoppedAt)))
    .groupBy(gate.id);
  return rows.sort((a, b) => (a.confirmedAt?.getTime() ?? 0) - (b.confirmedAt?.getTime() ?? 0));
}
