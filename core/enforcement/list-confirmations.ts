import { and, gt, gte, inArray, isNull } from "drizzle-orm";
import { gate, standingConfirmation } from "#db/schema/gates.ts";
import type { Ctx } from "../frame/context.ts";
import { groupBy } from "../rules/group-by.ts";

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

/** For each change, in the same order: every live gate and when it confirmed that standing version or a later one, the missing ones first. */
export async function confirmationsOf(ctx: Ctx, changes: readonly Applied[]): Promise<Confirmation[][]> {
  if (changes.length === 0) return [];
  const gates = await ctx.db
    .select({ gateId: gate.id, startedAt: gate.startedAt })
    .from(gate)
    .where(and(gt(gate.lastSeenAt, new Date(ctx.now.getTime() - liveWithinMs)), isNull(gate.stoppedAt)));
  const rows = await ctx.db
    .select({
      accountId: standingConfirmation.accountId,
      gateId: standingConfirmation.gateId,
      standingVersion: standingConfirmation.standingVersion,
      confirmedAt: standingConfirmation.confirmedAt,
    })
    .from(standingConfirmation)
    .where(
      and(
        inArray(standingConfirmation.accountId, [...new Set(changes.map((change) => change.accountId))]),
        gte(standingConfirmation.standingVersion, Math.min(...changes.map((change) => change.standingVersion))),
      ),
    );
  const byAccount = groupBy(rows, (row) => row.accountId);
  return changes.map(({ accountId, standingVersion, appliedAt }) => {
    const own = (byAccount.get(accountId) ?? []).filter((row) => row.standingVersion >= standingVersion);
    return gates
      .map(({ gateId, startedAt }) => {
        const times = own.filter((row) => row.gateId === gateId).map((row) => row.confirmedAt.getTime());
        if (times.length > 0) return { gateId, confirmedAt: new Date(Math.min(...times)), sinceStart: false };
        const sinceStart = startedAt > appliedAt;
        return { gateId, confirmedAt: sinceStart ? startedAt : null, sinceStart };
      })
      .sort((a, b) => (a.confirmedAt?.getTime() ?? 0) - (b.confirmedAt?.getTime() ?? 0));
  });
}

/** The same for one change. */
export async function listConfirmations(ctx: Ctx, change: Applied): Promise<Confirmation[]> {
  const [confirmations = []] = await confirmationsOf(ctx, [change]);
  return confirmations;
}
