import type { IncomingMessage } from "node:http";
import { callerOf } from "#core/rules/forwarded.ts";
import { isLoopback, type Networks, parseAddress } from "#core/rules/networks.ts";

const header = "x-client-address";
/** Set where no proxy says that it stands between. Next.js fills X-Forwarded-For in by itself, so its absence tells a page nothing. */
const directHeader = "x-client-direct";
const served = globalThis as { gatehouseWritesClientAddress?: true };

/** Writes the client's address into a request, over whatever it brings. Next.js shows its pages no connection, only headers. */
export function writeClientAddress(request: IncomingMessage, trusted: Networks): void {
  served.gatehouseWritesClientAddress = true;
  const forwardedFor = request.headers["x-forwarded-for"];
  const chain = Array.isArray(forwardedFor) ? forwardedFor.join(",") : (forwardedFor ?? null);
  request.headers[directHeader] = isDirect(request, chain) ? "1" : "";
  request.headers[header] = callerOf(request.socket.remoteAddress ?? "", chain, trusted) ?? "";
}

/** A proxy adds one of these headers, or keeps the public host, or speaks HTTP/1.0 as nginx does unless told otherwise. */
function isDirect({ headers, httpVersion }: IncomingMessage, chain: string | null): boolean {
  const signs = [chain, headers.forwarded, headers.via, headers["x-real-ip"], headers["x-forwarded-host"]];
  const host = (headers.host ?? "").replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
  return signs.every((one) => one == null) && httpVersion !== "1.0" && (host === "localhost" || isLoopback(host));
}

/** The address of who called; null = not known. Where Next.js runs by itself anybody could write the header, so it counts for nothing. */
export function clientAddress(headers: Headers): string | null {
  if (!served.gatehouseWritesClientAddress) return null;
  return parseAddress(headers.get(header) ?? "")?.toString() ?? null;
}

/** Whether who called stands on the machine itself. Through a proxy there, everybody would. */
export function isOnThisMachine(headers: Headers): boolean {
  return headers.get(directHeader) === "1" && isLoopback(clientAddress(headers) ?? "");
}
