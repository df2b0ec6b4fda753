import type { CheckRequest } from "../decision/check-request.ts";
import { isUnavailable, type Outcome } from "../decision/decision.ts";
import type { Gate } from "../decision/gate.ts";
import type { Caller } from "../state/callers.ts";
import type { Call } from "./call.ts";
import { unavailableProblem } from "./problem.ts";
import { jsonListCall, readCall } from "./read-call.ts";
import { readVerifyBatch } from "./read-verify.ts";
import { sendJson, sendProblem } from "./respond.ts";
import { writeUnavailable, writeVerify } from "./write-verify.ts";

/**
 * `POST /v1/verify/batch`: `{"requests":[…]}` of up to 1,000 in, `{"results":[…]}` in the same order out. They are decided in
 * that order, each as if it had come alone. One that cannot be read refuses the whole call, before anything is decided.
 */
export function verifyBatch(gate: Gate, publicUrl: string, caller: Caller, call: Call): void {
  readCall(jsonListCall, call, (body) => {
    const read = readVerifyBatch(body, caller.id);
    if ("problem" in read) sendProblem(call, read.problem);
    else void decideAll(gate, publicUrl, read.requests, call);
  });
}

async function decideAll(gate: Gate, publicUrl: string, requests: readonly CheckRequest[], call: Call): Promise<void> {
  // All in one query; afterwards each is decided at once, in order.
  await gate.warm(requests);
  const outcomes = await Promise.all(
    requests.map((one) => new Promise<Outcome>((resolve) => gate.check(one, { send: resolve }))),
  );
  const [first] = outcomes;
  if (first && isUnavailable(first) && outcomes.every(isUnavailable)) {
    sendProblem(call, unavailableProblem(first.code), ["Retry-After", "1"]);
    return;
  }
  const results = outcomes.map((one) =>
    isUnavailable(one) ? writeUnavailable(one.code) : writeVerify(one, publicUrl),
  );
  sendJson(call, `{"results":[${results.join(",")}]}`);
}
