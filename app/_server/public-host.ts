import type { IncomingMessage } from "node:http";
import * as words from "#words/words.ts";
import { isOriginOf } from "../_lib/own-origin.ts";

/**
 * Writes the public host into a request, over what a proxy made of it. Next.js refuses a form whose Origin is not the host it was
 * sent to, and many proxies send their own address as Host; what is public is known from `PUBLIC_URL`.
 */
export function writePublicHost({ headers }: Pick<IncomingMessage, "headers">, publicAddress: string): void {
  const { origin } = headers;
  const isOwn = origin !== undefined && isOriginOf(publicAddress, origin);
  headers.host = new URL(isOwn ? origin : publicAddress).host;
  delete headers["x-forwarded-host"];
}

/** The sentence for a form that a page at another address sent, which Next.js would answer with a 500; null = it may go on. */
export function otherAddress(
  { method, url = "", headers }: Pick<IncomingMessage, "method" | "url" | "headers">,
  publicAddress: string,
): string | null {
  const { origin } = headers;
  if (method !== "POST" || origin === undefined || isOriginOf(publicAddress, origin)) return null;
  if (url.startsWith("/api/") || !isForm(headers)) return null;
  return words.otherAddress(new URL(publicAddress).origin);
}

function isForm(headers: IncomingMessage["headers"]): boolean {
  if (headers["next-action"] !== undefined) return true;
  return /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(headers["content-type"] ?? "");
}
