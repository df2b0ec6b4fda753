import { and, asc, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { query } from "../define.ts";
import { listConfirmations } from "./list-confirmations.ts";

/** Actions that a live gate should have confirmed and has not, each with those gates. Empty = all is well. */
export const listOverdue = query({
  permission: "gates:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const rows = await ctx.db
      .select({
        actionId: action.id,
        accountId: action.accountId,
        accountName: account.name,
        type: action.type,
        standingVersion: action.standingVersion,
        appliedAt: action.appliedAt,
      })
      .from(action)
      .innerJoin(account, eq(account.id, action.accountId))
      .where(and(eq(action.state, "applying"), isNotNull(action.overdueAt)))
      .orderBy(asc(action.appliedAt))
      .limit(100);
    const overdue = [];
    for (const { standingVersion, appliedAt, ...row } of rows) {
      if (standingVersion === null || appliedAt === null) continue;
      const gates = await listConfirmations(ctx, { accountId: row.accountId, standingVersion, appliedAt });
      const silent = gates.filter((gate) => gate.confirmedAt === null).map((gate) => gate.gateId);
      if (silent.length > 0) overdue.push({ ...row, appliedAt, gates: silent });
    }
    return overdue;
  },
});

export type Overdue = Awaited<ReturnType<typeof listOverdue>>[number];
