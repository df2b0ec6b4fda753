import type { Socket } from "node:net";
import { PlainConnection } from "./plain-connection.ts";
import type { PlainReading } from "./plain-reading.ts";

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
