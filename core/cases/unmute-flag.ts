import { eq } from "drizzle-orm";
import { z } from "zod";
import { flag } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { command } from "../frame/define.ts";
import { AppError } from "../frame/errors.ts";
import { refuseForHolder } from "./hold-case.ts";
import { lockFlag } from "./lock-flag.ts";

/** Ends a mute before its time: from now on the key can be flagged again, by what came after it was muted. */
export const unmuteFlag = command({
  permission: "cases:work",
  input: z.strictObject({
    flagId: z.uuid(),
    reason: z.string(words.errors.sayWhy).trim().min(3, words.errors.sayWhy).max(500),
  }),
  run: async (ctx, { flagId }) => {
    decidingPerson(ctx.actor, "muteFlags");
    const { state, ...found } = await lockFlag(ctx, flagId);
    await refuseForHolder(ctx, found.caseId);
    const [muted] = await ctx.db.select({ until: flag.mutedUntil }).from(flag).where(eq(flag.id, flagId));
    if (state !== "muted" || !muted?.until || muted.until <= ctx.now)
      throw new AppError("conflict", deskWords.errors.flagNotMuted);
    await ctx.db.update(flag).set({ mutedUntil: ctx.now }).where(eq(flag.id, flagId));
    return { ...found, until: muted.until.toISOString() };
  },
  happened: (input, { accountId, caseId, detector, until }) =>
    fact("flag.unmuted", { subjectId: input.flagId, accountId, caseId }, { detector, until, reason: input.reason }),
});
