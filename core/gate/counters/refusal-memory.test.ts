import { describe, expect, it } from "vitest";
import { askedFor } from "../testing/testing-limits.ts";
import type { Taken } from "./counters.ts";
import { RefusalMemory } from "./refusal-memory.ts";

const asked = askedFor({ "endpoint-rate": 5 });
const limit = {
  name: "endpoint-rate",
  kind: "rate",
  limit: 5,
  used: 5,
  remaining: 0,
  windowSeconds: 60,
  resetSeconds: 1,
} as const;
const refusal: Taken = { refusedBy: limit, states: [limit], retryAfterSeconds: 1, at: { wallMs: 0, steadyMs: 0 } };

describe("refusals remembered on this side of Redis", () => {
  it("are repeated until something leaves the window, a second at most", () => {
    const memory = new RefusalMemory();
    memory.remember(asked, 1, refusal, { fromMs: 100, waitMs: 400 });
    expect(memory.find(asked, 1, 499)).toBe(refusal);
    expect(memory.find(asked, 1, 500)).toBeNull();
    memory.remember(asked, 1, refusal, { fromMs: 100, waitMs: 50_000 });
    expect(memory.find(asked, 1, 1_099)).toBe(refusal);
    expect(memory.find(asked, 1, 1_100)).toBeNull();
  });

  it("hold for nothing smaller, no other limit, token or endpoint, and no clock that went back", () => {
    const memory = new RefusalMemory();
    memory.remember(asked, 3, refusal, { fromMs: 100, waitMs: 400 });
    expect(memory.find(asked, 3, 200)).toBe(refusal);
    expect(memory.find(asked, 2, 200)).toBeNull();
    expect(memory.find(asked, 0, 200)).toBeNull();
    expect(memory.find(askedFor({ "endpoint-rate": 6 }), 3, 200)).toBeNull();
    expect(memory.find({ ...asked, endpointId: 2 }, 3, 200)).toBeNull();
    expect(memory.find({ ...asked, tokenId: "u" }, 3, 200)).toBeNull();
    expect(memory.find(asked, 3, 99)).toBeNull();
  });

  it("are forgotten when they are over", () => {
    const memory = new RefusalMemory();
    memory.remember(asked, 1, refusal, { fromMs: 0, waitMs: 400 });
    memory.sweep(400);
    expect(memory.find(asked, 1, 300)).toBeNull();
  });
});
