import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { command } from "../frame/define.ts";
import { findAppeal, moveAppeal } from "./move-appeal.ts";

/** A member takes the appeal back. A new one can be made within the window. */
export const withdrawAppeal = command({
  permission: "appeals:write",
  input: z.strictObject({ appealId: z.uuid() }),
  run: async (ctx, { appealId }) => {
    // Reads by the actor's scope: a member reaches their own account's appeals alone.
    const found = await findAppeal(ctx, appealId);
    await moveAppeal(ctx, found, "withdraw", { decidedAt: ctx.now });
    const { accountId, caseId, actionId } = found;
    return { accountId, caseId, actionId };
  },
  happened: (input, { accountId, caseId, actionId }) =>
    fact("appeal.withdrawn", { subjectId: input.appealId, accountId, caseId }, { actionId }),
});
