import type { IncomingMessage } from "node:http";

/**
 * The value of a header (name in lower case), or empty. From the raw list: making node's object of all headers would cost more
 * than reading two of them.
 */
export function rawHeader(request: IncomingMessage, name: string): string {
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i] ?? "";
    if (given.length === name.length && given.toLowerCase() === name) return rawHeaders[i + 1] ?? "";
  }
  return "";
}
