import { describe, expect, it } from "vitest";
import { credentialMistake } from "./credential-mistake.ts";

describe("what is sent in the place of a token", () => {
  it.each([
    ["undefined", "/", "empty_variable"],
    ["NULL", "/", "empty_variable"],
    ["[object", "/", "empty_variable"],
    ['"gth_abc"', "/", "quoted"],
    ["gth_abc'", "/", "quoted"],
    ["<token>", "/", "placeholder"],
    ["$API_TOKEN", "/", "placeholder"],
    ["{{token}}", "/", "placeholder"],
    ["YOUR_API_KEY", "/", "placeholder"],
    ["", "/v1/email?access_token=gth_x", "in_query"],
    ["", "/v1/email?to=a&api_key=x", "in_query"],
    ["", "/v1/email?monkey=x", null],
    ["", "/v1/email", null],
    ["", null, null],
    ["sk_4f9a8b7c6d", "/v1/email?token=x", null],
    ["gth_0123456789abcdefghijABCDEFGHIJ0123456789AB", "/", null],
  ])("%j at %s is %s", (token, target, mistake) => {
    expect(credentialMistake(token, target)).toBe(mistake);
  });
});
