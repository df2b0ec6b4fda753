import { createHash } from "node:crypto";
import PostalMime, { type Attachment, type Email } from "postal-mime";
import { intakeBounds, refusedUnparsed } from "../rules/mail-intake/bounds.ts";
import { type Feedback, fieldsOf, readFeedback } from "../rules/mail-intake/feedback.ts";
import { plainLine, plainText, textOfHtml } from "../rules/mail-intake/plain-text.ts";
import type { IntakeRefusal } from "../rules/vocabulary-intake.ts";
import type { ParsedMail } from "./parsed-mail.ts";

/** Of a message within, everything is listed and its own messages are not opened. */
const options = {
  maxNestingDepth: intakeBounds.depth,
  maxHeadersSize: intakeBounds.headerBytes,
  forceRfc822Attachments: true,
} as const;

const reportedTypes = ["message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"];

/** Reads a message within the bounds of the intake. Never throws: what cannot be read is refused with the reason. */
export async function parseMessage(raw: Uint8Array): Promise<ParsedMail | { refused: IntakeRefusal }> {
  const refused = refusedUnparsed(raw);
  if (refused) return { refused };
  try {
    return await read(raw);
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

function reasonOf(error: unknown): IntakeRefusal {
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("Maximum MIME nesting depth")) return "too_deep";
  return message.startsWith("Maximum header size") ? "headers_too_large" : "unreadable";
}

async function read(raw: Uint8Array): Promise<ParsedMail> {
  const email = await PostalMime.parse(raw, options);
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value ?? null;
  const word = (name: string) => {
    const value = header(name);
    return value === null ? null : plainLine(value, 500).toLowerCase();
  };
  const reported = email.attachments.find(({ mimeType }) => reportedTypes.includes(mimeType));
  const report = email.attachments.find(({ mimeType }) => mimeType === "message/feedback-report");
  const feedback = report ? readFeedback(textIn(report)) : null;
  const within = reported ? await readWithin(reported) : { headers: "", text: "", attachments: [] };
  const from = email.from?.address ? email.from : null;
  const messageId = header("message-id");
  const all = [...email.attachments.filter((one) => one !== report), ...within.attachments];
  return {
    digest: digestOf(raw, [
      messageId ?? "",
      ...(messageId ? [] : ["from", "date", "subject"].map((name) => header(name) ?? "")),
    ]),
    messageId: messageId === null ? null : plainLine(messageId, 300),
    fromAddress: from?.address ? plainLine(from.address, 300).toLowerCase() : null,
    fromName: plainLine(from?.name ?? "", 100) || null,
    subject: plainLine(email.subject ?? "", 300),
    text: plainText(bodyOf(email), intakeBounds.textChars),
    attachments: all.slice(0, intakeBounds.attachments).map((one) => ({
      name: plainLine(one.filename ?? "", 200) || "unnamed",
      type: plainLine(one.mimeType, 100),
      sizeBytes: sizeOf(one),
    })),
    reportedHeaders: within.headers,
    evidence: evidenceOf(feedback, within),
    feedback,
    sentBy: {
      returnPath: word("return-path")?.replace(/^<|>$/g, "") ?? null,
      autoSubmitted: word("auto-submitted")?.split(/[;\s]/)[0] ?? null,
      precedence: word("precedence"),
      isList: header("list-id") !== null || header("list-unsubscribe") !== null || header("list-post") !== null,
      suppressesReplies:
        header("x-auto-response-suppress") !== null || header("x-autoreply") !== null || header("x-loop") !== null,
      contentType: word("content-type") ?? "text/plain",
    },
    authenticationResults: email.headers
      .filter(({ key }) => key === "authentication-results")
      .slice(0, 10)
      .map(({ value }) => plainLine(value, 4_000)),
  };
}

/** The reported message: its header lines, the beginning of its text, and what is attached to it. */
async function readWithin(reported: Attachment) {
  const bytes = bytesOf(reported);
  const decoded = new TextDecoder().decode(bytes.subarray(0, 64_000));
  const headers = plainText(decoded.split(/\r?\n\r?\n/, 1)[0] ?? "", 32_000);
  if (reported.mimeType.endsWith("headers")) return { headers, text: "", attachments: [] };
  const email = await PostalMime.parse(bytes, options);
  return { headers, text: plainText(bodyOf(email), 2_000), attachments: email.attachments };
}

function evidenceOf(feedback: Feedback | null, within: { headers: string; text: string }): string {
  const fields = feedback
    ? [
        `Feedback-Type: ${feedback.type}`,
        ...(feedback.userAgent ? [`User-Agent: ${feedback.userAgent}`] : []),
        ...(feedback.sourceIp ? [`Source-IP: ${feedback.sourceIp}`] : []),
        ...(feedback.originalMailFrom ? [`Original-Mail-From: ${feedback.originalMailFrom}`] : []),
        ...(feedback.arrivedAt ? [`Arrival-Date: ${feedback.arrivedAt}`] : []),
        ...feedback.reportedDomains.map((domain) => `Reported-Domain: ${domain}`),
        `Incidents: ${feedback.incidents}`,
      ].join("\n")
    : "";
  return plainText([fields, within.headers, within.text].filter(Boolean).join("\n\n"), intakeBounds.evidenceChars);
}

function bodyOf({ text, html }: Email): string {
  return text?.trim() ? text : textOfHtml(html ?? "");
}

/** Headers gain lines on their way, so they count only by the Message-ID; line ends are those of the way as well. */
function digestOf(raw: Uint8Array, names: readonly string[]): string {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.length).toString("latin1").replaceAll("\r", "");
  const end = text.indexOf("\n\n");
  const body = end < 0 ? text : text.slice(end + 2);
  return createHash("sha256").update(names.join("\n")).update("\n\n").update(body.trimEnd(), "latin1").digest("hex");
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === "string") return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

const sizeOf = (one: Attachment) => bytesOf(one).byteLength;
const textIn = (one: Attachment) =>
  fieldsOf(new TextDecoder().decode(bytesOf(one).subarray(0, 64_000)))
    .map(([name, value]) => `${name}: ${plainLine(value, 1_000)}`)
    .join("\n");
