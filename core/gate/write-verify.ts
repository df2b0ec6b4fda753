import { statusOf } from "../rules/check-order.ts";
import { answerHeaders } from "./answer-headers.ts";
import { asciiJson } from "./ascii-json.ts";
import type { LimitState } from "./counters.ts";
import { type Decision, isAllowed, type UnavailableCode } from "./decision.ts";
import { refusalProblem, unavailableProblem } from "./problem.ts";

/**
 * The body of a decided `POST /v1/verify`: `allowed, code, status, account, token, scopes, endpoint, limits[], retry_after_s,
 * headers, receipt, policy_version`, and on refusals `problem`, the body to answer the client with.
 * Put together by hand, in ASCII: this runs on every request.
 */
export function writeVerify(decision: Decision, publicUrl: string): string {
  const isPassed = isAllowed(decision);
  const { accountId, tokenId, scopes, endpoint, policyVersion } = decision;
  const retryAfter = isPassed ? null : decision.retryAfterSeconds;
  const receipt = isPassed ? null : decision.receipt;
  const problem = isPassed ? "" : `,"problem":${asciiJson(refusalProblem(decision, publicUrl))}`;
  return `{"allowed":${isPassed},"code":"${decision.code}","status":${statusOf[decision.code]},"account":${quoted(accountId)},"token":${quoted(tokenId)},"scopes":${scopes?.json ?? "[]"},"endpoint":${endpoint === null ? "null" : endpoint.nameJson},"limits":${limitsJson(decision.limits)},"retry_after_s":${retryAfter},"headers":${headersJson(decision)},"receipt":${quoted(receipt)},"policy_version":${policyVersion}${problem}}`;
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
  let json = "[";
  for (const one of limits) {
    json += `${json === "[" ? "" : ","}{"name":"${one.name}","kind":"${one.kind}","limit":${one.limit},"remaining":${one.remaining},"reset_s":${one.resetSeconds}}`;
  }
  return `${json}]`;
}

/** Values hold nothing that needs escaping but quotes. */
function headersJson(decision: Decision): string {
  const list = answerHeaders(decision);
  let json = "{";
  for (let i = 0; i < list.length; i += 2) {
    const value = list[i + 1] ?? "";
    json += `${i === 0 ? "" : ","}"${list[i]}":"${value.includes('"') ? value.replaceAll('"', '\\"') : value}"`;
  }
  return `${json}}`;
}
