import { expect, it } from "vitest";
import { checkReceiptAddress } from "./receipt-address.ts";

const publicUrl = "http://localhost:3000";

it.each(["0.0.0.0", "::", "10.0.0.5", "2001:db8::1", "gate.internal"])(
  "refuses to send clients to their own machine from %s",
  (host) => {
    expect(() => checkReceiptAddress({ publicUrl, isGiven: false, host })).toThrow(
      `PUBLIC_URL is required for a gate that other machines reach (GATE_HOST is ${host})`,
    );
    expect(checkReceiptAddress({ publicUrl: "https://access.example.com", isGiven: true, host })).toBeNull();
  },
);

it.each(["127.0.0.1", "127.1.2.3", "::1", "localhost"])(
  "only warns on %s, where a gateway may still pass it on",
  (host) => {
    expect(checkReceiptAddress({ publicUrl, isGiven: false, host })).toContain("links to http://localhost:3000");
    expect(checkReceiptAddress({ publicUrl, isGiven: true, host })).toBeNull();
  },
);
