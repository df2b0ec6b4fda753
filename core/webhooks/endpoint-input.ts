import { z } from "zod";
import { webhookEvents } from "../facts/webhook-events.ts";

/** Addresses are checked again when something is sent; here only what can never be right. */
const url = z
  .url({ protocol: /^https?$/, error: "Enter an address that starts with https://." })
  .max(500, "Use at most 500 characters.")
  .refine(
    (text) => !URL.canParse(text) || (new URL(text).username === "" && new URL(text).password === ""),
    "Leave user and password out; check the signature instead.",
  );

export const endpointInput = z.strictObject({
  url,
  description: z.string().trim().max(200, "Use at most 200 characters.").default(""),
  /** Empty = all. */
  events: z.array(z.enum(webhookEvents, "There is no such event.")).max(webhookEvents.length).default([]),
});
