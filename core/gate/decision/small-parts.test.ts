import { describe, expect, it } from "vitest";
import { isInNetworks, networkOf, parseNetworks } from "../../rules/networks.ts";
import { Freshness } from "../state/freshness.ts";
import { RequestMemory, rememberMs } from "./request-memory.ts";

describe("freshness", () => {
  it("is proven only by a ping that came back, from the moment it was sent", () => {
    const freshness = new Freshness(30);
    expect(freshness.isStale(0)).toBe(true);
    freshness.sent("p1", 1000);
    expect(freshness.isStale(1000)).toBe(true);
    freshness.returned("p1");
    expect(freshness.ageMs(5000)).toBe(4000);
    expect([freshness.isStale(31_000), freshness.isStale(31_001)]).toEqual([false, true]);
  });

  it("is not proven by a ping of another process, a ping twice, or one sent before the connection was lost", () => {
    const freshness = new Freshness(30);
    freshness.returned("unknown");
    expect(freshness.isStale(0)).toBe(true);
    freshness.sent("p1", 1000);
    freshness.lost();
    freshness.returned("p1");
    expect(freshness.isStale(1000)).toBe(true);
  });

  it("does not grow older through an answer that comes late", () => {
    const freshness = new Freshness(30);
    freshness.sent("p1", 1000);
    freshness.sent("p2", 2000);
    freshness.returned("p2");
    freshness.returned("p1");
    expect(freshness.ageMs(2000)).toBe(0);
  });
});

describe("request memory", () => {
  const answer = (atMs: number) => ({
    atMs,
    code: "allowed" as const,
    spent: 1,
    receipt: null,
    limiter: null,
    retryAfterSeconds: null,
  });

  it("remembers for ten seconds", () => {
    const memory = new RequestMemory();
    memory.remember("k", answer(1000), 1000);
    expect(memory.find("k", 1000 + rememberMs - 1)).not.toBeNull();
    expect(memory.find("k", 1000 + rememberMs)).toBeNull();
  });

  it("remembers for ten seconds also while others come in, and then forgets for good", () => {
    const memory = new RequestMemory();
    for (let ms = 0; ms < 60_000; ms += 100) {
      memory.remember(`k${ms}`, answer(ms), ms);
      if (ms >= 9_900) expect(memory.find(`k${ms - 9_900}`, ms)).not.toBeNull();
    }
    expect(memory.size).toBeLessThan(200);
  });

  it("forgets what could not be recorded", () => {
    const memory = new RequestMemory();
    memory.remember("k", answer(0), 0);
    memory.forget("k");
    expect(memory.find("k", 0)).toBeNull();
  });
});

describe("networks", () => {
  it.each([
    ["192.0.2.1", ["192.0.2.0/24"], true],
    ["192.0.3.1", ["192.0.2.0/24"], false],
    ["::ffff:192.0.2.1", ["192.0.2.0/24"], true],
    ["192.0.2.1", ["::ffff:192.0.2.0/120"], true],
    ["2001:db8::1", ["2001:db8::/32", "10.0.0.0/8"], true],
    ["2001:db9::1", ["2001:db8::/32"], false],
    ["192.0.2.7", ["192.0.2.7"], true],
    ["192.0.2.8", ["192.0.2.7"], false],
    ["0300.0.2.7", ["192.0.2.7"], false],
    ["3221225991", ["192.0.2.7"], false],
    ["fe80::1%eth0", ["fe80::/10"], false],
    ["nonsense", ["0.0.0.0/0", "::/0"], false],
    ["192.0.2.1", ["nonsense", "300.1.1.1/8"], false],
  ])("%s in %j: %s", (ip, blocks, expected) => {
    expect(isInNetworks(parseNetworks(blocks), ip)).toBe(expected);
  });

  it.each([
    ["192.0.2.77", "192.0.2.0/24"],
    ["::ffff:192.0.2.77", "192.0.2.0/24"],
    ["2001:db8:1:2:3::4", "2001:db8:1::/48"],
    ["nonsense", null],
  ])("%s is counted under %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });
});
