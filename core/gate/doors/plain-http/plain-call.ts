import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";
import type { Call } from "../call.ts";
import type { PlainHead } from "./read-plain-head.ts";
import { headerLines, type PlainAnswer } from "./write-plain-answer.ts";

/** Where a call came from, and where its answer goes. */
interface Answered {
  readonly socket: Socket;
  answered(): void;
}

/** A call of the plain shape, with its whole body. */
export class PlainCall implements Call {
  readonly #connection: Answered;
  readonly #head: PlainHead;
  readonly #body: string;
  /** Null until the call is answered. */
  answered: PlainAnswer | null = null;

  constructor(connection: Answered, head: PlainHead, body: string) {
    this.#connection = connection;
    this.#head = head;
    this.#body = body;
  }

  get socket(): Socket {
    return this.#connection.socket;
  }

  get method(): string {
    return this.#head.method;
  }

  get target(): string {
    return this.#head.target;
  }

  get rawHeaders(): readonly string[] {
    return this.#head.rawHeaders;
  }

  get headers(): IncomingHttpHeaders {
    return this.#head.headers;
  }

  get contentType(): string {
    return this.#head.contentType;
  }

  /** A body above the call's bound is not plain, so that it never comes here. */
  readBody(_maxBytes: number, done: (body: string) => void): void {
    done(this.#body);
  }

  ignoreBody(): void {}

  answer(status: number, headers: readonly string[], body: string): void {
    if (this.answered !== null) return;
    this.answered = { status, lines: headerLines(headers), body };
    this.#connection.answered();
  }
}
