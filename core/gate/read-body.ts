import type { IncomingMessage } from "node:http";

/**
 * Hands over the whole body as text, or null when it is longer than `maxBytes`. Not called when the client goes away before its
 * end.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: string | null) => void): void {
  let first: Buffer | null = null;
  let rest: Buffer[] | null = null;
  let length = 0;
  let isOver = false;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (isOver) return;
    if (length > maxBytes) {
      isOver = true;
      first = null;
      rest = null;
      done(null);
    } else if (first === null) first = chunk;
    else if (rest === null) rest = [first, chunk];
    else rest.push(chunk);
  });
  request.on("end", () => {
    if (isOver) return;
    // One piece is the common case, and is not copied.
    done(rest === null ? (first?.toString("utf8") ?? "") : Buffer.concat(rest).toString("utf8"));
  });
}
