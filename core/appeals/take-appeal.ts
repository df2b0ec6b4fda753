import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { mayDecideAppeal } from "../rules/standing/enforcement.ts";
import { findAppeal, moveAppeal, refuseOneHand } from "./move-appeal.ts";

/** Takes an appeal to decide it: only who had no part in the action. */
export const takeAppeal = command({
  permission: "appeals:decide",
  input: z.strictObject({ appealId: z.uuid() }),
  run: async (ctx, { appealId }) => {
    const decider = decidingPerson(ctx.actor, "decideAppeals");
    const found = await findAppeal(ctx, appealId);
    const refusal = mayDecideAppeal(decider, found);
    if (refusal) throw new AppError("forbidden", deskWords.objection(refusal.refused));
    await refuseOneHand(ctx, decider.userId, found);
    await moveAppeal(ctx, found, "assign", { assigneeUserId: decider.userId });
    return { accountId: found.accountId, caseId: found.caseId };
  },
  happened: (input, { accountId, caseId }) => fact("appeal.assigned", { subjectId: input.appealId, accountId, caseId }),
});
