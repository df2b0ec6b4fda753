import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { outcomeRefusal } from "../rules/cases/outcomes.ts";
import { caseOutcomes } from "../rules/vocabulary.ts";
import { caseActions } from "./case-actions.ts";
import { changeCase } from "./change-case.ts";
import { refuseForHolder } from "./hold-case.ts";
import { lockAccountOfCase } from "./lock-flag.ts";
import { settleFlagsOf } from "./settle-closed.ts";

/**
 * Closes a case with its outcome, which also answers the flags that nobody has decided. The outcome says what happened: one that did
 * not, or that what is in force contradicts, is a `conflict`, and so is closing while something waits. A new flag within 14 days
 * reopens the case. Actions stay as they are.
 */
export const closeCase = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    version: numberOrText(z.number().int()),
    outcome: z.enum(caseOutcomes, deskWords.errors.chooseOutcome),
  }),
  run: async (ctx, { caseId, version, outcome }) => {
    await lockAccountOfCase(ctx, caseId);
    await refuseForHolder(ctx, caseId);
    const refusal = outcomeRefusal(outcome, await caseActions(ctx, caseId));
    if (refusal) throw new AppError("conflict", deskWords.outcomeRefused(refusal));
    const changed = await changeCase(ctx, caseId, version, "close", { outcome, closedAt: ctx.now, claimedUntil: null });
    await settleFlagsOf(ctx, caseId, outcome);
    return changed;
  },
  happened: (input, { id, accountId }) => fact("case.closed", { subjectId: id, accountId }, { outcome: input.outcome }),
});
