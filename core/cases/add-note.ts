import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { abuseCase } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { notFound } from "../frame/errors.ts";
import { scoped } from "../frame/scope.ts";

/** Leaves a note that only staff read. Two people may write notes at once; neither is lost. */
export const addNote = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    text: z.string().trim().min(1, deskWords.errors.writeNote).max(4_000),
  }),
  run: async (ctx, { caseId }) => {
    const [found] = await ctx.db
      .select({ accountId: abuseCase.accountId })
      .from(abuseCase)
      .where(and(eq(abuseCase.id, caseId), scoped(ctx, abuseCase.accountId)));
    if (!found) throw notFound("case");
    return found;
  },
  happened: (input, { accountId }) => fact("note.added", { subjectId: input.caseId, accountId }, { text: input.text }),
});
