import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { claimMs } from "../rules/cases/case-machine.ts";
import { changeCase } from "./change-case.ts";
import { otherHolder, refuseForHolder } from "./hold-case.ts";

/** Takes a case to work on. The claim holds 10 minutes; one that somebody else holds is taken over only by who says so. */
export const claimCase = command({
  permission: "cases:work",
  input: z.strictObject({
    caseId: z.uuid(),
    version: numberOrText(z.number().int()),
    takesOver: z.stringbool().or(z.boolean()).default(false),
  }),
  run: async (ctx, { caseId, version, takesOver }) => {
    if (!takesOver) await refuseForHolder(ctx, caseId);
    const holder = takesOver ? await otherHolder(ctx, caseId) : null;
    const claimedUntil = new Date(ctx.now.getTime() + claimMs);
    const changed = await changeCase(ctx, caseId, version, "claim", {
      assigneeUserId: actorUserId(ctx.actor),
      claimedUntil,
    });
    return { ...changed, from: holder?.name ?? null };
  },
  happened: (_input, { id, accountId, from }) =>
    from === null
      ? fact("case.claimed", { subjectId: id, accountId })
      : fact("case.taken_over", { subjectId: id, accountId }, { from }),
});
