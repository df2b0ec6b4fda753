import * as words from "#words/words.ts";
import { AppError } from "./errors.ts";

type Bounds = {
  /** Pieces of work under way at a time. */
  most: number;
  /** How many more may wait; who comes after that is refused. */
  mostWaiting: number;
  /** What a person who was refused does not get now, like "sign-ins". */
  what: string;
};

const retryAfterSeconds = 5;

/** Lets a few pieces of work through at a time, in the order they came. Throws `unavailable` when too many wait already. */
export class Turns {
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #bounds: Bounds;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    const { most, mostWaiting, what } = this.#bounds;
    if (this.#running < most) this.#running += 1;
    else if (this.#waiting.length < mostWaiting) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else throw new AppError("unavailable", words.errors.tooManyWaiting(what, retryAfterSeconds), { retryAfterSeconds });
    try {
      return await work();
    } finally {
      // The place goes to who waits longest, so that nobody who has just come is first.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#running -= 1;
    }
  }
}
