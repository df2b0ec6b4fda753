import { describe, expect, it } from "vitest";
import { isInNetworks, isPublicAddress, parseNetworks } from "./networks.ts";

const written = (text: string) => parseNetworks([text]).map(([base, bits]) => `${base.toString()}/${bits}`);

describe("a network of an allow-list", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7/32"],
    ["203.0.113.0/24", "203.0.113.0/24"],
    ["2001:db8::/48", "2001:db8::/48"],
    ["2001:db8::7", "2001:db8::7/128"],
    ["::ffff:192.0.2.1", "192.0.2.1/32"],
    ["::ffff:192.0.2.0/120", "192.0.2.0/24"],
  ])("%s is %s", (text, block) => {
    expect(written(text)).toEqual([block]);
  });

  it.each([
    "1.2.3",
    "0",
    "1.2.3/24",
    "0x7f.0.0.1",
    "010.0.0.1/8",
    "203.0.113.0/33",
    "203.0.113.0/-1",
    "2001:db8::/129",
    "banana",
    "",
  ])("%s is none, and not another one that it could be read as", (text) => {
    expect(written(text)).toEqual([]);
    expect(isInNetworks(parseNetworks([text]), "1.2.0.3")).toBe(false);
  });
});

describe("a public address", () => {
  it.each(["203.0.114.7", "8.8.8.8", "2001:4860:4860::8888"])("is %s", (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each([
    ...[
      "127.0.0.1",
      "10.0.0.1",
      "169.254.169.254",
      "168.63.129.16",
      "100.64.0.1",
      "192.0.0.8",
      "198.18.0.1",
      "240.0.0.1",
    ],
    ...[
      "::",
      "::1",
      "::127.0.0.1",
      "::7f00:1",
      "::ffff:10.0.0.1",
      "64:ff9b::7f00:1",
      "64:ff9b:1::1",
      "100::1",
      "100:0:0:1::1",
    ],
    ...[
      "2001::1",
      "2001:db8::1",
      "2002:7f00:1::",
      "3fff::1",
      "5f00::1",
      "fc00::1",
      "fe80::1",
      "fec0::1",
      "ff02::1",
      "nonsense",
    ],
  ])("is not %s", (ip) => {
    expect(isPublicAddress(ip)).toBe(false);
  });
});
