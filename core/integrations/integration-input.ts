import { z } from "zod";
import { collectedData } from "../rules/vocabulary.ts";

/** What a customer says of a program that uses the API. */
export const integrationInput = z.strictObject({
  name: z.string().trim().min(1, "Give the integration a name.").max(80, "Use at most 80 characters."),
  purpose: z.string().trim().min(1, "Say what it does.").max(500, "Use at most 500 characters."),
  contactEmail: z
    .string()
    .trim()
    .toLowerCase()
    .max(320)
    .pipe(z.email("Enter an e-mail address, like privacy@example.com.")),
  /** Null = it has none. */
  privacyPolicyUrl: z
    .string()
    .trim()
    .max(500, "Use at most 500 characters.")
    .pipe(z.url({ protocol: /^https?$/, error: "Enter an address that starts with https://." }))
    .nullable()
    .default(null),
  /** Empty = it collects nothing about people. */
  dataCollected: z.array(z.enum(collectedData)).max(collectedData.length).default([]),
});
