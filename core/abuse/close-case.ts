import { z } from "zod";
import { command } from "../define.ts";
import { numberOrText } from "../given-as-text.ts";
import { caseOutcomes } from "../rules/vocabulary.ts";
import { changeCase } from "./change-case.ts";
import { settleFlagsOf } from "./settle-closed.ts";
import { appendCaseEvent } from "./timeline.ts";

/** Closes a case with its outcome, which also answers the flags that nobody has decided. A new flag within 14 days reopens it. Actions stay as they are. */
export const closeCase = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    version: numberOrText(z.number().int()),
    outcome: z.enum(caseOutcomes, "Choose an outcome."),
  }),
  run: async (ctx, { caseId, version, outcome }) => {
    const changed = await changeCase(ctx, caseId, version, "close", { outcome, closedAt: ctx.now, claimedUntil: null });
    await settleFlagsOf(ctx, caseId, outcome);
    await appendCaseEvent(ctx, caseId, "case.closed", { outcome });
    return changed;
  },
  audit: (input, { id, accountId }) => ({
    action: "case.close",
    subjectKind: "case",
    subjectId: id,
    accountId,
    data: { outcome: input.outcome },
  }),
});
