import { and, asc, eq, isNotNull } from "drizzle-orm";
import { z } from "zod";
import { account } from "#db/schema/accounts.ts";
import { action } from "#db/schema/enforcement.ts";
import { query } from "../frame/define.ts";
import { confirmationsOf } from "./list-confirmations.ts";

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
    const applied = rows.flatMap(({ standingVersion, appliedAt, ...row }) =>
      standingVersion === null || appliedAt === null ? [] : [{ ...row, standingVersion, appliedAt }],
    );
    const confirmations = await confirmationsOf(ctx, applied);
    return applied.flatMap(({ standingVersion, ...row }, index) => {
      const silent = (confirmations[index] ?? []).filter((one) => one.confirmedAt === null);
      return silent.length === 0 ? [] : [{ ...row, gates: silent.map((one) => one.gateId) }];
    });
  },
});

export type Overdue = Awaited<ReturnType<typeof listOverdue>>[number];
