import { asc } from "drizzle-orm";
import { z } from "zod";
import { gate } from "#db/schema/gates.ts";
import { liveWithinMs } from "../enforcement/list-confirmations.ts";
import { query } from "../frame/define.ts";
import { importStalledAfterMs } from "../gate/import/stalled-after.ts";

/** Every gate ever seen, with whether it is live now, and whether its decisions wait too long to be counted. */
export const listGates = query({
  permission: "gates:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        id: gate.id,
        startedAt: gate.startedAt,
        lastSeenAt: gate.lastSeenAt,
        stoppedAt: gate.stoppedAt,
        decisions: gate.decisions,
        journalLagBytes: gate.journalLagBytes,
        uncountedSince: gate.uncountedSince,
      })
      .from(gate)
      .orderBy(asc(gate.id));
    const nowMs = ctx.now.getTime();
    return rows.map((row) => {
      const isLive = row.stoppedAt === null && nowMs - row.lastSeenAt.getTime() < liveWithinMs;
      const waitingMs = row.uncountedSince === null ? 0 : nowMs - row.uncountedSince.getTime();
      return { ...row, isLive, isImportStalled: isLive && waitingMs > importStalledAfterMs };
    });
  },
});

export type ListedGate = Awaited<ReturnType<typeof listGates>>[number];
