import { describe, expect, it } from "vitest";
import { isInNetworks, parseNetworks } from "./networks.ts";

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
