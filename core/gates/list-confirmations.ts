import { and, eq, gt, gte, isNull, min } from "drizzle-orm";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import type { Ctx } from "../context.ts";

/** A gate that has not been heard of for this long is not waited for; it distrusts its own cache before long. */
export const liveWithinMs = 5_000;

export type Confirmation = {
  gateId: string;
  /** Null = not yet. */
  confirmedAt: Date | null;
  /** The gate started after the change was committed, so it has never known anything else. */
  sinceStart: boolean;
};

type Applied = { accountId: string; standingVersion: number; appliedAt: Date };

/** Every live gate and when it confirmed this standing version or a later one; those that have not are listed first. */
export async function listConfirmations(ctx: Ctx, applied: Applied): Promise<Confirmation[]> {
  const rows = await ctx.db
    .select({ gateId: gate.id, startedAt: gate.startedAt, confirmedAt: min(standingConfirmation.confirmedAt) })
    .from(gate)
    .leftJoin(
      standingConfirmation,
      and(
        eq(standingConfirmation.gateId, gate.id),
        eq(standingConfirmation.accountId, applied.accountId),
        gte(standingConfirmation.standingVersion, applied.standingVersion),
      ),
    )
    .where(and(gt(gate.lastSeenAt, new Date(ctx.now.getTime() - liveWithinMs)), isNull(gate.stoppedAt)))
    .groupBy(gate.id);
  return rows
    .map(({ gateId, startedAt, confirmedAt }) => {
      const sinceStart = confirmedAt === null && startedAt > applied.appliedAt;
      return { gateId, confirmedAt: sinceStart ? startedAt : confirmedAt, sinceStart };
    })
    .sort((a, b) => (a.confirmedAt?.getTime() ?? 0) - (b.confirmedAt?.getTime() ?? 0));
}
