import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newReceipt, receiptTimeMs } from "./receipt.ts";

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
