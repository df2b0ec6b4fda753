import type { Socket } from "node:net";
import type { Call } from "../call.ts";

/** What the connections need of the server they are part of. */
export type PlainReading = {
  /** Answers the call now or later; false = it is not to be answered here, and nothing has happened. */
  begin: (call: Call) => boolean;
  /** Whether its caller may ask at all. */
  mayAsk: (call: Call) => boolean;
  /** A request has come. */
  used: (socket: Socket) => void;
  /** Lets node:http read the rest of a connection. */
  leave: (socket: Socket) => void;
  keepAliveSeconds: number;
};
