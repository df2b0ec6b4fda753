import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { callerOf, clientOf } from "./forwarded.ts";
import { parseNetworks } from "./networks.ts";

const ours = parseNetworks(["10.0.0.0/8", "2001:db8:1::/48"]);

describe("the client of X-Forwarded-For", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
    ["198.51.100.1, 203.0.113.9:4711, 10.0.0.2", "203.0.113.9"],
    ["[2001:db8::9]:443, 2001:db8:1::5", "2001:db8::9"],
    ["10.0.0.7, 10.0.0.2", "10.0.0.7"],
    ["unknown, 10.0.0.2", null],
    ["", null],
  ])("of %s is %s", (chain, client) => {
    expect(clientOf(chain, ours)).toBe(client);
  });
});

describe("the caller of a connection", () => {
  it("is the peer, whatever a stranger writes into the header", () => {
    fc.assert(
      fc.property(
        fc.ipV4().filter((ip) => !ip.startsWith("10.")),
        fc.string(),
        (peer, header) => {
          expect(callerOf(peer, header, ours)).toBe(peer);
          expect(callerOf(`::ffff:${peer}`, header, ours)).toBe(peer);
        },
      ),
    );
  });

  it("is the peer for everybody where no proxy is trusted", () => {
    expect(callerOf("127.0.0.1", "203.0.113.9", [])).toBe("127.0.0.1");
  });

  it("is what a proxy of ours says, and the proxy itself where it says nothing", () => {
    expect(callerOf("10.0.0.2", "198.51.100.1, 203.0.113.9", ours)).toBe("203.0.113.9");
    expect(callerOf("10.0.0.2", null, ours)).toBe("10.0.0.2");
    expect(callerOf("10.0.0.2", "unknown", ours)).toBeNull();
  });

  it("is nobody where the connection has no address any more", () => {
    expect(callerOf("", "203.0.113.9", ours)).toBeNull();
  });
});
