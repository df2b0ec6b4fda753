import * as words from "#words/words.ts";
import { ApiError } from "./problem.ts";

/** The body as sent. Throws `payload_too_large` as soon as it is, so that nobody can fill the memory. */
export async function readBody(request: Request, largestBytes: number): Promise<Buffer> {
  const tooLarge = () => new ApiError("payload_too_large", words.errors.bodyTooLarge(largestBytes / 1024));
  if (Number(request.headers.get("content-length") ?? 0) > largestBytes) throw tooLarge();
  if (!request.body) return Buffer.alloc(0);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength;
    if (bytes > largestBytes) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
