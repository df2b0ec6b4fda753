import { isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import type { Reply } from "../decision/reply.ts";
import type { Caller } from "../state/callers.ts";
import type { Call } from "./call.ts";
import { unavailableProblem } from "./problem.ts";
import { jsonCall, readCall } from "./read-call.ts";
import { readVerify } from "./read-verify.ts";
import { sendJson, sendProblem } from "./respond.ts";
import { writeVerify } from "./write-verify.ts";

/** `POST /v1/verify`: JSON in, JSON out; 200 for every decided request, whatever the decision. */
export function verify(gate: Gate, publicUrl: string, caller: Caller, call: Call): void {
  readCall(jsonCall, call, (body) => {
    const read = readVerify(body, caller.id);
    if ("problem" in read) sendProblem(call, read.problem);
    else gate.check(read, new VerifyReply(call, publicUrl));
  });
}

class VerifyReply implements Reply {
  readonly #call: Call;
  readonly #publicUrl: string;

  constructor(call: Call, publicUrl: string) {
    this.#call = call;
    this.#publicUrl = publicUrl;
  }

  send(outcome: Outcome): void {
    if (isUnavailable(outcome)) sendProblem(this.#call, unavailableProblem(outcome.code), ["Retry-After", "1"]);
    else sendJson(this.#call, writeVerify(outcome, this.#publicUrl));
  }
}
