import type { JournalWaiter } from "../journal/journal.ts";
import type { Result } from "./decide.ts";
import type { Reply } from "./reply.ts";

/** Takes back a decision that could not be written to the journal. */
interface Withdrawer {
  unrecorded(result: Result, memoryKey: string | null, reply: Reply): void;
}

/** A decision that is made but not yet in the journal. */
export class PendingAnswer implements JournalWaiter {
  readonly #gate: Withdrawer;
  readonly #result: Result;
  readonly #reply: Reply;
  readonly #memoryKey: string | null;

  constructor(gate: Withdrawer, result: Result, reply: Reply, memoryKey: string | null) {
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
