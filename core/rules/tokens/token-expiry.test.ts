import { describe, expect, it } from "vitest";
import { expiryFault, latestExpiry, reminderDue } from "./token-expiry.ts";

const now = new Date("2026-11-24T12:00:00Z");
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

describe("the end of a token", () => {
  it("may be anything in the future, or none, without a maximum", () => {
    expect(expiryFault(null, now, null)).toBeNull();
    expect(expiryFault(inDays(9_999), now, null)).toBeNull();
    expect(expiryFault(now, now, null)).toEqual({ code: "past" });
  });

  it("lies within the provider's maximum, to the end of its last day, and may not be left open then", () => {
    expect(latestExpiry(now.getTime(), 90)?.toISOString()).toBe("2027-02-22T23:59:59.999Z");
    expect(expiryFault(inDays(90), now, 90)).toBeNull();
    expect(expiryFault(new Date("2027-02-22T23:59:59Z"), now, 90)).toBeNull();
    const latest = new Date("2027-02-22T23:59:59.999Z");
    expect(expiryFault(inDays(91), now, 90)).toEqual({ code: "too_late", maxDays: 90, latest });
    expect(expiryFault(null, now, 90)).toMatchObject({ code: "too_late" });
  });
});

describe("a reminder of the end", () => {
  it("is due 7 days and 1 day before, once each, and not after the end", () => {
    expect(reminderDue(inDays(8), now, [])).toBeNull();
    expect(reminderDue(inDays(7), now, [])).toBe(7);
    expect(reminderDue(inDays(5), now, [7])).toBeNull();
    expect(reminderDue(inDays(1), now, [7])).toBe(1);
    expect(reminderDue(inDays(0.5), now, [7, 1])).toBeNull();
    expect(reminderDue(inDays(0), now, [7])).toBeNull();
  });

  it("is one only for a token that was made or seen late", () => {
    expect(reminderDue(inDays(0.5), now, [])).toBe(1);
    expect(reminderDue(inDays(0.4), now, [1])).toBeNull();
  });
});
