import type { Gate } from "../decision/gate.ts";
import type { Caller } from "../state/callers.ts";
import type { AddedOutcomes, NewOutcomes } from "../state/rows.ts";
import type { Call } from "./call.ts";
import { unavailableProblem } from "./problem.ts";
import { jsonListCall, readCall } from "./read-call.ts";
import { readOutcomes } from "./read-outcomes.ts";
import { sendJson, sendProblem } from "./respond.ts";

/**
 * `POST /v1/outcomes`: what became of requests after they were allowed. Answers when it is stored:
 * `{"stored","repeated","unknown"}`. A report with an id that this caller has sent before is repeated, one about a token that
 * does not exist is unknown; both are left out. With the database away it answers 503: send it again, nothing is stored twice.
 */
export function outcomes(
  gate: Gate,
  add: (reported: NewOutcomes) => Promise<AddedOutcomes>,
  caller: Caller,
  call: Call,
): void {
  readCall(jsonListCall, call, (body) => {
    if (gate.provider === null) {
      sendProblem(call, unavailableProblem("gate_starting"), ["Retry-After", "1"]);
      return;
    }
    const receivedMs = gate.nowMs;
    const read = readOutcomes(body, gate.provider, receivedMs);
    if ("problem" in read) {
      sendProblem(call, read.problem);
      return;
    }
    add({ reporterId: caller.id, receivedMs, outcomes: read.outcomes }).then(
      (added) => sendJson(call, JSON.stringify(added)),
      () => sendProblem(call, unavailableProblem("gate_stale"), ["Retry-After", "1"]),
    );
  });
}
