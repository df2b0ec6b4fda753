import { z } from "zod";
import * as words from "#words/words.ts";
import { collectedData } from "../rules/vocabulary.ts";

/** What a customer says of a program that uses the API. */
export const integrationInput = z.strictObject({
  name: z.string().trim().min(1, words.errors.nameIntegration).max(80),
  purpose: z.string().trim().min(1, words.errors.sayPurpose).max(500),
  contactEmail: z.string().trim().toLowerCase().max(320).pipe(z.email(words.errors.enterPrivacyEmail)),
  /** Null = it has none. */
  privacyPolicyUrl: z
    .string()
    .trim()
    .max(500)
    .pipe(z.url({ protocol: /^https?$/, error: words.errors.enterHttps }))
    .nullable()
    .default(null),
  /** Empty = it collects nothing about people. */
  dataCollected: z.array(z.enum(collectedData)).max(collectedData.length).default([]),
});
