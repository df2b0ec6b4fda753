import { z } from "zod";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { claimMs } from "../rules/cases/case-machine.ts";
import { changeCase } from "./change-case.ts";

/** Takes a case to work on, also from somebody else. The claim holds 10 minutes. */
export const claimCase = command({
  permission: "cases:work",
  input: z.strictObject({ caseId: z.uuid(), version: numberOrText(z.number().int()) }),
  run: async (ctx, { caseId, version }) => {
    const claimedUntil = new Date(ctx.now.getTime() + claimMs);
    return changeCase(ctx, caseId, version, "claim", { assigneeUserId: actorUserId(ctx.actor), claimedUntil });
  },
  happened: (_input, { id, accountId }) => fact("case.claimed", { subjectId: id, accountId }),
});
