import { z } from "zod";
import { intakeBounds } from "../rules/mail-intake/bounds.ts";
import type { IntakeRefusal } from "../rules/vocabulary-intake.ts";

const line = z.string().max(1_000);

/** What is read of a message, all of it text and bounded; nothing of it is an address to fetch or a file to open. */
export const parsedMail = z.strictObject({
  /** SHA-256, hex, of its Message-ID and what follows its headers: the same for a message that is delivered again. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  messageId: line.nullable(),
  fromAddress: line.nullable(),
  fromName: line.nullable(),
  subject: line,
  text: z.string().max(intakeBounds.textChars),
  /** What is attached, not what is in it. */
  attachments: z
    .array(z.strictObject({ name: line, type: line, sizeBytes: z.number().int().min(0) }))
    .max(intakeBounds.attachments),
  /** Of a message within the message, the one that is reported: its header lines. */
  reportedHeaders: z.string().max(64_000),
  /** The same for people: the report's fields, the reported headers and the beginning of its text; empty = there is none. */
  evidence: z.string().max(intakeBounds.evidenceChars),
  feedback: z
    .strictObject({
      type: line,
      userAgent: line.nullable(),
      originalMailFrom: line.nullable(),
      arrivedAt: line.nullable(),
      sourceIp: line.nullable(),
      reportedDomains: z.array(line).max(10),
      incidents: z.number().int().min(1),
    })
    .nullable(),
  /** For whether a program may answer it. */
  sentBy: z.strictObject({
    returnPath: line.nullable(),
    autoSubmitted: line.nullable(),
    precedence: line.nullable(),
    isList: z.boolean(),
    suppressesReplies: z.boolean(),
    contentType: line,
  }),
  authenticationResults: z.array(z.string().max(4_000)).max(10),
});
export type ParsedMail = z.output<typeof parsedMail>;

/** A message as it was read, or why it was not. */
export type Parse = (raw: Uint8Array) => Promise<ParsedMail | { refused: IntakeRefusal }>;
