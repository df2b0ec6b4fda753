import type { Networks } from "../../rules/networks.ts";
import type { Gate } from "../decision/gate.ts";
import type { Caller, Door } from "../state/callers.ts";
import type { GateStore } from "../state/store.ts";
import type { Call } from "./call.ts";
import { envoyPrefix, forwardAuth } from "./forward-auth.ts";
import { introspect } from "./introspect.ts";
import { mailAuth } from "./mail-auth.ts";
import { outcomes } from "./outcomes.ts";
import { callProblem, unavailableProblem } from "./problem.ts";
import { sendProblem, sendText } from "./respond.ts";
import { verify } from "./verify.ts";
import { verifyBatch } from "./verify-batch.ts";

export type DoorOptions = {
  gate: Gate;
  publicUrl: string;
  trustedProxies: Networks;
  maxStaleSeconds: number;
  addOutcomes: GateStore["addOutcomes"];
  /** False = decisions have long waited to be counted; the gate decides all the same. */
  isCounting: () => boolean;
  /** Prometheus text. */
  metrics: () => string;
};

/** Which header of this call names its caller. */
export function doorOf(path: string): Door {
  return path.startsWith("/forward-auth") || path === "/mail-auth" ? "forwarded" : "json";
}

/** The target without its query. */
export function pathOfTarget(target: string): string {
  const query = target.indexOf("?");
  return query === -1 ? target : target.slice(0, query);
}

/** Answers a call of somebody who may ask. */
export function answerCall(options: DoorOptions, path: string, caller: Caller, call: Call): void {
  const { gate, publicUrl } = options;
  switch (path) {
    case "/v1/verify":
      verify(gate, publicUrl, caller, call);
      return;
    case "/v1/verify/batch":
      verifyBatch(gate, publicUrl, caller, call);
      return;
    case "/v1/introspect":
      introspect(gate, options.maxStaleSeconds, call);
      return;
    case "/v1/outcomes":
      outcomes(gate, options.addOutcomes, caller, call);
      return;
    case "/forward-auth":
      forwardAuth({ ...options, dialect: "plain" }, caller, call);
      return;
    case "/forward-auth/nginx":
      forwardAuth({ ...options, dialect: "nginx" }, caller, call);
      return;
    case "/mail-auth":
      mailAuth(gate, caller, call);
      return;
    case "/metrics":
      sendText(call, 200, options.metrics());
      return;
  }
  if (path.startsWith(envoyPrefix)) forwardAuth({ ...options, dialect: "envoy" }, caller, call);
  else if (!answerHealth(options, path, call)) {
    sendProblem(call, callProblem(404, "unknown_call", "Unknown call", "The gate has no such address."));
  }
}

/** Liveness and readiness are for everybody. */
function answerHealth({ gate, isCounting }: DoorOptions, path: string, call: Call): boolean {
  if (path === "/healthz") sendText(call, 200, "ok\n");
  else if (path !== "/readyz") return false;
  else if (!gate.isReady) sendText(call, 503, "not ready\n");
  else if (!isCounting()) sendText(call, 503, "not ready: decisions wait to be counted, see the gate's log\n");
  else sendText(call, 200, "ready\n");
  return true;
}

/** Answers a call of somebody who may not ask. */
export function answerStranger(options: DoorOptions, path: string, call: Call): void {
  if (answerHealth(options, path, call)) return;
  const { gate } = options;
  // Who may ask is not known before the state is read.
  if (gate.provider === null) {
    sendProblem(call, unavailableProblem("gate_starting"), ["Retry-After", "1"]);
    return;
  }
  const detail =
    gate.provider.callers.size === 0
      ? "Only callers on the gate's own machine are accepted while no gateway credential exists. Create one under Gates."
      : "Send a gateway credential: 'Authorization: Bearer gthg_…', or 'X-Gate-Key' where Authorization is the client's.";
  const problem = callProblem(401, "unknown_caller", "Unknown caller", detail);
  sendProblem(call, problem, ["WWW-Authenticate", 'Bearer realm="gate"']);
}
