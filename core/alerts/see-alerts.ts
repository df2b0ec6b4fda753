import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { alert } from "#db/schema/alerts.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { accountOf } from "../frame/scope.ts";

/** Marks alerts as seen, for every member: one, or all. */
export const seeAlerts = command({
  permission: "alerts:see",
  input: z.strictObject({ alertId: z.uuid().optional() }),
  run: async (ctx, { alertId }) => {
    const seen = await ctx.db
      .update(alert)
      .set({ seenAt: ctx.now, seenByUserId: actorUserId(ctx.actor) })
      .where(
        and(
          eq(alert.accountId, accountOf(ctx, undefined)),
          isNull(alert.seenAt),
          alertId === undefined ? undefined : eq(alert.id, alertId),
        ),
      )
      .returning({ id: alert.id });
    return { seen: seen.length };
  },
  // Who has seen what stands beside it; it changes nothing that matters later.
  happened: () => null,
});
