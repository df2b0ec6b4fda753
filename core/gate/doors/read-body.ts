import type { IncomingMessage } from "node:http";
import { whenParsed } from "../journal/turn.ts";

const empty = Buffer.alloc(0);

/** `body` is null when it is longer than allowed. */
type Done = (body: string | null) => void;

/**
 * Hands over the whole body as text, or null when it is longer than `maxBytes`. Not called when the client goes away before its
 * end. Most bodies come in one packet with their headers: once that is parsed they are there, and are taken without listening.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: Done): void {
  whenParsed(() => takeBody(request, maxBytes, done));
}

function takeBody(request: IncomingMessage, maxBytes: number, done: Done): void {
  if (!request.complete) {
    collectBody(request, maxBytes, done);
    return;
  }
  const body = readAll(request);
  done(body.length > maxBytes ? null : body.toString("utf8"));
}

/** Node 20 hands over everything with one call, Node 26 one piece at a time. */
function readAll(request: IncomingMessage): Buffer {
  const first: Buffer | null = request.read();
  if (first === null) return empty;
  let next: Buffer | null = request.read();
  if (next === null) return first;
  const pieces = [first];
  for (; next !== null; next = request.read()) pieces.push(next);
  return Buffer.concat(pieces);
}

function collectBody(request: IncomingMessage, maxBytes: number, done: Done): void {
  let chunks: Buffer[] = [];
  let length = 0;
  let isOver = false;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (isOver) return;
    if (length <= maxBytes) {
      chunks.push(chunk);
      return;
    }
    isOver = true;
    chunks = [];
    done(null);
  });
  request.on("end", () => {
    if (!isOver) done(Buffer.concat(chunks).toString("utf8"));
  });
}
