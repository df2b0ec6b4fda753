import type { IncomingHttpHeaders } from "node:http";
import { clientOf } from "../../rules/forwarded.ts";
import { statusOf } from "../../rules/limits/check-order.ts";
import { defaultPathRules, isPathTooLong, pathOf, readPath, spellPath } from "../../rules/limits/path.ts";
import type { Networks } from "../../rules/networks.ts";
import type { CheckRequest } from "../decision/check-request.ts";
import { type Allowed, isAllowed, isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import type { Reply } from "../decision/reply.ts";
import type { Caller } from "../state/callers.ts";
import { answerHeaders } from "./answer-headers.ts";
import type { Call } from "./call.ts";
import { type OriginalRequest, originalRequest } from "./original-request.ts";
import { callProblem, type Problem, pathTooLong, refusalProblem, unavailableProblem } from "./problem.ts";
import { noStore, sendProblem, sendProblemAs } from "./respond.ts";

/**
 * `nginx` understands only 2xx, 401 and 403; to the others the true status is told. `envoy` sends method and path as the
 * client's, below a prefix.
 */
export type ForwardAuthDialect = "plain" | "nginx" | "envoy";

export const envoyPrefix = "/forward-auth/envoy/";

export type ForwardAuthOptions = {
  gate: Gate;
  publicUrl: string;
  trustedProxies: Networks;
  dialect: ForwardAuthDialect;
};

/** `ANY /forward-auth`, `/forward-auth/nginx` and `/forward-auth/envoy/<path>`: any method, the body is ignored. */
export function forwardAuth(options: ForwardAuthOptions, caller: Caller, call: Call): void {
  const { dialect, trustedProxies } = options;
  const { headers } = call;
  call.ignoreBody();
  const original =
    dialect === "envoy" ? carriedRequest(call, trustedProxies) : originalRequest(headers, dialect, trustedProxies);
  if (typeof original === "string") {
    const problem = callProblem(400, "invalid_call", "Invalid call", original);
    refuse(call, dialect, problem, []);
    return;
  }
  if (isPathTooLong(original.uri)) {
    refuse(call, dialect, pathTooLong(), []);
    return;
  }
  const check: CheckRequest = {
    token: tokenOf(headers),
    tokenKey: null,
    surface: "http",
    endpointName: null,
    ...original,
    userAgent: headers["user-agent"] ?? null,
    scope: null,
    cost: 1,
    recipients: null,
    isProbe: false,
    requestId: requestIdOf(headers),
    caller: caller.id,
  };
  options.gate.check(check, new ForwardAuthReply(call, options, original.uri));
}

/** Envoy's request is the client's own, with the prefix before its path; the address is the last hop in `X-Forwarded-For`. */
function carriedRequest({ headers, method, target }: Call, trusted: Networks): OriginalRequest {
  const forwardedFor = headers["x-forwarded-for"];
  return {
    method,
    uri: target.slice(envoyPrefix.length - 1),
    ip: clientOf(typeof forwardedFor === "string" ? forwardedFor : null, trusted),
  };
}

class ForwardAuthReply implements Reply {
  readonly #call: Call;
  readonly #options: ForwardAuthOptions;
  readonly #target: string;

  constructor(call: Call, options: ForwardAuthOptions, target: string) {
    this.#call = call;
    this.#options = options;
    this.#target = target;
  }

  send(outcome: Outcome): void {
    const { dialect, publicUrl } = this.#options;
    if (isUnavailable(outcome)) {
      refuse(this.#call, dialect, unavailableProblem(outcome.code), ["Retry-After", "1"]);
    } else if (isAllowed(outcome)) {
      const gateHeaders = dialect === "nginx" ? ["X-Gate-Status", "200", "X-Gate-Code", "allowed"] : [];
      const who = identityHeaders(outcome, dialect);
      const headers = [...noStore, ...gateHeaders, ...who, "X-Gate-Path", this.#path(), ...answerHeaders(outcome)];
      this.#call.answer(statusOf.allowed, headers, "");
    } else {
      refuse(this.#call, dialect, refusalProblem(outcome, publicUrl), answerHeaders(outcome));
    }
  }

  /** The path as the gate has read it, for gateways that pass it on: then the API reads the same. */
  #path(): string {
    const rules = this.#options.gate.provider?.pathRules ?? defaultPathRules;
    const read = readPath(this.#target, rules);
    // GATE_FAIL=open lets pass what cannot be read.
    if (read !== null && read !== "ambiguous") return spellPath(read);
    return (pathOf(this.#target) ?? "/").replace(/[^\x21-\x7e]/g, "%EF%BF%BD");
  }
}

/**
 * Always all four, so that a client's own headers of these names never pass for the gate's. nginx removes a header that is
 * set to nothing; Caddy from 2.10 and others let the client's through then, so they get `-` for none.
 */
function identityHeaders({ accountId, externalId, tokenId, scopes }: Allowed, dialect: ForwardAuthDialect): string[] {
  const none = dialect === "nginx" ? "" : "-";
  return [
    ...["X-Account-Id", accountId ?? none, "X-Account-External-Id", externalId === null ? none : externalId.text],
    ...["X-Token-Id", tokenId ?? none, "X-Scopes", scopes?.header.text || none],
    ...["X-Scopes-Omitted", String(scopes?.header.omitted ?? 0)],
  ];
}

/** For nginx everything but 401 becomes 403, with the truth in headers that hold [a-z0-9_-] only. */
function refuse(call: Call, dialect: ForwardAuthDialect, problem: Problem, headers: readonly string[]): void {
  if (dialect !== "nginx") {
    sendProblem(call, problem, headers);
    return;
  }
  const truth = ["X-Gate-Status", String(problem.status), "X-Gate-Code", problem.code, ...headers];
  sendProblemAs(call, problem.status === 401 ? 401 : 403, problem, truth);
}

const bearer = /^bearer +(\S+) *$/i;

/** From `Authorization: Bearer`, else `X-Api-Key`; empty = none. A token in the query is never read. */
function tokenOf(headers: IncomingHttpHeaders): string {
  const { authorization } = headers;
  const match = authorization === undefined ? null : bearer.exec(authorization);
  if (match) return match[1] ?? "";
  const key = headers["x-api-key"];
  return typeof key === "string" ? key : "";
}

const requestIdShape = /^[\x21-\x7e]{1,128}$/;

/** One that does not fit is not remembered. */
function requestIdOf(headers: IncomingHttpHeaders): string | null {
  const id = headers["x-request-id"];
  return typeof id === "string" && requestIdShape.test(id) ? id : null;
}
