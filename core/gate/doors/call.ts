import type { IncomingHttpHeaders } from "node:http";
import type { Socket } from "node:net";

/** One call to the gate and its answer. The doors know nothing else of HTTP, so that it does not matter who has read the request. */
export interface Call {
  readonly socket: Socket;
  readonly method: string;
  /** The request target as it came. */
  readonly target: string;
  /** Names as they came and values, by turns. */
  readonly rawHeaders: readonly string[];
  readonly headers: IncomingHttpHeaders;
  /** Empty = there is none. */
  readonly contentType: string;
  /** Hands over the whole body as text. A longer one is answered with 413 here, and one that never ends is not handed over. */
  readBody(maxBytes: number, done: (body: string) => void): void;
  /** The body, if there is one, does not matter. */
  ignoreBody(): void;
  /**
   * Answers, once. `headers` are names and values by turns, without Content-Length; `body` holds one character for each byte.
   * Ends the connection when the request's body has not been read: a gateway that announces a body and sends none would lose the
   * beginning of its next question, which would be read as that body.
   */
  answer(status: number, headers: readonly string[], body: string): void;
}
