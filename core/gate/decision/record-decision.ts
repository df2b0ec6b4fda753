import { hash } from "node:crypto";
import { maxPathLength } from "../../rules/limits/path.ts";
import { maskCredentials } from "../../rules/tokens/mask-credentials.ts";
import { encodeRecord } from "../journal/journal-line.ts";
import type { CheckRequest } from "./check-request.ts";
import { type Decision, isAllowed } from "./decision.ts";

/** The journal's line for a decision. `tokenKey` is the hash of the token that was sent, null when it could be none. */
export function journalLine(decision: Decision, request: CheckRequest, tokenKey: string | null): string {
  const isPassed = isAllowed(decision);
  return encodeRecord({
    atMs: decision.atMs,
    code: decision.code,
    surface: request.surface,
    accountId: decision.accountId,
    tokenId: decision.tokenId,
    secretId: decision.secretId,
    endpointId: decision.endpoint?.id ?? 0,
    spent: isPassed ? decision.spent : 0,
    recipients: isPassed ? request.recipients : null,
    ip: request.ip,
    userAgent: request.userAgent === null ? null : maskCredentials(request.userAgent),
    caller: request.caller,
    requestId: request.requestId === null ? null : maskCredentials(request.requestId),
    refusal: isPassed
      ? null
      : {
          receipt: decision.receipt ?? "",
          method: request.method,
          path: keptPath(request.uri),
          limiter: decision.limiter && { ...decision.limiter, cost: decision.cost },
          retryAfterSeconds: decision.retryAfterSeconds,
          missingScope: decision.missingScope,
          tokenKey: decision.accountId === null ? (tokenKey ?? keyOfMalformed(request.token)) : null,
        },
  });
}

/** Most guesses are no tokens; they are told apart as well. Null = none was sent. */
function keyOfMalformed(text: string): string | null {
  return text === "" ? null : hash("sha256", text, "hex");
}

/** The path of a request target as it is kept, without the query: that holds what nobody needs, such as tokens and addresses of people. */
export function keptPath(target: string | null): string | null {
  if (target === null) return null;
  const end = target.search(/[?#]/);
  return maskCredentials((end === -1 ? target : target.slice(0, end)).slice(0, maxPathLength));
}
