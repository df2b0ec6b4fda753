import { asc } from "drizzle-orm";
import { z } from "zod";
import { gate } from "#db/schema/gates.ts";
import { liveWithinMs } from "../enforcement/list-confirmations.ts";
import { query } from "../frame/define.ts";

/** Every gate ever seen, with whether it is live now. */
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
      })
      .from(gate)
      .orderBy(asc(gate.id));
    return rows.map((row) => ({
      ...row,
      isLive: row.stoppedAt === null && ctx.now.getTime() - row.lastSeenAt.getTime() < liveWithinMs,
    }));
  },
});
