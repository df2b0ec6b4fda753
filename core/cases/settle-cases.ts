import { and, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import { appendCaseEvent } from "../facts/timeline.ts";
import { command } from "../frame/define.ts";
import { moveCase } from "./change-case.ts";

const remindAfterMs = 24 * 3_600_000;

/** Cases that were put off come back at their time; a claim that was not renewed lapses; what waits untouched for a day says so. */
export const settleCases = command({
  permission: "flags:record",
  input: z.strictObject({}),
  run: async (ctx) => {
    const due = await ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.state, "snoozed"), lte(abuseCase.snoozedUntil, ctx.now)));
    for (const { id } of due) {
      await moveCase(ctx, id, "wake");
      await appendCaseEvent(ctx, id, "case.woken", { why: "Its time is over." });
    }
    const lapsed = await ctx.db
      .update(abuseCase)
      .set({ claimedUntil: null })
      .where(lt(abuseCase.claimedUntil, ctx.now))
      .returning({ id: abuseCase.id });
    const before = new Date(ctx.now.getTime() - remindAfterMs);
    const waiting = await ctx.db
      .update(abuseCase)
      .set({ remindedAt: ctx.now })
      .where(
        and(
          inArray(abuseCase.state, ["new", "escalated"]),
          lt(abuseCase.updatedAt, before),
          or(isNull(abuseCase.remindedAt), sql`${abuseCase.remindedAt} < ${before}`),
        ),
      )
      .returning({ id: abuseCase.id });
    for (const { id } of waiting) await appendCaseEvent(ctx, id, "case.reminded");
    return { woken: due.length, lapsed: lapsed.length, reminded: waiting.length };
  },
  audit: (_input, { woken, lapsed, reminded }) =>
    woken + lapsed + reminded === 0
      ? null
      : {
          action: "case.settle",
          subjectKind: "case",
          subjectId: "many",
          accountId: null,
          data: { woken, lapsed, reminded },
        },
});
