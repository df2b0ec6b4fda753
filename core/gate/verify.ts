import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "./caller.ts";
import { isUnavailable, type Outcome } from "./decision.ts";
import type { Gate, Reply } from "./gate.ts";
import { callProblem, unavailableProblem } from "./problem.ts";
import { maxBodyBytes, readBody } from "./read-body.ts";
import { readVerify } from "./read-verify.ts";
import { sendProblem } from "./respond.ts";
import { writeVerify } from "./write-verify.ts";

const jsonType = /^application\/json\s*(;|$)/i;

/** `POST /v1/verify`: JSON in, JSON out; 200 for every decided request, whatever the decision. */
export function verify(
  gate: Gate,
  publicUrl: string,
  caller: Caller,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== "POST") {
    const problem = callProblem(405, "method_not_allowed", "Method not allowed", "Send the call with POST.");
    sendProblem(response, problem, ["Allow", "POST"]);
    return;
  }
  if (!jsonType.test(headerOf(request, "content-type"))) {
    const detail = "Send the body as JSON, with 'Content-Type: application/json'.";
    sendProblem(response, callProblem(415, "unsupported_media_type", "Unsupported media type", detail));
    return;
  }
  if (Number(headerOf(request, "content-length")) > maxBodyBytes) {
    tooLarge(response);
    return;
  }
  readBody(request, (body) => {
    if (body === null) {
      tooLarge(response);
      return;
    }
    const read = readVerify(body, caller.id);
    if ("problem" in read) sendProblem(response, read.problem);
    else gate.check(read, new VerifyReply(response, publicUrl));
  });
}

/** From the raw list: making node's object of all headers would cost more than reading two of them. Empty = not there. */
function headerOf(request: IncomingMessage, name: string): string {
  const { rawHeaders } = request;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const given = rawHeaders[i] ?? "";
    if (given.length === name.length && given.toLowerCase() === name) return rawHeaders[i + 1] ?? "";
  }
  return "";
}

class VerifyReply implements Reply {
  readonly #response: ServerResponse;
  readonly #publicUrl: string;

  constructor(response: ServerResponse, publicUrl: string) {
    this.#response = response;
    this.#publicUrl = publicUrl;
  }

  send(outcome: Outcome): void {
    if (isUnavailable(outcome)) {
      sendProblem(this.#response, unavailableProblem(outcome.code), ["Retry-After", "1"]);
      return;
    }
    const body = writeVerify(outcome, this.#publicUrl);
    this.#response.writeHead(200, [
      "Content-Type",
      "application/json",
      "Content-Length",
      String(body.length),
      "Cache-Control",
      "no-store",
    ]);
    this.#response.end(body, "latin1");
  }
}

/** What is left of the body is not read: the connection ends with the answer. */
function tooLarge(response: ServerResponse): void {
  const detail = `The body is larger than ${maxBodyBytes} bytes.`;
  sendProblem(response, callProblem(413, "body_too_large", "Body too large", detail), ["Connection", "close"]);
}
