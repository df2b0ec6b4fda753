import { and, eq, inArray, isNull, lt, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { record } from "../frame/record.ts";
import { dayMs } from "../rules/time.ts";
import { moveCase } from "./change-case.ts";

const remindAfterMs = dayMs;

/** Cases that were put off come back at their time; a claim that was not renewed lapses; what waits untouched for a day says so. */
export const settleCases = command({
  permission: "flags:record",
  input: z.strictObject({}),
  run: async (ctx) => {
    const due = await ctx.db
      .select({ id: abuseCase.id, accountId: abuseCase.accountId })
      .from(abuseCase)
      .where(and(eq(abuseCase.state, "snoozed"), lte(abuseCase.snoozedUntil, ctx.now)));
    for (const { id, accountId } of due) {
      await moveCase(ctx, id, "wake");
      await record(ctx, fact("case.woken", { subjectId: id, accountId }, { why: deskWords.records.snoozeOver }));
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
      .returning({ id: abuseCase.id, accountId: abuseCase.accountId });
    for (const { id, accountId } of waiting) await record(ctx, fact("case.reminded", { subjectId: id, accountId }));
    return { woken: due.length, lapsed: lapsed.length, reminded: waiting.length };
  },
  happened: (_input, { woken, lapsed, reminded }) =>
    woken + lapsed + reminded === 0
      ? null
      : fact("case.settled", { subjectId: "many", accountId: null }, { woken, lapsed, reminded }),
});
