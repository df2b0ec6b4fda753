import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import { fact } from "../facts/fact.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { nextFlagState } from "../rules/cases/flag-machine.ts";
import { dismissReasons } from "../rules/vocabulary.ts";
import { refuseForHolder } from "./hold-case.ts";
import { lockFlag } from "./lock-flag.ts";

/** Puts a flag aside without a sanction. Only "not abuse" lowers the detector's precision. The same key stays quiet for a day. */
export const dismissFlag = command({
  permission: "cases:work",
  input: z.strictObject({ flagId: z.uuid(), reason: z.enum(dismissReasons, deskWords.errors.chooseReason) }),
  run: async (ctx, { flagId, reason }) => {
    const found = await lockFlag(ctx, flagId);
    await refuseForHolder(ctx, found.caseId);
    const state = nextFlagState(found.state, "dismiss");
    if (!state) throw new AppError("conflict", deskWords.errors.flagClosed(deskWords.flagStates[found.state].is));
    const [changed] = await ctx.db
      .update(flag)
      .set({ state, dismissReason: reason, decidedAt: ctx.now, decidedByUserId: actorUserId(ctx.actor) })
      .where(and(eq(flag.id, flagId), eq(flag.state, found.state)))
      .returning({ id: flag.id });
    if (!changed) throw new AppError("conflict", deskWords.errors.flagDecided);
    return found;
  },
  happened: (input, { accountId, caseId, detector }) =>
    fact("flag.dismissed", { subjectId: input.flagId, accountId, caseId }, { detector, reason: input.reason }),
});
