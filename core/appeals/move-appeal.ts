import { and, eq, sql } from "drizzle-orm";
import { action, appeal } from "#db/schema/enforcement.ts";
import * as words from "#words/words.ts";
import { refuseFor, whyOneHand } from "../enforcement/second-person.ts";
import type { Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { type AppealEvent, nextAppealState } from "../rules/standing/appeal-machine.ts";

type Change = Partial<
  Pick<typeof appeal.$inferInsert, "assigneeUserId" | "decidedAt" | "decidedByUserId" | "decisionText">
>;

/** An appeal with what is needed to judge who may decide it; locked. A member sees those of their account alone. */
export async function findAppeal(ctx: Ctx, appealId: string) {
  const [found] = await ctx.db
    .select({
      id: appeal.id,
      state: appeal.state,
      version: appeal.version,
      accountId: appeal.accountId,
      actionId: appeal.actionId,
      caseId: appeal.caseId,
      authorUserId: action.authorUserId,
      approverUserId: action.approverUserId,
      actionCaseId: action.caseId,
      actionType: action.type,
      reasonCode: action.reasonCode,
    })
    .from(appeal)
    .innerJoin(action, eq(action.id, appeal.actionId))
    .where(and(eq(appeal.id, appealId), scoped(ctx, appeal.accountId)))
    .for("update", { of: appeal });
  if (!found) throw notFound("appeal");
  return found;
}

type Involved = { authorUserId: string; approverUserId: string | null };

/** Refuses a decider who may be the author or the approver of the action under another name. */
export async function refuseOneHand(ctx: Ctx, deciderId: string, { authorUserId, approverUserId }: Involved) {
  for (const involvedId of [authorUserId, approverUserId])
    if (involvedId !== null) refuseFor(await whyOneHand(ctx, involvedId, deciderId));
}

/** Moves a locked appeal by the machine's table. Throws `conflict` when its state does not allow the event. */
export async function moveAppeal(
  ctx: Ctx,
  found: Awaited<ReturnType<typeof findAppeal>>,
  event: AppealEvent,
  change: Change = {},
): Promise<void> {
  const state = nextAppealState(found.state, event);
  if (!state) throw new AppError("conflict", words.errors.appealClosed(words.appealStates[found.state].is));
  await ctx.db
    .update(appeal)
    .set({ ...change, state, version: sql`${appeal.version} + 1` })
    .where(eq(appeal.id, found.id));
}
