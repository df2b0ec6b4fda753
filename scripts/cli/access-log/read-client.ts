import { parseAddress } from "#core/rules/networks.ts";

/** Who asked: `name` is one text per client, an address as it is written shortest. `ip` is null for a host name. */
export type Client = { name: string; ip: string | null };

const maxClientLength = 253;
const visible = /^[\x21-\x7e]+$/;
/** `api.example.com:443`, as logs of several hosts begin; a client has no port. */
const hostWithPort = /^[A-Za-z0-9*_.-]+:\d{1,5}$/;
const addressWithPort = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[\d.]+))(?::\d{1,5})?$/;

/**
 * The client of a line, from what stands before its time: `client ident user`, the host that was asked before it (vhost_combined), or
 * the addresses of X-Forwarded-For, `client, proxy, proxy`, with or without the address of the connection behind them. A text = why
 * there is none, for a sentence that begins with the line's number.
 */
export function readClient(beforeTime: string): Client | string {
  const fields = beforeTime.trim().split(/\s+/);
  const [first = "", second = ""] = fields;
  if (first.length > maxClientLength || !visible.test(first)) return "does not begin with a client";
  const isList = first.includes(",");
  const secondIp = addressOf(second.split(",")[0] ?? "");
  if (!isList && secondIp !== null) {
    if (addressOf(first) === null || hostWithPort.test(first)) return listed(fields.slice(1));
    return "begins with two addresses, and either may be the client";
  }
  if (isList) return listed(fields);
  if (hostWithPort.test(first) && addressOf(first) === null)
    return isName(second) ? named(second) : "begins with the host that was asked and names no client";
  return named(first);
}

/** The first address of a list that goes on as long as its entries end in a comma. */
function listed(fields: readonly string[]): Client | string {
  const entries: string[] = [];
  for (const field of fields) {
    entries.push(...field.split(",").filter((entry) => entry !== ""));
    if (!field.endsWith(",")) break;
  }
  // Proxies write `unknown`, `-` or `_hidden` for a client that they do not tell; the next one then stands for it.
  const ip = entries.map(addressOf).find((one) => one !== null);
  return ip ? { name: ip, ip } : "has a list of clients without an address";
}

function named(text: string): Client | string {
  const ip = addressOf(text);
  if (ip !== null) return { name: ip, ip };
  return isName(text) ? { name: text.toLowerCase(), ip: null } : "does not name its client";
}

/** A name, or an address that is only one on its own machine (`fe80::1%eth0`). */
function isName(text: string): boolean {
  return text !== "-" && text.toLowerCase() !== "unknown" && text !== "" && text.length <= maxClientLength;
}

/** `2001:DB8:0::1`, `[2001:db8::1]:443`, `::ffff:192.0.2.9`, `192.0.2.9:5123`: one text per address. Null = not an address. */
function addressOf(text: string): string | null {
  const { bracketed, plain } = addressWithPort.exec(text)?.groups ?? {};
  return parseAddress(bracketed ?? plain ?? text)?.toString() ?? null;
}
