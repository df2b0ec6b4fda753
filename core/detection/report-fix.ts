import { and, eq, gt, ne } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, selfCure } from "#db/schema/abuse.ts";
import * as words from "#words/words.ts";
import { moveCase } from "../cases/change-case.ts";
import { fact } from "../facts/fact.ts";
import { atMost } from "../frame/at-most.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { accountOf } from "../frame/scope.ts";
import { dayMs } from "../rules/time.ts";

/** Counting restarts at most this often, or pressing the button would be a way to hide. */
const onceEveryMs = dayMs;

/**
 * A member says that the cause is fixed and what was changed. Detectors count from now on only; staff see the words beside the
 * traffic before and after. It lifts nothing.
 */
export const reportFix = command({
  permission: "appeals:write",
  input: z.strictObject({
    text: z.string(words.errors.sayChange).trim().min(10, words.errors.sayChangeLonger).max(2_000),
  }),
  run: async (ctx, input) => {
    const accountId = accountOf(ctx, undefined);
    const isRecent = and(
      eq(selfCure.accountId, accountId),
      gt(selfCure.createdAt, new Date(ctx.now.getTime() - onceEveryMs)),
    );
    await atMost(ctx, {
      ...{ accountId, what: "reported fixes", most: 1 },
      count: () => ctx.db.$count(selfCure, isRecent),
      refusal: new AppError("conflict", words.errors.fixReported),
    });
    await ctx.db
      .insert(selfCure)
      .values({ accountId, text: input.text, createdByUserId: actorUserId(ctx.actor), createdAt: ctx.now });
    const [open] = await ctx.db
      .select({ id: abuseCase.id })
      .from(abuseCase)
      .where(and(eq(abuseCase.accountId, accountId), ne(abuseCase.state, "closed")));
    if (open) await moveCase(ctx, open.id, "owner_answers");
    return { accountId, caseId: open?.id ?? null };
  },
  happened: (input, { accountId, caseId }) =>
    fact("owner.fixed", { subjectId: accountId, accountId, caseId }, { text: input.text }),
});
