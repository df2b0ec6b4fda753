import type { IncomingMessage, ServerResponse } from "node:http";
import { callProblem, problemType } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { noStore, sendProblem } from "./respond.ts";

export type CallShape = { type: RegExp; typeName: string; maxBytes: number };

export const jsonCall: CallShape = {
  type: /^application\/json\s*(;|$)/i,
  typeName: "application/json",
  maxBytes: 65_536,
};

/** For lists of up to 1,000. */
export const jsonListCall: CallShape = { ...jsonCall, maxBytes: 2_097_152 };

export const formCall: CallShape = {
  type: /^application\/x-www-form-urlencoded\s*(;|$)/i,
  typeName: "application/x-www-form-urlencoded",
  maxBytes: 65_536,
};

/** Reads the body of a POST and hands it over as text. What is not such a call is answered here. */
export function readCall(
  shape: CallShape,
  request: IncomingMessage,
  response: ServerResponse,
  done: (body: string) => void,
): void {
  if (request.method !== "POST") {
    const problem = callProblem(405, "method_not_allowed", "Method not allowed", "Send the call with POST.");
    sendProblem(response, problem, ["Allow", "POST"]);
    return;
  }
  const { type, length } = bodyHeaders(request.rawHeaders);
  if (type !== shape.typeName && !shape.type.test(type)) {
    const detail = `Send the body with 'Content-Type: ${shape.typeName}'.`;
    sendProblem(response, callProblem(415, "unsupported_media_type", "Unsupported media type", detail));
    return;
  }
  if (length > shape.maxBytes) {
    tooLarge(request, response, shape.maxBytes);
    return;
  }
  readBody(request, shape.maxBytes, (body) => {
    if (body === null) tooLarge(request, response, shape.maxBytes);
    else done(body);
  });
}

/** From the raw list and in one pass: node's object of all headers would cost more than reading two of them. */
function bodyHeaders(rawHeaders: readonly string[]): { type: string; length: number } {
  let type = "";
  let length = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length === 12 && name.toLowerCase() === "content-type") type = rawHeaders[i + 1] ?? "";
    else if (name.length === 14 && name.toLowerCase() === "content-length") length = Number(rawHeaders[i + 1]);
  }
  return { type, length };
}

/** The rest is thrown away for as long as the client sends it: a connection closed under its hands would take the answer with it. */
function tooLarge(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  const problem = callProblem(413, "body_too_large", "Body too large", `The body is larger than ${maxBytes} bytes.`);
  const body = JSON.stringify(problem);
  const length = String(Buffer.byteLength(body));
  const headers = ["Content-Type", problemType, "Content-Length", length, ...noStore, "Connection", "close"];
  response.writeHead(problem.status, headers);
  response.write(body);
  const timer = setTimeout(() => response.end(), longestDrainMs);
  request.once("close", () => clearTimeout(timer));
  request.once("end", () => response.end());
  request.resume();
}

const longestDrainMs = 5_000;
