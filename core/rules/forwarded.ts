import { isInNetworks, type Networks, parseAddress } from "./networks.ts";

/**
 * Who called, by the hops that proxies wrote into X-Forwarded-For: the last hop that is not one of ours, because somebody we do not
 * know wrote everything left of it. Null = there is none, or it is not an address.
 */
export function clientOf(forwardedFor: string | null, trusted: Networks): string | null {
  if (forwardedFor === null) return null;
  const hops = forwardedFor.split(",").map((hop) => withoutPort(hop.trim()));
  const client = hops.findLast((hop) => !isInNetworks(trusted, hop)) ?? hops[0] ?? "";
  return parseAddress(client) === null ? null : client;
}

/**
 * Who sent a request that arrived from `peer`: the peer itself, unless it is a proxy of ours, whose X-Forwarded-For counts then.
 * Null = not an address. `::ffff:192.0.2.1` is 192.0.2.1.
 */
export function callerOf(peer: string, forwardedFor: string | null, trusted: Networks): string | null {
  const address = parseAddress(peer)?.toString() ?? null;
  if (address === null || !isInNetworks(trusted, address)) return address;
  return forwardedFor === null ? address : clientOf(forwardedFor, trusted);
}

/** `192.0.2.1:443` and `[2001:db8::1]:443` are written by some proxies. */
function withoutPort(hop: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(hop);
  if (bracketed) return bracketed[1] ?? "";
  return /^\d+\.\d+\.\d+\.\d+:\d+$/.test(hop) ? hop.slice(0, hop.indexOf(":")) : hop;
}
