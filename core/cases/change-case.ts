import { and, eq, type SQL, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";
import { type CaseEvent, nextCaseState } from "../rules/cases/case-machine.ts";

type Change = Partial<
  Pick<
    typeof abuseCase.$inferInsert,
    "assigneeUserId" | "claimedUntil" | "outcome" | "closedAt" | "snoozedUntil" | "remindedAt"
  > & { snoozeCount: SQL }
>;

/**
 * Moves a case by the machine's table. `version` is the one the writer read: a stale write is a `conflict` that says who
 * changed the case and when, and so is an event that the case's state does not allow.
 */
export async function changeCase(ctx: Ctx, caseId: string, version: number, event: CaseEvent, change: Change) {
  const [found] = await ctx.db
    .select({
      state: abuseCase.state,
      version: abuseCase.version,
      accountId: abuseCase.accountId,
    })
    .from(abuseCase)
    .where(and(eq(abuseCase.id, caseId), scoped(ctx, abuseCase.accountId)));
  if (!found) throw notFound("case");
  if (found.version !== version) throw await stale(ctx, caseId);
  const state = nextCaseState(found.state, event);
  if (!state) throw new AppError("conflict", deskWords.errors.caseClosed(deskWords.caseStates[found.state].is));
  const [changed] = await ctx.db
    .update(abuseCase)
    .set({
      ...change,
      state,
      version: sql`${abuseCase.version} + 1`,
      updatedAt: ctx.now,
      updatedByUserId: actorUserId(ctx.actor),
    })
    .where(and(eq(abuseCase.id, caseId), eq(abuseCase.version, version)))
    .returning({ id: abuseCase.id, accountId: abuseCase.accountId, version: abuseCase.version });
  if (!changed) throw await stale(ctx, caseId);
  return changed;
}

/** Read when it is said: in a race, who was first has changed the case since it was looked at. */
async function stale(ctx: Ctx, caseId: string): Promise<AppError> {
  const [latest] = await ctx.db
    .select({ at: abuseCase.updatedAt, by: user.name })
    .from(abuseCase)
    .leftJoin(user, eq(user.id, abuseCase.updatedByUserId))
    .where(eq(abuseCase.id, caseId));
  if (!latest) return notFound("case");
  return new AppError("conflict", deskWords.errors.caseChanged(latest.by ?? "Gatehouse", latest.at));
}

/**
 * Moves a case along with something else that happened to it, when its state allows; a case that has moved on stays where it is. Returns
 * whether it moved.
 */
export async function moveCase(ctx: Ctx, caseId: string, event: CaseEvent, change: Change = {}): Promise<boolean> {
  const [found] = await ctx.db
    .select({ state: abuseCase.state })
    .from(abuseCase)
    .where(and(eq(abuseCase.id, caseId), scoped(ctx, abuseCase.accountId)))
    .for("update");
  const state = found && nextCaseState(found.state, event);
  if (!state) return false;
  await ctx.db
    .update(abuseCase)
    .set({
      ...change,
      state,
      snoozedUntil: null,
      version: sql`${abuseCase.version} + 1`,
      updatedAt: ctx.now,
      updatedByUserId: actorUserId(ctx.actor),
    })
    .where(eq(abuseCase.id, caseId));
  return true;
}
