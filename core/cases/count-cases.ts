import { and, count, eq, inArray, isNotNull, isNull, ne, or, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { action, appeal } from "#db/schema/enforcement.ts";
import { limitRequest } from "#db/schema/limit-requests.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { openAppealStates } from "../rules/standing/appeal-machine.ts";

/** Counts for the queue's tabs and the navigation. */
export const countCases = query({
  permission: "cases:read",
  input: z.strictObject({}),
  run: async (ctx) => {
    const userId = actorUserId(ctx.actor);
    const [row] = await ctx.db
      .select({
        open: count(),
        mine: sql<number>`count(*) filter (where ${userId ? eq(abuseCase.assigneeUserId, userId) : sql`false`})::int`,
        unassigned: sql<number>`count(*) filter (where ${isNull(abuseCase.assigneeUserId)})::int`,
      })
      .from(abuseCase)
      .where(ne(abuseCase.state, "closed"));
    const [pending] = await ctx.db
      .select({ actions: count() })
      .from(action)
      .where(
        or(
          eq(action.state, "pending_approval"),
          and(inArray(action.state, ["applying", "active"]), isNotNull(action.lapsesAt)),
        ),
      );
    const [appeals] = await ctx.db
      .select({ open: count() })
      .from(appeal)
      .where(inArray(appeal.state, [...openAppealStates]));
    const openRequests = await ctx.db.$count(limitRequest, eq(limitRequest.state, "open"));
    return {
      openRequests,
      open: row?.open ?? 0,
      mine: row?.mine ?? 0,
      unassigned: row?.unassigned ?? 0,
      /** Proposals, and emergencies that nobody has confirmed yet. */
      pendingApproval: pending?.actions ?? 0,
      openAppeals: appeals?.open ?? 0,
    };
  },
});
