import "server-only";
import { env } from "#core/runtime/env.ts";
import { isOriginOf } from "./own-origin.ts";

/**
 * Whether a request that acts with the session cookie comes from our own pages. Next runs a server action when Origin is missing,
 * and route handlers have no check at all, so this is ours: Origin must be there and must be the public address.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  return origin !== null && isOriginOf(env().PUBLIC_URL, origin);
}
