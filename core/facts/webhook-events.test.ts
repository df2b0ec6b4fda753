import { describe, expect, it } from "vitest";
import { isToldOf } from "./webhook-events.ts";

const account = { isProvider: false, chosen: [] };
const provider = { isProvider: true, chosen: [] };

describe("a webhook endpoint", () => {
  it("of an account receives nothing of the desk", () => {
    expect(isToldOf("flag.opened", "everyone", account)).toBe(false);
    expect(isToldOf("flag.opened", "everyone", provider)).toBe(true);
  });

  it("receives only what it chose", () => {
    expect(isToldOf("token.created", "everyone", { ...account, chosen: ["token.paused"] })).toBe(false);
    expect(isToldOf("token.paused", "everyone", { ...account, chosen: ["token.paused"] })).toBe(true);
  });

  it("receives nothing that does not reach it", () => {
    expect(isToldOf("action.applied", "provider", account)).toBe(false);
    expect(isToldOf("action.applied", "provider", provider)).toBe(true);
    expect(isToldOf("action.applied", "account", account)).toBe(true);
    expect(isToldOf("action.applied", "account", provider)).toBe(false);
  });
});
