import type { Result } from "./decide.ts";
import type { Gate, Reply } from "./gate.ts";
import type { JournalWaiter } from "./journal.ts";

/** A decision that is made but not yet in the journal. */
export class PendingAnswer implements JournalWaiter {
  readonly #gate: Gate;
  readonly #result: Result;
  readonly #reply: Reply;
  readonly #memoryKey: string | null;

  constructor(gate: Gate, result: Result, reply: Reply, memoryKey: string | null) {
    this.#gate = gate;
    this.#result = result;
    this.#reply = reply;
    this.#memoryKey = memoryKey;
  }

  committed(isWritten: boolean): void {
    if (isWritten) this.#reply.send(this.#result.decision);
    else this.#gate.unrecorded(this.#result, this.#memoryKey, this.#reply);
  }
}
