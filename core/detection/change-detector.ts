import { and, desc, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { detectorConfig } from "#db/schema/abuse.ts";
import * as deskWords from "#words/desk.ts";
import * as words from "#words/words.ts";
import { changesBetween } from "../facts/changes.ts";
import { fact } from "../facts/fact.ts";
import { decidingPerson } from "../frame/acting-role.ts";
import { actorUserId } from "../frame/context.ts";
import { command } from "../frame/define.ts";
import { AppError, notFound } from "../frame/errors.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { detectorModes } from "../rules/vocabulary.ts";
import { addSetting, type DetectorSetting, lockDetector, settingOf } from "./detector-settings.ts";
import { readThresholds, thresholdFields } from "./thresholds-input.ts";

/** Drafts a setting of a detector: its thresholds and whether it flags, only watches, or is off. Nothing changes until it is published. */
export const draftDetector = command({
  permission: "detectors:draft",
  input: z.strictObject({
    detector: z.string().max(60),
    mode: z.enum(detectorModes),
    ...thresholdFields,
    note: z.string(words.errors.sayWhy).trim().min(3, words.errors.sayWhy).max(500),
  }),
  run: async (ctx, input) => {
    const { thresholds } = readThresholds(input);
    await lockDetector(ctx, input.detector);
    const { detector, mode, note } = input;
    const setting = { mode, thresholds, note, createdByUserId: actorUserId(ctx.actor) };
    const number = await addSetting(ctx, detector, setting);
    return { number, thresholds };
  },
  happened: (input, { number, thresholds }) =>
    fact(
      "detector.drafted",
      { subjectId: input.detector, accountId: null },
      { number, mode: input.mode, ...thresholds },
    ),
});

/** Puts the newest draft of a detector in force, from its next run on. Every flag keeps the number of the setting that raised it. */
export const publishDetector = command({
  permission: "detectors:publish",
  input: z.strictObject({ detector: z.string().max(60), number: numberOrText(z.number().int()) }),
  run: async (ctx, { detector, number }) => {
    const person = decidingPerson(ctx.actor, "publishDetectors");
    await lockDetector(ctx, detector);
    const [newest] = await ctx.db
      .select({ id: detectorConfig.id, number: detectorConfig.number, publishedAt: detectorConfig.publishedAt })
      .from(detectorConfig)
      .where(eq(detectorConfig.detector, detector))
      .orderBy(desc(detectorConfig.number))
      .limit(1);
    if (!newest) throw notFound("draft");
    if (newest.number !== number || newest.publishedAt)
      throw new AppError("conflict", deskWords.errors.settingSuperseded);
    const was = await settingOf(ctx, detector);
    await ctx.db
      .update(detectorConfig)
      .set({ publishedAt: ctx.now, publishedByUserId: person.userId })
      .where(and(eq(detectorConfig.id, newest.id), isNull(detectorConfig.publishedAt)));
    const is = await settingOf(ctx, detector);
    return { number, changes: was && is ? changesBetween(valuesOf(was), valuesOf(is)) : {} };
  },
  happened: (input, { number, changes }) =>
    fact("detector.published", { subjectId: input.detector, accountId: null }, { number, changes }),
});

const valuesOf = ({ mode, thresholds }: DetectorSetting) => ({ mode, ...thresholds });
