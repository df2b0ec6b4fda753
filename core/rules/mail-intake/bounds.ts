import { hourMs } from "../time.ts";
import type { IntakeRefusal } from "../vocabulary-intake.ts";

/**
 * What a message to the report mailbox may be. Anybody can send one, so each bound is refused before the next step is taken: size before
 * it is read, parts and headers before it is parsed, time and memory while it is.
 */
export const intakeBounds = {
  /** As it travels. Mail servers take 10 to 50 MB; a report with screenshots has a few. */
  messageBytes: 10 * 1024 * 1024,
  /** All header lines of the message and its parts. */
  headerBytes: 256 * 1024,
  /** Parts of all levels. */
  parts: 200,
  /** Parts within parts. */
  depth: 20,
  /** Messages within the message that are read: the one that is reported. */
  messagesWithin: 1,
  parseMs: 5_000,
  parseMegabytes: 128,
  /** Characters of its text that are kept, as of a form; and of the reported message's headers and text. */
  textChars: 10_000,
  evidenceChars: 20_000,
  attachments: 50,
} as const;

/** Messages of one sender that become reports; feedback loops that are trusted send many more. */
export const perSender = { most: 20, windowMs: hourMs } as const;

const newline = 0x0a;
const dash = 0x2d;

/**
 * What speaks against parsing a message, by its bytes alone: as many lines that could begin a part as there may be parts, or more header
 * lines than there may be. Null = it may be parsed. Linear in its size.
 */
export function refusedUnparsed(raw: Uint8Array): IntakeRefusal | null {
  if (raw.length > intakeBounds.messageBytes) return "too_large";
  const head = Buffer.from(raw.buffer, raw.byteOffset, raw.length);
  const boundaries = boundariesIn(head);
  if (boundaries.size > intakeBounds.parts) return "too_many_parts";
  let parts = 0;
  for (let at = 0; at < raw.length; ) {
    if (raw[at] === dash && raw[at + 1] === dash && isOneOf(boundaries, head, at + 2)) parts += 1;
    if (parts > intakeBounds.parts) return "too_many_parts";
    const end = raw.indexOf(newline, at);
    at = end < 0 ? raw.length : end + 1;
  }
  return null;
}

/** RFC 2046: a boundary has 1 to 70 characters. */
const longestBoundary = 70;

function boundariesIn(raw: Buffer): Set<string> {
  const found = new Set<string>();
  const text = raw.toString("latin1");
  for (const [, quoted, bare] of text.matchAll(
    /boundary\*?0?\*?\s{0,9}=\s{0,9}(?:"([^"\r\n]{1,100})"|([^\s;"]{1,100}))/gi,
  )) {
    const boundary = (quoted ?? bare ?? "").trimEnd().slice(0, longestBoundary);
    if (boundary !== "") found.add(boundary);
    if (found.size > intakeBounds.parts) break;
  }
  return found;
}

function isOneOf(boundaries: ReadonlySet<string>, raw: Buffer, at: number): boolean {
  const end = raw.indexOf(newline, at);
  const line = raw.toString("latin1", at, Math.min(end < 0 ? raw.length : end, at + longestBoundary + 4)).trimEnd();
  return boundaries.has(line) || (line.endsWith("--") && boundaries.has(line.slice(0, -2)));
}
