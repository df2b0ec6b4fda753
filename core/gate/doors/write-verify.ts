import { statusOf } from "../../rules/limits/check-order.ts";
import type { LimitState } from "../counters/counters.ts";
import { type Allowed, type Decision, isAllowed } from "../decision/decision.ts";
import { asciiJson } from "../state/ascii-json.ts";
import type { UnavailableCode } from "../state/gate-counts.ts";
import { answerHeaders, nextMidnight, tightestRate } from "./answer-headers.ts";
import { limitTexts } from "./limit-texts.ts";
import { refusalProblem, unavailableProblem } from "./problem.ts";

/**
 * The body of a decided `POST /v1/verify`: `allowed, code, status, account, token, scopes, endpoint, limits[], retry_after_s,
 * headers, receipt, policy_version`, and on refusals `problem`, the body to answer the client with.
 * Put together by hand, in ASCII: this runs on every request.
 */
export function writeVerify(decision: Decision, publicUrl: string): string {
  const { accountId, tokenId, scopes, endpoint, policyVersion } = decision;
  const who = `"account":${quoted(accountId)},"token":${quoted(tokenId)},"scopes":${scopes?.json ?? "[]"}`;
  const what = `"endpoint":${endpoint === null ? "null" : endpoint.nameJson},"limits":[${limitsJson(decision.limits)}]`;
  if (isAllowed(decision)) {
    const headers = accountId !== null && endpoint !== null ? passedHeadersJson(decision) : headersJson(decision);
    return `{"allowed":true,"code":"allowed","status":200,${who},${what},"retry_after_s":null,"headers":{${headers}},"receipt":null,"policy_version":${policyVersion}}`;
  }
  const { code, retryAfterSeconds, receipt } = decision;
  const problem = asciiJson(refusalProblem(decision, publicUrl));
  return `{"allowed":false,"code":"${code}","status":${statusOf[code]},${who},${what},"retry_after_s":${retryAfterSeconds},"headers":{${headersJson(decision)}},"receipt":${quoted(receipt)},"policy_version":${policyVersion},"problem":${problem}}`;
}

/** In a batch: what could not be decided, while others were. */
export function writeUnavailable(code: UnavailableCode): string {
  const problem = unavailableProblem(code);
  return asciiJson({ allowed: false, code, status: problem.status, retry_after_s: 1, problem });
}

/** Ids hold nothing that needs escaping. */
function quoted(id: string | null): string {
  return id === null ? "null" : `"${id}"`;
}

function limitsJson(limits: readonly LimitState[]): string {
  let json = "";
  for (const one of limits) {
    json += `${json === "" ? "" : ","}${limitTexts(one).json}${one.remaining},"reset_s":${one.resetSeconds}}`;
  }
  return json;
}

/** What `answerHeaders` lists. Values hold nothing that needs escaping but quotes. */
export function headersJson(decision: Decision): string {
  const list = answerHeaders(decision);
  let json = "";
  for (let i = 0; i < list.length; i += 2) {
    const value = list[i + 1] ?? "";
    json += `${i === 0 ? "" : ","}"${list[i]}":"${value.includes('"') ? value.replaceAll('"', '\\"') : value}"`;
  }
  return json;
}

/** The same text for a request that passes on a known endpoint, from parts that are kept: the common case. */
export function passedHeadersJson(decision: Allowed): string {
  const { limits, atMs } = decision;
  const rate = tightestRate(decision);
  let policy = "";
  let fields = "";
  let quota: LimitState | null = null;
  for (const one of limits) {
    const texts = limitTexts(one);
    if (policy !== "") {
      policy += ", ";
      fields += ", ";
    }
    policy += texts.policyJson;
    fields +=
      one.resetSeconds > 0
        ? `${texts.fieldJson}${one.remaining};t=${one.resetSeconds}`
        : texts.fieldJson + one.remaining;
    if (one.name === "account-quota") quota = one;
  }
  const all = policy === "" ? "" : `"RateLimit-Policy":"${policy}","RateLimit":"${fields}"`;
  const resetAt = Math.ceil(atMs / 1000) + (rate?.resetSeconds ?? 0);
  const rates = rate === null ? unlimitedRate : limitTexts(rate).headersJson + rate.remaining;
  const quotas = quota === null ? unlimitedQuota : limitTexts(quota).headersJson + quota.remaining;
  const json = `${all}${rates}","X-RateLimit-Reset":"${resetAt}"${quotas}","X-ApiQuota-Reset":"${nextMidnight(atMs)}"`;
  return all === "" ? json.slice(1) : json;
}

const unlimitedRate = ',"X-RateLimit-Limit":"-1","X-RateLimit-Remaining":"-1';
const unlimitedQuota = ',"X-ApiQuota-Limit":"-1","X-ApiQuota-Remaining":"-1';
