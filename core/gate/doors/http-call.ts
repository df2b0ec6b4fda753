import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Call } from "./call.ts";
import { bodyTooLarge, problemType } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { noStore } from "./respond.ts";

/** A call that node:http has read. */
export class HttpCall implements Call {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(request: IncomingMessage, response: ServerResponse) {
    this.#request = request;
    this.#response = response;
  }

  get socket(): Socket {
    return this.#request.socket;
  }

  get method(): string {
    return this.#request.method ?? "";
  }

  get target(): string {
    return this.#request.url ?? "";
  }

  get rawHeaders(): readonly string[] {
    return this.#request.rawHeaders;
  }

  get headers(): IncomingHttpHeaders {
    return this.#request.headers;
  }

  get contentType(): string {
    return lastOf(this.rawHeaders, "content-type");
  }

  readBody(maxBytes: number, done: (body: string) => void): void {
    if (Number(lastOf(this.rawHeaders, "content-length")) > maxBytes) {
      this.#refuseBody(maxBytes);
      return;
    }
    readBody(this.#request, maxBytes, (body) => {
      if (body === null) this.#refuseBody(maxBytes);
      else done(body);
    });
  }

  ignoreBody(): void {
    this.#request.resume();
  }

  answer(status: number, headers: readonly string[], body: string): void {
    const response = this.#response;
    if (response.headersSent) return;
    if (this.#isUnread()) response.shouldKeepAlive = false;
    response.writeHead(status, ["Content-Length", String(body.length), ...headers]);
    response.end(body, "latin1");
  }

  #isUnread(): boolean {
    if (this.#request.complete) return false;
    const { "content-length": length, "transfer-encoding": coding } = this.#request.headers;
    return coding !== undefined || (length !== undefined && length !== "0");
  }

  /** The rest is thrown away for as long as the client sends it: a connection closed under its hands would take the answer with it. */
  #refuseBody(maxBytes: number): void {
    const request = this.#request;
    const response = this.#response;
    const problem = bodyTooLarge(maxBytes);
    const body = JSON.stringify(problem);
    const length = String(Buffer.byteLength(body));
    const headers = ["Content-Length", length, "Content-Type", problemType, ...noStore, "Connection", "close"];
    response.writeHead(problem.status, headers);
    response.write(body);
    const timer = setTimeout(() => response.end(), longestDrainMs);
    request.once("close", () => clearTimeout(timer));
    request.once("end", () => response.end());
    request.resume();
  }
}

const longestDrainMs = 5_000;

/** From the raw list: node's object of all headers would cost more than reading two of them. */
function lastOf(rawHeaders: readonly string[], wanted: string): string {
  let value = "";
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? "";
    if (name.length === wanted.length && name.toLowerCase() === wanted) value = rawHeaders[i + 1] ?? "";
  }
  return value;
}
