import { and, eq, inArray, ne } from "drizzle-orm";
import { z } from "zod";
import { action } from "#db/schema/enforcement.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import type { Ctx } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { caseOutcomes } from "../rules/vocabulary.ts";
import { changeCase } from "./change-case.ts";
import { settleFlagsOf } from "./settle-closed.ts";

/** Closes a case with its outcome, which also answers the flags that nobody has decided. A new flag within 14 days reopens it. Actions stay as they are. */
export const closeCase = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    version: numberOrText(z.number().int()),
    outcome: z.enum(caseOutcomes, deskWords.errors.chooseOutcome),
  }),
  run: async (ctx, { caseId, version, outcome }) => {
    if (outcome === "no_abuse") await refuseInForce(ctx, caseId);
    const changed = await changeCase(ctx, caseId, version, "close", { outcome, closedAt: ctx.now, claimedUntil: null });
    await settleFlagsOf(ctx, caseId, outcome);
    return changed;
  },
  happened: (input, { id, accountId }) => fact("case.closed", { subjectId: id, accountId }, { outcome: input.outcome }),
});

/** "No abuse" beside a measure that goes on would be two answers. Throws `conflict`. */
async function refuseInForce(ctx: Ctx, caseId: string): Promise<void> {
  const [inForce] = await ctx.db
    .select({ type: action.type })
    .from(action)
    .where(and(eq(action.caseId, caseId), inArray(action.state, ["applying", "active"]), ne(action.type, "notice")))
    .limit(1);
  if (inForce)
    throw new AppError("conflict", deskWords.errors.outcomeContradicts(words.actionTypes[inForce.type].noun));
}
