import { expect, it } from "vitest";
import { decisions, refusal } from "./decisions.ts";

it("says whose limit refused", () => {
  expect(refusal({ code: "rate_limited", limiter: { name: "token-rate" } })).toEqual({
    title: "Rate limit reached",
    why: "The token had used up its own cap per minute.",
    advice: "Wait for the time in Retry-After before the next call, or raise the token's cap under Edit.",
  });
  expect(refusal({ code: "quota_exceeded", limiter: { name: "token-quota" } }).why).toBe(
    "The token had used up its own cap for the UTC day.",
  );
  expect(refusal({ code: "rate_limited", limiter: { name: "endpoint-rate" } })).toEqual(decisions.rate_limited);
  expect(refusal({ code: "quota_exceeded", limiter: { name: "account-quota" } })).toEqual(decisions.quota_exceeded);
});

it("shows a code that it does not know as it is", () => {
  expect(refusal({ code: "of_a_later_version" })).toEqual({ title: "of_a_later_version", why: "", advice: "" });
});

it("tells a replaced secret from a revoked token", () => {
  expect(refusal({ code: "token_revoked", isSecretReplaced: false })).toEqual(decisions.token_revoked);
  expect(refusal({ code: "token_revoked", isSecretReplaced: true }).advice).toContain("the token's new secret");
});

it("does not tell to wait where a request alone costs more than the limit", () => {
  const words = (cost: number) => refusal({ code: "rate_limited", limiter: { name: "token-rate", limit: 60, cost } });
  expect(words(61).advice).toBe("Waiting does not help. Split the request, or ask for a higher limit.");
  expect(words(60).advice).toContain("Wait for the time in Retry-After");
});
