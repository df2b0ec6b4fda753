import { z } from "zod";
import * as words from "#words/words.ts";
import { webhookEvents } from "../facts/webhook-events.ts";

/** Addresses are checked again when something is sent; here only what can never be right. */
const url = z
  .url({ protocol: /^https?$/, error: words.errors.enterHttps })
  .max(500)
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""),
    words.errors.noCredentialsInUrl,
  );

export const endpointInput = z.strictObject({
  url,
  description: z.string().trim().max(200).default(""),
  /** Empty = all. */
  events: z.array(z.enum(webhookEvents, words.errors.eventUnknown)).max(webhookEvents.length).default([]),
});
