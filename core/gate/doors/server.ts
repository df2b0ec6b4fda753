import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Networks } from "../../rules/networks.ts";
import type { Gate } from "../decision/gate.ts";
import { type Door, identifyCaller } from "../state/callers.ts";
import type { GateStore } from "../state/store.ts";
import { envoyPrefix, forwardAuth } from "./forward-auth.ts";
import { introspect } from "./introspect.ts";
import { mailAuth } from "./mail-auth.ts";
import { outcomes } from "./outcomes.ts";
import { callProblem, unavailableProblem } from "./problem.ts";
import { sendProblem, sendText } from "./respond.ts";
import { boundUnusedConnections } from "./unused-connections.ts";
import { verify } from "./verify.ts";
import { verifyBatch } from "./verify-batch.ts";

export type ServerOptions = {
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

/** The gate's doors. node:http alone: a framework would cost more than the decision. */
export function gateServer(options: ServerOptions): Server {
  const server = createServer(
    {
      // Headers within 10 s, the whole request within 15 s, looked at every 2 s: a slow client holds a socket, never a thread.
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 65_000,
      // A path of 8 kB, a query of any use and what a gateway adds.
      maxHeaderSize: 65_536,
    },
    (request, response) => route(options, request, response),
  );
  server.maxConnections = 10_000;
  boundUnusedConnections(server);
  server.maxRequestsPerSocket = 0;
  return server;
}

function route(options: ServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const { gate, publicUrl } = options;
  const path = pathOf(request);
  const door: Door = path.startsWith("/forward-auth") || path === "/mail-auth" ? "forwarded" : "json";
  const caller = identifyCaller(request, gate.provider?.callers ?? null, door);
  if (caller === null) {
    answerStranger(options, path, response);
    return;
  }
  switch (path) {
    case "/v1/verify":
      verify(gate, publicUrl, caller, request, response);
      return;
    case "/v1/verify/batch":
      verifyBatch(gate, publicUrl, caller, request, response);
      return;
    case "/v1/introspect":
      introspect(gate, options.maxStaleSeconds, request, response);
      return;
    case "/v1/outcomes":
      outcomes(gate, options.addOutcomes, caller, request, response);
      return;
    case "/forward-auth":
      forwardAuth({ ...options, dialect: "plain" }, caller, request, response);
      return;
    case "/forward-auth/nginx":
      forwardAuth({ ...options, dialect: "nginx" }, caller, request, response);
      return;
    case "/mail-auth":
      mailAuth(gate, caller, request, response);
      return;
    case "/metrics":
      sendText(response, 200, options.metrics());
      return;
  }
  if (path.startsWith(envoyPrefix)) forwardAuth({ ...options, dialect: "envoy" }, caller, request, response);
  else if (!answerHealth(options, path, response)) {
    sendProblem(response, callProblem(404, "unknown_call", "Unknown call", "The gate has no such address."));
  }
}

function pathOf({ url = "" }: IncomingMessage): string {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
}

/** Liveness and readiness are for everybody. */
function answerHealth({ gate, isCounting }: ServerOptions, path: string, response: ServerResponse): boolean {
  if (path === "/healthz") sendText(response, 200, "ok\n");
  else if (path !== "/readyz") return false;
  else if (!gate.isReady) sendText(response, 503, "not ready\n");
  else if (!isCounting()) sendText(response, 503, "not ready: decisions wait to be counted, see the gate's log\n");
  else sendText(response, 200, "ready\n");
  return true;
}

function answerStranger(options: ServerOptions, path: string, response: ServerResponse): void {
  if (answerHealth(options, path, response)) return;
  const { gate } = options;
  // Who may ask is not known before the state is read.
  if (gate.provider === null) {
    sendProblem(response, unavailableProblem("gate_starting"), ["Retry-After", "1"]);
    return;
  }
  const detail =
    gate.provider.callers.size === 0
      ? "Only callers on the gate's own machine are accepted while no gateway credential exists. Create one under Gates."
      : "Send a gateway credential: 'Authorization: Bearer gthg_…', or 'X-Gate-Key' where Authorization is the client's.";
  const problem = callProblem(401, "unknown_caller", "Unknown caller", detail);
  sendProblem(response, problem, ["WWW-Authenticate", 'Bearer realm="gate"']);
}
