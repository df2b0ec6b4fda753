import { expect, it } from "vitest";
import type { PolicyProblem } from "../../core/rules/privacy-policy.ts";
import { policyProblem } from "./integrations.ts";

it.each<[PolicyProblem, string]>([
  [{ code: "status", status: 404 }, "The page answered with status 404."],
  [{ code: "no_such_host", host: "example.com" }, "The host example.com was not found."],
  [{ code: "refused_connection", host: "example.com" }, "example.com refused the connection."],
  [{ code: "bad_certificate", host: "example.com" }, "The certificate of example.com is not valid."],
  [{ code: "bad_redirect", host: "example.com" }, "example.com redirects to something that is not an address."],
  [{ code: "no_answer", seconds: 8 }, "No answer within 8 s."],
  [{ code: "too_many_redirects", most: 5 }, "The page redirects more than 5 times."],
  [{ code: "other", error: "Parse Error" }, "Parse Error."],
  [{ code: "other", error: "It is over." }, "It is over."],
])("says of a privacy policy with %j that %s", (problem, sentence) => {
  expect(policyProblem(problem)).toBe(sentence);
});
