import { z } from "zod";
import { numberOrText } from "../frame/given-as-text.ts";
import { mostPercent } from "../rules/usage/alerts.ts";
import { alertKinds } from "../rules/vocabulary.ts";

const flag = z.union([z.boolean(), z.literal("1").transform(() => true)]).default(false);

export const alertRuleInput = z.strictObject({
  kind: z.enum(alertKinds),
  thresholdPercent: numberOrText(
    z
      .number({ error: "Enter a whole number of percent." })
      .int("Enter a whole number of percent.")
      .min(1, "Use at least 1 %.")
      .max(mostPercent("pace"), "Use at most 500 %."),
  ),
  cooldownSeconds: numberOrText(z.number().int().min(60).max(604_800)).default(3_600),
  isMailed: flag,
});
