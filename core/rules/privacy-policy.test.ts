import { describe, expect, it } from "vitest";
import { nextPolicyCheck, policyProblem, policyState } from "./privacy-policy.ts";

const checkedAt = new Date("2026-11-24T12:00:00Z");
const url = "https://example.com/privacy";

describe("the privacy policy of an integration", () => {
  it.each([
    [{ url: null, collectsData: false, checkedAt: null, problem: null }, "none_needed"],
    [{ url: null, collectsData: true, checkedAt: null, problem: null }, "missing"],
    [{ url, collectsData: true, checkedAt: null, problem: null }, "unchecked"],
    [{ url, collectsData: true, checkedAt, problem: null }, "reachable"],
    [{ url, collectsData: false, checkedAt, problem: "The page answered with status 404." }, "unreachable"],
  ] as const)("%j is %s", (facts, state) => {
    expect(policyState(facts)).toBe(state);
  });

  it("is looked at daily, and hourly while it is away", () => {
    expect(nextPolicyCheck(null, checkedAt)).toEqual(new Date("2026-11-25T12:00:00Z"));
    expect(nextPolicyCheck("away", checkedAt)).toEqual(new Date("2026-11-24T13:00:00Z"));
  });

  it.each([
    [{ status: 200, error: null }, null],
    [{ status: 204, error: null }, null],
    [{ status: 302, error: null }, "The page answered with status 302."],
    [{ status: 404, error: null }, "The page answered with status 404."],
    [{ status: null, error: "getaddrinfo ENOTFOUND example.com" }, "The name example.com could not be found."],
    [{ status: null, error: "connect ECONNREFUSED 192.0.2.1:443" }, "example.com did not take the connection."],
    [{ status: null, error: "self-signed certificate" }, "The certificate of example.com is not valid."],
    [{ status: null, error: "No answer within 8 s." }, "No answer within 8 s."],
    [{ status: null, error: "Parse Error" }, "Parse Error."],
  ] as const)("%j is said as %s", (answer, said) => {
    expect(policyProblem(answer, "example.com")).toBe(said);
  });
});
