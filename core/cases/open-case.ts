import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { abuseCase } from "#db/schema/abuse.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { record } from "../frame/record.ts";
import { reopenWithinMs } from "../rules/cases/case-machine.ts";

/** The account's open case; null = there is none. */
export async function findOpenCase(ctx: Ctx, accountId: string): Promise<string | null> {
  const [open] = await ctx.db
    .select({ id: abuseCase.id })
    .from(abuseCase)
    .where(and(eq(abuseCase.accountId, accountId), ne(abuseCase.state, "closed")));
  return open?.id ?? null;
}

/** The account's open case, one reopened from the last 14 days, or a new one. Who calls it holds the account's lock, or two workers could open two. */
export async function openCase(ctx: Ctx, accountId: string): Promise<string> {
  const open = await findOpenCase(ctx, accountId);
  if (open) return open;
  const [recent] = await ctx.db
    .select({ id: abuseCase.id })
    .from(abuseCase)
    .where(
      and(eq(abuseCase.accountId, accountId), gt(abuseCase.closedAt, new Date(ctx.now.getTime() - reopenWithinMs))),
    )
    .orderBy(desc(abuseCase.closedAt))
    .limit(1);
  if (recent) {
    await ctx.db
      .update(abuseCase)
      .set({
        state: "new",
        outcome: null,
        closedAt: null,
        reopenedAt: ctx.now,
        assigneeUserId: null,
        version: sql`${abuseCase.version} + 1`,
        updatedAt: ctx.now,
        updatedByUserId: null,
      })
      .where(eq(abuseCase.id, recent.id));
    await record(ctx, fact("case.reopened", { subjectId: recent.id, accountId }));
    return recent.id;
  }
  const [made] = await ctx.db
    .insert(abuseCase)
    .values({
      accountId,
      state: "new",
      openedAt: ctx.now,
      updatedAt: ctx.now,
      previousCaseId: await lastCase(ctx, accountId),
    })
    .returning({ id: abuseCase.id });
  if (!made) throw new Error("The case row was not written.");
  await record(ctx, fact("case.opened", { subjectId: made.id, accountId }));
  return made.id;
}

async function lastCase(ctx: Ctx, accountId: string): Promise<string | null> {
  const [last] = await ctx.db
    .select({ id: abuseCase.id })
    .from(abuseCase)
    .where(eq(abuseCase.accountId, accountId))
    .orderBy(desc(abuseCase.openedAt))
    .limit(1);
  return last?.id ?? null;
}
