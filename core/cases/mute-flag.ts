import { eq } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, invalid } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { nextFlagState } from "../rules/cases/flag-machine.ts";
import { mayMute } from "../rules/standing/enforcement.ts";
import { dayMs } from "../rules/time.ts";
import { refuseForHolder } from "./hold-case.ts";
import { lockFlag } from "./lock-flag.ts";

/** Silences one key (this account, detector and scope) until a time. It weighs nothing meanwhile, and it always ends. */
export const muteFlag = command({
  permission: "cases:work",
  input: z.strictObject({
    flagId: z.uuid(),
    days: numberOrText(z.number().int().min(1, deskWords.errors.chooseDuration)),
    reason: z.string(words.errors.sayWhy).trim().min(3, words.errors.sayWhy).max(500),
  }),
  run: async (ctx, { flagId, days, reason }) => {
    const person = decidingPerson(ctx.actor, "muteFlags");
    const refusal = mayMute(person.role, days * dayMs);
    if (refusal) throw invalid("days", deskWords.objection(refusal.refused));
    const found = await lockFlag(ctx, flagId);
    await refuseForHolder(ctx, found.caseId);
    const state = nextFlagState(found.state, "mute");
    if (!state) throw new AppError("conflict", deskWords.errors.flagMuted);
    const until = new Date(ctx.now.getTime() + days * dayMs);
    await ctx.db
      .update(flag)
      .set({
        state,
        mutedUntil: until,
        muteReason: reason,
        heldReason: null,
        decidedAt: ctx.now,
        decidedByUserId: actorUserId(ctx.actor),
      })
      .where(eq(flag.id, flagId));
    return { ...found, until: until.toISOString() };
  },
  happened: (input, { accountId, caseId, detector, until }) =>
    fact("flag.muted", { subjectId: input.flagId, accountId, caseId }, { detector, until, reason: input.reason }),
});
