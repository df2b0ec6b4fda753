import { expect, it } from "vitest";
import { decisionWords, refusalWords } from "./decision-words.ts";

it("says whose limit refused", () => {
  expect(refusalWords("rate_limited", "token-rate")).toEqual({
    title: "Rate limit reached",
    why: "The token's own limit per minute was used up for the moment.",
    advice: "Wait as long as Retry-After says before the next call, or raise the token's limit under Edit.",
  });
  expect(refusalWords("quota_exceeded", "token-quota").why).toBe("The token's own limit for the UTC day was used up.");
  expect(refusalWords("rate_limited", "endpoint-rate")).toEqual(decisionWords.rate_limited);
  expect(refusalWords("quota_exceeded", "account-quota")).toEqual(decisionWords.quota_exceeded);
});

it("shows a code that it does not know as it is", () => {
  expect(refusalWords("of_a_later_version")).toEqual({ title: "of_a_later_version", why: "", advice: "" });
});
