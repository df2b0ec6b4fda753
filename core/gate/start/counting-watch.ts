import type { ImportPosition } from "../import/journal-position.ts";
import { Uncounted } from "../import/uncounted.ts";
import type { JournalHead } from "../journal/journal-head.ts";
import type { Clock } from "../state/clock.ts";

/**
 * Watches that what is decided is counted. Time in which the database was away does not count as waiting: that has
 * alarms of its own, and the import needs a moment afterwards.
 */
export class CountingWatch {
  readonly #clock: Clock;
  readonly #head: JournalHead;
  readonly #uncounted = new Uncounted();
  #answeringSinceMs: number | null = null;

  constructor(clock: Clock, head: JournalHead) {
    this.#clock = clock;
    this.#head = head;
  }

  counted(position: ImportPosition): void {
    this.#uncounted.counted(position);
  }

  /** Told about once a second, with whether the database answers. */
  look(isAnswering: boolean): void {
    const { steadyMs } = this.#clock();
    const { segment } = this.#head;
    if (segment > 0) this.#uncounted.written({ segment, offset: this.#head.readable(segment) }, steadyMs);
    this.#answeringSinceMs = isAnswering ? (this.#answeringSinceMs ?? steadyMs) : null;
  }

  /** How long the oldest decision that is not counted has waited for a database that answers, in milliseconds; 0 = none does. */
  get waitingMs(): number {
    const { sinceMs } = this.#uncounted;
    if (sinceMs === null || this.#answeringSinceMs === null) return 0;
    return Math.max(0, this.#clock().steadyMs - Math.max(sinceMs, this.#answeringSinceMs));
  }

  /** The same as a time of day, epoch milliseconds; null = none does. */
  get waitingSinceMs(): number | null {
    const { waitingMs } = this;
    return waitingMs === 0 ? null : this.#clock().wallMs - waitingMs;
  }
}
