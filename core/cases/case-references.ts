import { and, asc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { abuseCase, caseReference } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command, query } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

/** Links a ticket elsewhere to a case. */
export const addReference = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    label: z.string(deskWords.errors.nameTicket).trim().min(1, deskWords.errors.nameTicket).max(100),
    url: z
      .url({ protocol: /^https?$/, error: words.errors.enterHttps })
      .max(500)
      .optional(),
  }),
  run: async (ctx, { caseId, label, url }) => {
    const [found] = await ctx.db
      .select({ accountId: abuseCase.accountId })
      .from(abuseCase)
      .where(and(eq(abuseCase.id, caseId), scoped(ctx, abuseCase.accountId)));
    if (!found) throw notFound("case");
    await ctx.db.insert(caseReference).values({
      caseId,
      label,
      url: url ?? null,
      createdByUserId: actorUserId(ctx.actor),
      createdAt: ctx.now,
    });
    return found;
  },
  happened: (input, { accountId }) =>
    fact("reference.added", { subjectId: input.caseId, accountId }, { label: input.label, url: input.url ?? null }),
});

/** Takes a link away; that it was there stays in the timeline. */
export const removeReference = command({
  permission: "cases:work",
  input: z.strictObject({ referenceId: z.uuid() }),
  run: async (ctx, { referenceId }) => {
    const [removed] = await ctx.db
      .update(caseReference)
      .set({ removedAt: ctx.now })
      .where(and(eq(caseReference.id, referenceId), isNull(caseReference.removedAt)))
      .returning({ caseId: caseReference.caseId, label: caseReference.label });
    if (!removed) throw notFound("link");
    const [of] = await ctx.db
      .select({ accountId: abuseCase.accountId })
      .from(abuseCase)
      .where(eq(abuseCase.id, removed.caseId));
    return { ...removed, accountId: of?.accountId ?? null };
  },
  happened: (_input, { caseId, accountId, label }) =>
    fact("reference.removed", { subjectId: caseId, accountId }, { label }),
});

export const listReferences = query({
  permission: "cases:read",
  input: z.strictObject({ caseId: z.uuid() }),
  run: (ctx, { caseId }) =>
    ctx.db
      .select({ id: caseReference.id, label: caseReference.label, url: caseReference.url })
      .from(caseReference)
      .where(and(eq(caseReference.caseId, caseId), isNull(caseReference.removedAt)))
      .orderBy(asc(caseReference.createdAt), asc(caseReference.id)),
});
