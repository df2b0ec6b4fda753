import type { Outcome } from "./decision.ts";

/** Receives the answer, exactly once, when it may go out. */
export interface Reply {
  send(outcome: Outcome): void;
}
