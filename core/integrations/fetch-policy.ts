import * as words from "#words/words.ts";
import type { Networks } from "../rules/networks.ts";
import { policyProblem } from "../rules/privacy-policy.ts";
import { guardedRequest } from "../runtime/guarded-request.ts";

const mostRedirects = 5;
/** For all hops together: below what a stopping worker is given. */
const timeoutMs = 8_000;

/**
 * Asks for a page as a visitor would and follows its redirects; each hop passes the guard of its own address. Null = it is there,
 * otherwise what is wrong, as a sentence. Never throws.
 */
export async function fetchPolicy(url: string, allowed: Networks, version: string): Promise<string | null> {
  const endsAt = performance.now() + timeoutMs;
  const headers = { accept: "text/html, */*;q=0.5", "user-agent": `Gatehouse/${version} (privacy policy check)` };
  let target = url;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const left = Math.max(1, Math.round(endsAt - performance.now()));
    const answer = await guardedRequest(target, { method: "GET", headers, timeoutMs: left }, allowed);
    const host = URL.canParse(target) ? new URL(target).host : target;
    const isRedirect = answer.status !== null && answer.status >= 300 && answer.status < 400;
    if (!isRedirect || answer.location === null) {
      if (answer.isTimeout) return words.policyProblem({ code: "no_answer", seconds: timeoutMs / 1_000 });
      const problem = policyProblem(answer, host);
      return problem && words.policyProblem(problem);
    }
    if (!URL.canParse(answer.location, target)) return words.policyProblem({ code: "bad_redirect", host });
    target = new URL(answer.location, target).href;
  }
  return words.policyProblem({ code: "too_many_redirects", most: mostRedirects });
}
