import { createServer, type Server } from "node:http";
import { type Caller, identifyCaller } from "../state/callers.ts";
import { answerCall, answerStranger, type DoorOptions, doorOf, pathOfTarget } from "./answer-call.ts";
import type { Call } from "./call.ts";
import { HttpCall } from "./http-call.ts";
import { PlainConnections } from "./plain-http/plain-connections.ts";
import { boundUnusedConnections } from "./unused-connections.ts";

const keepAliveSeconds = 65;

export type GateServer = {
  server: Server;
  /** The connections that are read without node:http; null = it reads all. */
  plain: PlainConnections | null;
};

/**
 * The gate's doors. A framework would cost more than the decision, and so does node:http: calls of the plain shape are read
 * without it (`isPlainRead`), everything else by it.
 */
export function gateServer(options: DoorOptions, isPlainRead = true): GateServer {
  const server = createServer(
    {
      // Headers within 10 s, the whole request within 15 s, looked at every 2 s: a slow client holds a socket, never a thread.
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: keepAliveSeconds * 1000,
      // A path of 8 kB, a query of any use and what a gateway adds.
      maxHeaderSize: 65_536,
    },
    (request, response) => {
      const call = new HttpCall(request, response);
      if (!answerKnown(options, call)) answerStranger(options, pathOfTarget(call.target), call);
    },
  );
  server.maxConnections = 10_000;
  server.maxRequestsPerSocket = 0;
  const readByNode = server.listeners("connection");
  if (!isPlainRead) {
    boundUnusedConnections(server);
    return { server, plain: null };
  }
  server.removeAllListeners("connection");
  const used = boundUnusedConnections(server);
  const plain = new PlainConnections({
    begin: (call) => answerKnown(options, call),
    mayAsk: (call) => callerOf(options, call) !== null,
    used,
    leave: (socket) => {
      for (const read of readByNode) read.call(server, socket);
    },
    keepAliveSeconds,
  });
  server.on("connection", (socket) => plain.add(socket));
  return { server, plain };
}

/** False = the caller may not ask, and nothing has been answered. */
function answerKnown(options: DoorOptions, call: Call): boolean {
  const caller = callerOf(options, call);
  if (caller === null) return false;
  answerCall(options, pathOfTarget(call.target), caller, call);
  return true;
}

function callerOf({ gate }: DoorOptions, call: Call): Caller | null {
  return identifyCaller(call, gate.provider?.callers ?? null, doorOf(pathOfTarget(call.target)));
}
