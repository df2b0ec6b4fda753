import { createHash } from "node:crypto";
import type { Database } from "#db/client.ts";
import { jobCtx } from "../frame/context.ts";
import type { IntakeDoor, IntakeRefusal } from "../rules/vocabulary-intake.ts";
import type { IntakeSettings } from "./intake-settings.ts";
import type { Parse } from "./parsed-mail.ts";
import { recordMail } from "./record-mail.ts";
import { refuseMail } from "./refuse-mail.ts";

export type Intake = { db: Database; parse: Parse; settings: IntakeSettings };
export type Taken = { state: "taken" | "repeated" } | { state: "refused"; refusal: IntakeRefusal };

/**
 * Takes one message: reads it within its bounds, and keeps what came of it. When this returns, it is stored; when it throws, nothing is,
 * and the message is to be offered again.
 */
export async function takeMessage(
  { db, parse, settings }: Intake,
  { raw, door, returnPath }: { raw: Uint8Array; door: IntakeDoor; returnPath?: string },
  now: Date,
): Promise<Taken> {
  const ctx = jobCtx(db, "Report mail", now);
  const sizeBytes = raw.length;
  const read = await parse(raw);
  if ("refused" in read) {
    const digest = createHash("sha256").update(raw).digest("hex");
    await refuseMail(ctx, { door, sizeBytes, digest, refusal: read.refused });
    return { state: "refused", refusal: read.refused };
  }
  // Who hands it over knows the envelope better than a header that anybody can write.
  const sentBy = returnPath === undefined ? read.sentBy : { ...read.sentBy, returnPath: returnPath.toLowerCase() };
  const done = await recordMail(ctx, { door, sizeBytes, mail: { ...read, sentBy }, settings });
  return done.refusal === null
    ? { state: done.state === "repeated" ? "repeated" : "taken" }
    : { state: "refused", refusal: done.refusal };
}
