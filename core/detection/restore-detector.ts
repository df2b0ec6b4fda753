import { z } from "zod";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { detectorOf } from "../rules/detectors/registry.ts";
import { addSetting, lockDetector, settingOf } from "./detector-settings.ts";

/** Lets a detector that fell into shadow flag again, as it was set. What was decided before cannot make it fall again. */
export const restoreDetector = command({
  permission: "detectors:publish",
  input: z.strictObject({
    detector: z.string().max(60),
    reason: z.string(words.errors.sayWhy).trim().min(3, words.errors.sayWhy).max(500),
  }),
  run: async (ctx, { detector, reason }) => {
    const person = decidingPerson(ctx.actor, "publishDetectors");
    if (!detectorOf(detector)) throw notFound("detector");
    await lockDetector(ctx, detector);
    const setting = await settingOf(ctx, detector);
    if (!setting?.hasFallen) throw new AppError("conflict", deskWords.errors.notFallen);
    const number = await addSetting(ctx, detector, {
      mode: "flags",
      thresholds: setting.thresholds,
      note: reason,
      createdByUserId: person.userId,
      publishedAt: ctx.now,
      publishedByUserId: person.userId,
    });
    return { number };
  },
  happened: (input, { number }) =>
    fact("detector.restored", { subjectId: input.detector, accountId: null }, { number, reason: input.reason }),
});
