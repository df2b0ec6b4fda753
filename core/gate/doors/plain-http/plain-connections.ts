import type { Socket } from "node:net";
import type { Call } from "../call.ts";
import { PlainConnection } from "./plain-connection.ts";

/** What the connections need of the server they are part of. */
export type PlainReading = {
  /** Answers the call now or later; false = it is not to be answered here, and nothing has happened. */
  begin: (call: Call) => boolean;
  /** A request has come. */
  used: (socket: Socket) => void;
  /** Lets node:http read the rest of a connection. */
  leave: (socket: Socket) => void;
  keepAliveSeconds: number;
};

/** The connections that node:http does not read. */
export class PlainConnections {
  readonly #reading: PlainReading;
  readonly #open = new Set<PlainConnection>();

  constructor(reading: PlainReading) {
    this.#reading = reading;
  }

  add(socket: Socket): void {
    if (socket.destroyed) return;
    const connection = new PlainConnection(socket, this.#reading, () => this.#open.delete(connection));
    this.#open.add(connection);
  }

  /** Ends each with the answers it still owes; what comes after is for node:http to read. */
  drain(): void {
    for (const connection of [...this.#open]) connection.drain();
  }

  destroyAll(): void {
    for (const { socket } of this.#open) socket.destroy();
  }
}
