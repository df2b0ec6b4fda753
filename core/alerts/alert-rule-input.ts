import { z } from "zod";
import * as words from "#words/words.ts";
import { numberOrText } from "../frame/given-as-text.ts";
import { mostPercent } from "../rules/usage/alerts.ts";
import { alertKinds } from "../rules/vocabulary.ts";

const flag = z.union([z.boolean(), z.literal("1").transform(() => true)]).default(false);

export const alertRuleInput = z.strictObject({
  kind: z.enum(alertKinds),
  thresholdPercent: numberOrText(
    z
      .number({ error: words.errors.enterPercent })
      .int(words.errors.enterPercent)
      .min(1, words.errors.percentTooLow)
      .max(mostPercent("pace"), words.errors.percentTooHigh),
  ),
  cooldownSeconds: numberOrText(z.number().int().min(60).max(604_800)).default(3_600),
  isMailed: flag,
});
