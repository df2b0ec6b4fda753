import { statusOf } from "../../rules/limits/check-order.ts";
import type { GateUnavailableCode } from "../../rules/vocabulary.ts";
import type { LimitState } from "../counters/counters.ts";
import { type Allowed, type Decision, isAllowed } from "../decision/decision.ts";
import { asciiJson } from "../state/ascii-json.ts";
import { answerHeaders, limitHeaders } from "./answer-headers.ts";
import { type LimitTexts, limitTexts } from "./limit-texts.ts";
import { refusalProblem, unavailableProblem } from "./problem.ts";

/**
 * The body of a decided `POST /v1/verify`: `allowed, code, status, account, account_external_id, token, scopes, endpoint, limits[], retry_after_s,
 * headers, receipt, policy_version`, and on refusals `problem`, the body to answer the client with.
 * Put together by hand, in ASCII: this runs on every request.
 */
export function writeVerify(decision: Decision, publicUrl: string): string {
  const { accountId, externalId, tokenId, scopes, endpoint, policyVersion } = decision;
  const who = `"account":${quoted(accountId)},"account_external_id":${externalId === null ? "null" : externalId.json},"token":${quoted(tokenId)},"scopes":${scopes?.json ?? "[]"}`;
  const texts = decision.limits.map(limitTexts);
  const what = `"endpoint":${endpoint === null ? "null" : endpoint.nameJson},"limits":[${limitsJson(decision.limits, texts)}]`;
  if (isAllowed(decision)) {
    const headers =
      accountId !== null && endpoint !== null ? passedHeadersJson(decision, texts) : headersJson(decision);
    return `{"allowed":true,"code":"allowed","status":200,${who},${what},"retry_after_s":null,"headers":{${headers}},"receipt":null,"policy_version":${policyVersion}}`;
  }
  const { code, retryAfterSeconds, receipt } = decision;
  const problem = asciiJson(refusalProblem(decision, publicUrl));
  return `{"allowed":false,"code":"${code}","status":${statusOf[code]},${who},${what},"retry_after_s":${retryAfterSeconds},"headers":{${headersJson(decision)}},"receipt":${quoted(receipt)},"policy_version":${policyVersion},"problem":${problem}}`;
}

/** In a batch: what could not be decided, while others were. */
export function writeUnavailable(code: GateUnavailableCode): string {
  const problem = unavailableProblem(code);
  return asciiJson({ allowed: false, code, status: problem.status, retry_after_s: 1, problem });
}

/** Ids hold nothing that needs escaping. */
function quoted(id: string | null): string {
  return id === null ? "null" : `"${id}"`;
}

function limitsJson(limits: readonly LimitState[], texts: readonly LimitTexts[]): string {
  let json = "";
  for (let i = 0; i < limits.length; i++) {
    const one = limits[i];
    const text = texts[i];
    if (one && text) json += `${json === "" ? "" : ","}${text.json}${one.remaining},"reset_s":${one.resetSeconds}}`;
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
export function passedHeadersJson({ limits, atMs }: Allowed, texts: readonly LimitTexts[]): string {
  let policy = "";
  let fields = "";
  for (let i = 0; i < limits.length; i++) {
    const one = limits[i];
    const text = texts[i];
    if (!one || !text) continue;
    if (policy !== "") {
      policy += ", ";
      fields += ", ";
    }
    policy += text.policyJson;
    fields +=
      one.resetSeconds > 0 ? `${text.fieldJson}${one.remaining};t=${one.resetSeconds}` : text.fieldJson + one.remaining;
  }
  let json = policy === "" ? "" : `"RateLimit-Policy":"${policy}","RateLimit":"${fields}"`;
  for (const headers of limitHeaders) json += headersOf(headers, limits, texts, atMs);
  return policy === "" ? json.slice(1) : json;
}

function headersOf(
  { name, unlimitedJson, resetJson, reset }: (typeof limitHeaders)[number],
  limits: readonly LimitState[],
  texts: readonly LimitTexts[],
  atMs: number,
): string {
  let told: LimitState | null = null;
  let begin = unlimitedJson;
  for (let i = 0; i < limits.length; i++) {
    const one = limits[i];
    const text = texts[i];
    if (!one || !text || text.headers !== name || (told !== null && one.remaining >= told.remaining)) continue;
    told = one;
    begin = text.headersJson;
  }
  return `${told === null ? begin : begin + told.remaining}${resetJson}${reset(atMs, told)}"`;
}
