import { and, eq, ne } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { user } from "#db/schema/auth.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId, type Ctx } from "../frame/context.ts";
import { AppError } from "../frame/errors.ts";
import { record } from "../frame/record.ts";
import { claimMs } from "../rules/cases/case-machine.ts";
import { moveCase } from "./change-case.ts";

/** Who else works on a case now: a claim holds while its page is open, and ten minutes longer. Null = nobody does. */
export async function otherHolder(ctx: Ctx, caseId: string): Promise<{ name: string; until: Date } | null> {
  const [found] = await ctx.db
    .select({ userId: abuseCase.assigneeUserId, until: abuseCase.claimedUntil, name: user.name })
    .from(abuseCase)
    .innerJoin(user, eq(user.id, abuseCase.assigneeUserId))
    .where(and(eq(abuseCase.id, caseId), ne(abuseCase.state, "closed")));
  if (!found?.until || found.until <= ctx.now || found.userId === actorUserId(ctx.actor)) return null;
  return { name: found.name, until: found.until };
}

/** Throws `conflict` with the name of the colleague who works on the case, unless they were seen and the act is meant beside them. */
export async function refuseBeside(ctx: Ctx, caseId: string, isMeant: boolean): Promise<void> {
  if (isMeant) return;
  const holder = await otherHolder(ctx, caseId);
  if (holder) throw new AppError("conflict", deskWords.errors.caseHeld(holder.name, holder.until));
}

/** Decisions about a case are of whoever holds it: another takes it over first. Throws `conflict` with the holder's name. */
export async function refuseForHolder(ctx: Ctx, caseId: string | null): Promise<void> {
  const holder = caseId === null ? null : await otherHolder(ctx, caseId);
  if (holder) throw new AppError("conflict", deskWords.errors.caseTaken(holder.name, holder.until));
}

/** Who acts in a case that nobody has takes it. */
export async function claimByActing(ctx: Ctx, caseId: string): Promise<void> {
  const userId = actorUserId(ctx.actor);
  if (ctx.actor.kind !== "staff" || ctx.actor.key || userId === null) return;
  const [found] = await ctx.db
    .select({ accountId: abuseCase.accountId, assigneeUserId: abuseCase.assigneeUserId })
    .from(abuseCase)
    .where(eq(abuseCase.id, caseId))
    .for("update");
  if (!found || found.assigneeUserId !== null) return;
  const claimedUntil = new Date(ctx.now.getTime() + claimMs);
  if (await moveCase(ctx, caseId, "claim", { assigneeUserId: userId, claimedUntil }))
    await record(ctx, fact("case.claimed", { subjectId: caseId, accountId: found.accountId }));
}
