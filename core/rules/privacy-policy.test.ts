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
    [
      { status: 302, error: null },
      { code: "status", status: 302 },
    ],
    [
      { status: 404, error: null },
      { code: "status", status: 404 },
    ],
    [
      { status: null, error: "getaddrinfo ENOTFOUND example.com" },
      { code: "no_such_host", host: "example.com" },
    ],
    [
      { status: null, error: "connect ECONNREFUSED 192.0.2.1:443" },
      { code: "refused_connection", host: "example.com" },
    ],
    [
      { status: null, error: "self-signed certificate" },
      { code: "bad_certificate", host: "example.com" },
    ],
    [
      { status: null, error: "No answer within 8 s." },
      { code: "other", error: "No answer within 8 s." },
    ],
    [
      { status: null, error: "Parse Error" },
      { code: "other", error: "Parse Error" },
    ],
  ] as const)("%j is %j", (answer, problem) => {
    expect(policyProblem(answer, "example.com")).toEqual(problem);
  });
});
