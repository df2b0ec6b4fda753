import { maskCredentials } from "./tokens/mask-credentials.ts";

/**
 * A text that another machine has sent, as it can be kept and shown: without control characters but tab and line ends, which Postgres
 * does not even store some of, without halves of characters, and without what is shaped like a credential.
 */
export function storableText(text: string): string {
  return maskCredentials(text.replace(/[^\P{Cc}\t\n\r]|\p{Cs}/gu, "\ufffd"));
}
