/**
 * Whether an Origin is the public address. On a loopback installation 127.0.0.1 and localhost are the same desk to somebody who
 * tries it at home.
 */
export function isOriginOf(publicAddress: string, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const own = new URL(publicAddress);
  const given = new URL(origin);
  if (given.origin === own.origin) return true;
  return isLoopback(own.hostname) && isLoopback(given.hostname) && given.port === own.port;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
