import type { IncomingMessage, ServerResponse } from "node:http";
import { isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import type { Reply } from "../decision/reply.ts";
import type { Caller } from "../state/callers.ts";
import { unavailableProblem } from "./problem.ts";
import { jsonCall, readCall } from "./read-call.ts";
import { readVerify } from "./read-verify.ts";
import { sendJson, sendProblem } from "./respond.ts";
import { writeVerify } from "./write-verify.ts";

/** `POST /v1/verify`: JSON in, JSON out; 200 for every decided request, whatever the decision. */
export function verify(
  gate: Gate,
  publicUrl: string,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  readCall(jsonCall, request, response, (body) => {
    const read = readVerify(body, caller.id);
    if ("problem" in read) sendProblem(response, read.problem);
    else gate.check(read, new VerifyReply(response, publicUrl));
  });
}

class VerifyReply implements Reply {
  readonly #response: ServerResponse;
  readonly #publicUrl: string;

  constructor(response: ServerResponse, publicUrl: string) {
    this.#response = response;
    this.#publicUrl = publicUrl;
  }

  send(outcome: Outcome): void {
    if (isUnavailable(outcome)) sendProblem(this.#response, unavailableProblem(outcome.code), ["Retry-After", "1"]);
    else sendJson(this.#response, writeVerify(outcome, this.#publicUrl));
  }
}
