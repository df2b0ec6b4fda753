import type { IncomingMessage } from "node:http";

/** Who asks the gate. `id` is empty for a caller on loopback. */
export type Caller = { id: string };

const loopback: Caller = { id: "" };

/**
 * Who this call comes from; null = nobody who may ask, since the gate would tell anyone which tokens exist.
 * Without a gateway credential configured, callers on loopback are accepted and nobody else.
 */
export function identifyCaller(request: IncomingMessage): Caller | null {
  const address = request.socket.remoteAddress ?? "";
  const isLocal = address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
  return isLocal ? loopback : null;
}
