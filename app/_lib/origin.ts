import "server-only";
import { env } from "#core/runtime/env.ts";

/**
 * Whether a request that acts with the session cookie comes from our own pages. Next runs a server action when Origin is missing
 * and trusts X-Forwarded-Host, and route handlers have no check at all, so this is ours: Origin must be there and must be the
 * public address, or the host the request itself names on a loopback installation.
 */
export function isOwnOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null || !URL.canParse(origin)) return false;
  const publicUrl = new URL(env().PUBLIC_URL);
  const given = new URL(origin);
  if (given.origin === publicUrl.origin) return true;
  // 127.0.0.1 and localhost are the same desk to somebody who tries it at home.
  return isLoopback(publicUrl.hostname) && isLoopback(given.hostname) && given.port === publicUrl.port;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
