import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { identifyCaller } from "./caller.ts";
import { type ForwardAuthDialect, forwardAuth } from "./forward-auth.ts";
import type { Gate } from "./gate.ts";
import type { Networks } from "./networks.ts";
import { callProblem } from "./problem.ts";
import { sendProblem, sendText } from "./respond.ts";
import { verify } from "./verify.ts";

export type ServerOptions = {
  gate: Gate;
  publicUrl: string;
  trustedProxies: Networks;
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
      maxHeaderSize: 16_384,
      // One idle gateway connection costs a socket; nobody needs more of them than this.
    },
    (request, response) => route(options, request, response),
  );
  server.maxConnections = 10_000;
  server.maxRequestsPerSocket = 0;
  return server;
}

function route(options: ServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const url = request.url ?? "";
  const query = url.indexOf("?");
  const path = query === -1 ? url : url.slice(0, query);
  const caller = identifyCaller(request);
  if (path === "/healthz") {
    sendText(response, 200, "ok\n");
  } else if (path === "/readyz") {
    if (options.gate.isReady) sendText(response, 200, "ready\n");
    else sendText(response, 503, "not ready\n");
  } else if (caller === null) {
    const detail = "Only callers on the gate's own machine are accepted.";
    sendProblem(response, callProblem(401, "unknown_caller", "Unknown caller", detail), [
      "WWW-Authenticate",
      'Bearer realm="gate"',
    ]);
  } else if (path === "/v1/verify") {
    verify(options.gate, options.publicUrl, caller, request, response);
  } else if (path === "/forward-auth" || path === "/forward-auth/nginx") {
    const dialect: ForwardAuthDialect = path === "/forward-auth" ? "plain" : "nginx";
    forwardAuth({ ...options, dialect }, caller, request, response);
  } else if (path === "/metrics") {
    sendText(response, 200, options.metrics());
  } else {
    sendProblem(response, callProblem(404, "unknown_call", "Unknown call", "The gate has no such address."));
  }
}
