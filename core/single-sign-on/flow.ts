import { z } from "zod";
import { minuteMs } from "../rules/time.ts";
import { publicUrl } from "../runtime/env.ts";

/** How long a person may take at the issuer. */
export const flowLifeMs = 10 * minuteMs;

/**
 * What binds the answer of an issuer to the browser that was sent there. It waits in a sealed cookie of that browser, and nowhere
 * else. `sessionId` = whose session proves itself again; null = somebody signs in.
 */
export const flowSchema = z.strictObject({
  providerId: z.uuid(),
  state: z.string().max(200),
  nonce: z.string().max(200),
  verifier: z.string().max(200),
  startedAt: z.string().max(40),
  next: z.string().max(2_000).nullable(),
  sessionId: z.uuid().nullable(),
});
export type Flow = z.infer<typeof flowSchema>;

/** Where the issuer sends the browser back to. One for each issuer, so that none can pass on the answer of another (RFC 9700 4.4). */
export function callbackUrl(providerId: string): string {
  return `${publicUrl()}/single-sign-on/${providerId}/callback`;
}

/** Where the issuer reports that a person has signed out there. */
export function logoutUrl(providerId: string): string {
  return `${publicUrl()}/single-sign-on/${providerId}/logout`;
}
