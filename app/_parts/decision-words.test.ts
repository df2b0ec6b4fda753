import { expect, it } from "vitest";
import { decisionWords, refusalWords } from "./decision-words.ts";

it("says whose limit refused", () => {
  expect(refusalWords({ code: "rate_limited", limiter: { name: "token-rate" } })).toEqual({
    title: "Rate limit reached",
    why: "The token's own limit per minute was used up for the moment.",
    advice: "Wait as long as Retry-After says before the next call, or raise the token's limit under Edit.",
  });
  expect(refusalWords({ code: "quota_exceeded", limiter: { name: "token-quota" } }).why).toBe(
    "The token's own limit for the UTC day was used up.",
  );
  expect(refusalWords({ code: "rate_limited", limiter: { name: "endpoint-rate" } })).toEqual(
    decisionWords.rate_limited,
  );
  expect(refusalWords({ code: "quota_exceeded", limiter: { name: "account-quota" } })).toEqual(
    decisionWords.quota_exceeded,
  );
});

it("shows a code that it does not know as it is", () => {
  expect(refusalWords({ code: "of_a_later_version" })).toEqual({ title: "of_a_later_version", why: "", advice: "" });
});

it("tells a replaced secret from a revoked token", () => {
  expect(refusalWords({ code: "token_revoked", isSecretReplaced: false })).toEqual(decisionWords.token_revoked);
  expect(refusalWords({ code: "token_revoked", isSecretReplaced: true }).advice).toContain("the token's new secret");
});

it("does not tell to wait where a request alone costs more than the limit", () => {
  const words = (cost: number) =>
    refusalWords({ code: "rate_limited", limiter: { name: "token-rate", limit: 60, cost } });
  expect(words(61).advice).toBe("Waiting does not help: split the request, or have the limit raised.");
  expect(words(60).advice).toContain("Wait as long as Retry-After says");
});
