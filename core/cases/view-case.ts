import { and, eq, gt, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, caseViewer } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import { actorUserId } from "../frame/context.ts";
import { query } from "../frame/define.ts";
import { claimMs } from "../rules/cases/case-machine.ts";

const presentMs = 30_000;

/**
 * Says that this person has the case open, renews their claim on it, and tells who else has. Called while the page is open; it
 * changes nothing that anybody decides on, so it leaves no audit row.
 */
export const viewCase = query({
  permission: "cases:work",
  input: z.strictObject({ caseId: z.uuid() }),
  run: async (ctx, { caseId }) => {
    const userId = actorUserId(ctx.actor);
    if (userId === null) return [];
    const known = ctx.db.select({ id: abuseCase.id }).from(abuseCase).where(eq(abuseCase.id, caseId));
    if ((await known).length === 0) return [];
    await ctx.db
      .insert(caseViewer)
      .values({ caseId, userId, seenAt: ctx.now })
      .onConflictDoUpdate({ target: [caseViewer.caseId, caseViewer.userId], set: { seenAt: ctx.now } });
    await ctx.db
      .update(abuseCase)
      .set({ claimedUntil: new Date(ctx.now.getTime() + claimMs) })
      .where(
        and(
          eq(abuseCase.id, caseId),
          eq(abuseCase.assigneeUserId, userId),
          sql`${abuseCase.claimedUntil} is not null and ${abuseCase.state} <> 'closed'`,
        ),
      );
    return ctx.db
      .select({ name: user.name })
      .from(caseViewer)
      .innerJoin(user, eq(user.id, caseViewer.userId))
      .where(
        and(
          eq(caseViewer.caseId, caseId),
          ne(caseViewer.userId, userId),
          gt(caseViewer.seenAt, new Date(ctx.now.getTime() - presentMs)),
        ),
      )
      .orderBy(user.name);
  },
});
