import { storableText } from "./storable-text.ts";
import { dayMs, hourMs } from "./time.ts";

/** A page that is away for an hour is an outage; one that is away for a day is missing. */
export const policyPatienceMs = dayMs;

/** What is known of the privacy policy of an integration. */
export type PolicyFacts = {
  url: string | null;
  collectsData: boolean;
  checkedAt: Date | null;
  /** A sentence; null = the page was there at the last check. */
  problem: string | null;
};

export const policyStates = ["none_needed", "missing", "unchecked", "reachable", "unreachable"] as const;
export type PolicyState = (typeof policyStates)[number];

/** The state as people see it. Without an address only an integration that collects data lacks something. */
export function policyState({ url, collectsData, checkedAt, problem }: PolicyFacts): PolicyState {
  if (url === null) return collectsData ? "missing" : "none_needed";
  if (checkedAt === null) return "unchecked";
  return problem === null ? "reachable" : "unreachable";
}

/** When to look again: daily, and hourly while the page is away. */
export function nextPolicyCheck(problem: string | null, now: Date): Date {
  return new Date(now.getTime() + (problem === null ? dayMs : hourMs));
}

type Answer = { status: number; error: null } | { status: null; error: string };

/** What is wrong with the page of a privacy policy. `error` = what the connection said, in its own words. */
export type PolicyProblem =
  | { code: "status"; status: number }
  | { code: "no_such_host" | "refused_connection" | "bad_certificate" | "bad_redirect"; host: string }
  | { code: "no_answer"; seconds: number }
  | { code: "too_many_redirects"; most: number }
  | { code: "other"; error: string };

/** What is wrong with the answer of `host`; null = the page is there. */
export function policyProblem(answer: Answer, host: string): PolicyProblem | null {
  if (answer.status !== null)
    return answer.status >= 200 && answer.status < 300 ? null : { code: "status", status: answer.status };
  const { error } = answer;
  if (/ENOTFOUND|EAI_AGAIN|ENODATA/.test(error)) return { code: "no_such_host", host };
  if (/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH/.test(error)) return { code: "refused_connection", host };
  if (/certificate|CERT_|SELF_SIGNED/i.test(error)) return { code: "bad_certificate", host };
  return { code: "other", error: storableText(error) };
}
