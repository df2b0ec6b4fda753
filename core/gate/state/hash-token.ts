import { hash } from "node:crypto";

/** SHA-256 of the whole token text: 32 bytes, what `token_secret.hash` holds. A plain fast hash is right for 190 random bits. */
export function hashToken(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
