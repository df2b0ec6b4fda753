import { describe, expect, it } from "vitest";
import { bothZones, inZone, relative, utc } from "./time.ts";
import { knownZones, zoneName } from "./time-zones.ts";

const at = "2026-11-24T12:12:05Z";
const now = Date.parse(at);
const plain = (text: string) => text.replaceAll("\u00a0", " ");

describe("instants", () => {
  it("always names UTC when it prints a time", () => {
    expect(utc(at, "time")).toBe("12:12 UTC");
    expect(utc(at, "date")).toBe("24 Nov 2026");
  });

  it("gives both zones on hover, once when they are the same", () => {
    expect(bothZones(at, "Europe/Berlin")).toContain("13:12:05 in Berlin");
    expect(bothZones(at, "Europe/Berlin")).toContain("12:12:05 UTC");
    expect(bothZones(at, "UTC")).not.toContain("\n");
  });

  it("names a zone by its city", () => {
    expect(zoneName("America/New_York")).toBe("New York");
  });

  it.each([
    [-5, "just now"],
    [-180, "3 min ago"],
    [7_200, "in 2 h"],
    [172_800, "in 2 days"],
    [7 * 86_400 - 2, "in 7 days"],
    [2.4 * 86_400, "in 2 days"],
    [2.6 * 86_400, "in 3 days"],
    [86_398, "in 1 day"],
    [59.6, "in 1 min"],
    [-2.9 * 86_400, "2 days ago"],
  ])("says %i seconds away as %s", (seconds, text) => {
    expect(plain(relative(now + seconds * 1000, now))).toBe(text);
  });

  it("names a zone by its city, as the city spells itself today", () => {
    expect(["Asia/Katmandu", "Asia/Calcutta", "America/New_York", "UTC"].map(zoneName)).toEqual([
      "Kathmandu",
      "Kolkata",
      "New York",
      "UTC",
    ]);
  });

  it("offers zones by their present names, each one that can be printed", () => {
    expect(knownZones()[0]).toBe("UTC");
    expect(knownZones()).toContain("Asia/Kathmandu");
    expect(knownZones()).not.toContain("Asia/Katmandu");
    for (const zone of knownZones()) expect(() => inZone(0, "time", zone)).not.toThrow();
  });

  it("gives the end of a UTC day in New York by summer and by winter time", () => {
    expect(inZone("2026-11-01T00:00:00Z", "time", "America/New_York")).toBe("20:00");
    expect(inZone("2026-11-02T00:00:00Z", "time", "America/New_York")).toBe("19:00");
  });
});
