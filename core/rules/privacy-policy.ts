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

/** What is wrong with the answer of `host`, as a sentence; null = the page is there. */
export function policyProblem(answer: Answer, host: string): string | null {
  if (answer.status !== null) {
    if (answer.status >= 200 && answer.status < 300) return null;
    return `The page answered with status ${answer.status}.`;
  }
  const { error } = answer;
  if (/ENOTFOUND|EAI_AGAIN|ENODATA/.test(error)) return `The name ${host} could not be found.`;
  if (/ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH/.test(error)) return `${host} did not take the connection.`;
  if (/certificate|CERT_|SELF_SIGNED/i.test(error)) return `The certificate of ${host} is not valid.`;
  return error.endsWith(".") ? error : `${error}.`;
}
