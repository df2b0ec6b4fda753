import { and, eq, lt, sql } from "drizzle-orm";
import type { Database } from "#db/client.ts";
import { mail } from "#db/schema/mail.ts";
import * as deskWords from "#words/desk.ts";
import { storableText } from "../rules/storable-text.ts";
import type { Transport } from "./transport.ts";

type Delivery = { mailId: string; isLastTry: boolean };

/**
 * Hands one message to the mail server and writes down what came of it. Without a mail server it is kept for the screen.
 * Throws when it is worth another try. A message that is sent, failed or kept already is left alone, so a job that runs twice
 * sends once; if a worker is killed between the server's OK and our note of it, the second copy has the same Message-ID.
 */
export async function deliverMail(
  db: Database,
  transport: Transport | null,
  host: string,
  { mailId, isLastTry }: Delivery,
  now: Date,
): Promise<void> {
  const [message] = await db
    .update(mail)
    .set({ attempts: sql`${mail.attempts} + 1` })
    .where(and(eq(mail.id, mailId), eq(mail.state, "waiting")))
    .returning({
      to: mail.toAddress,
      subject: mail.subject,
      text: mail.textBody,
      html: mail.htmlBody,
      secretUntil: mail.secretUntil,
    });
  if (!message) return;
  const { to, subject, text, html, secretUntil } = message;
  const settle = (change: Partial<typeof mail.$inferInsert>) => db.update(mail).set(change).where(eq(mail.id, mailId));

  if (secretUntil && secretUntil <= now) {
    await settle({
      state: "failed",
      lastError: deskWords.records.linkExpired,
      textBody: null,
      htmlBody: null,
    });
    return;
  }
  if (!transport) {
    await settle({ state: "kept", lastError: deskWords.records.noMailServer });
    return;
  }
  try {
    await transport.send({ messageId: `<${mailId}@${host}>`, to, subject, text: text ?? "", html: html ?? "" });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isFinal = isLastTry || isRefusal(error);
    await settle({ lastError: storableText(reason).slice(0, 500), ...(isFinal ? { state: "failed" } : {}) });
    if (isFinal) return;
    throw error;
  }
  await settle({
    state: "sent",
    sentAt: now,
    lastError: null,
    ...(secretUntil ? { textBody: null, htmlBody: null } : {}),
  });
}

/** A 5xx of SMTP is a refusal for good (RFC 5321, 4.2.1); everything else may pass. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && "responseCode" in error ? error.responseCode : undefined;
  return typeof code === "number" && code >= 500 && code < 600;
}

/** Empties messages whose one-time link is over, delivered or not. */
export async function emptyEndedSecrets(db: Database, now: Date): Promise<void> {
  await db.update(mail).set({ textBody: null, htmlBody: null }).where(lt(mail.secretUntil, now));
}
