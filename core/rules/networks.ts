import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
/** Parsed CIDR blocks. */
export type Networks = readonly [Address, number][];

/** Parses CIDR blocks or single addresses; one that cannot be parsed is left out, which for an allow-list is the strict side. */
export function parseNetworks(texts: readonly string[]): Networks {
  return texts.flatMap((text): [Address, number][] => {
    const block = text.includes("/") ? parseBlock(text) : parseSingle(text);
    return block === null ? [] : [block];
  });
}

/** The same for a list as settings write it, separated by commas or spaces; empty = none. */
export function parseNetworkList(text: string): Networks {
  return parseNetworks(text.split(/[\s,]+/).filter((one) => one !== ""));
}

/** Whether an address lies in one of the blocks. An IPv4 address written as IPv6 is read as IPv4. */
export function isInNetworks(networks: Networks, ip: string): boolean {
  const address = parseAddress(ip);
  return (
    address !== null && networks.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
  );
}

/** Whether an allow-list admits an address; an empty one admits any, also one that is not known. */
export function isAdmitted(allowed: readonly string[], ip: string | null): boolean {
  return allowed.length === 0 || (ip !== null && isInNetworks(parseNetworks(allowed), ip));
}

/** Null = not an address. `::ffff:192.0.2.1` is 192.0.2.1; a zone (`%eth0`) is refused. */
export function parseAddress(ip: string): Address | null {
  if (ip.length > 45 || ip.includes("%") || !ipaddr.isValid(ip)) return null;
  if (!ip.includes(":") && !ipaddr.IPv4.isValidFourPartDecimal(ip)) return null;
  return ipaddr.process(ip);
}

/** Whether the other end of a connection is on this machine. */
export function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
}

/** The network an address is counted under: /24 for IPv4, /48 for IPv6. Null = not an address. */
export function networkOf(ip: string): string | null {
  const address = parseAddress(ip);
  if (address === null) return null;
  const bytes = address.toByteArray();
  if (address.kind() === "ipv4") return `${bytes.slice(0, 3).join(".")}.0/24`;
  const head = ipaddr.fromByteArray([...bytes.slice(0, 6), ...new Array<number>(10).fill(0)]);
  return `${head.toString()}/48`;
}

/**
 * The network that one subscriber has, by which tries are counted: an IPv4 address, or the /64 that every IPv6 subscriber has at least
 * (RFC 6177, RIPE-690). Null = not an address.
 */
export function subscriberNetwork(ip: string): string | null {
  const address = parseAddress(ip);
  if (address === null) return null;
  if (address.kind() === "ipv4") return `${address.toString()}/32`;
  return `${ipaddr.fromByteArray([...address.toByteArray().slice(0, 8), ...new Array<number>(8).fill(0)]).toString()}/64`;
}

/**
 * Addresses that the library takes for ordinary ones and that lead inside: IPv4-compatible IPv6 (RFC 4291, 2.5.5.1), the dummy prefix
 * of RFC 9780, and the address at which Azure's hosts answer their machines.
 */
const special = parseNetworks(["::/96", "100:0:0:1::/64", "168.63.129.16/32"]);

/** Whether an address belongs to the public internet: none of IANA's special-purpose registries, and none of `special`. */
export function isPublicAddress(ip: string): boolean {
  return parseAddress(ip)?.range() === "unicast" && !isInNetworks(special, ip);
}

function parseBlock(text: string): [Address, number] | null {
  // Half an address, like 1.2.3/24, would be read as another one.
  if (!(text.includes(":") ? ipaddr.IPv6.isValidCIDR(text) : ipaddr.IPv4.isValidCIDRFourPartDecimal(text))) return null;
  const [base, bits] = ipaddr.parseCIDR(text);
  if (base instanceof ipaddr.IPv6 && base.isIPv4MappedAddress() && bits >= 96) return [base.toIPv4Address(), bits - 96];
  return [base, bits];
}

function parseSingle(text: string): [Address, number] | null {
  const address = parseAddress(text);
  return address === null ? null : [address, address.kind() === "ipv4" ? 32 : 128];
}
