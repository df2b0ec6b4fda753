import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { budgetWindow, newReceipt, receiptTimeMs } from "./receipt.ts";

describe("receipt", () => {
  it("carries its time and fits into any header", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32_503_680_000_000 }), (nowMs) => {
        const receipt = newReceipt(nowMs, randomBytes);
        expect(receipt).toMatch(/^[a-z0-9_]{29}$/);
        expect(receiptTimeMs(receipt)).toBe(nowMs);
      }),
    );
  });

  it("sorts by time", () => {
    const early = newReceipt(Date.UTC(2026, 0, 1), randomBytes);
    expect(early < newReceipt(Date.UTC(2026, 0, 1) + 1, randomBytes)).toBe(true);
  });

  it.each(["", "rcp_", "rcp_0000000001", "RCP_0mhabc123aaaaaaaaaaaaaaaa", `${newReceipt(1, randomBytes)}x`])(
    "does not take %j for one",
    (text) => expect(receiptTimeMs(text)).toBeNull(),
  );
});

describe("the window of a limit", () => {
  const at = Date.UTC(2026, 10, 24, 12, 0, 7, 500);
  it.each([
    ["a minute by the second", { kind: "rate" as const, windowSeconds: 60 }, Date.UTC(2026, 10, 24, 11, 59, 7), 1],
    ["a second by the second", { kind: "rate" as const, windowSeconds: 1 }, Date.UTC(2026, 10, 24, 12, 0, 6), 1],
    ["an hour by the minute", { kind: "rate" as const, windowSeconds: 3_600 }, Date.UTC(2026, 10, 24, 11, 0, 0), 60],
    ["a day by the hour", { kind: "quota" as const, windowSeconds: 86_400 }, Date.UTC(2026, 10, 24), 3_600],
  ])("is %s", (_, limiter, fromMs, stepSeconds) => {
    expect(budgetWindow(limiter, at)).toEqual({ fromMs, toMs: at, stepSeconds });
  });
});
