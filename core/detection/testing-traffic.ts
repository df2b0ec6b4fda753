import { secondMs } from "../rules/time.ts";
import { CountedTraffic } from "./testing-counts.ts";

/** What a client asks its world for: to wait, or to make a call that costs so much. */
export type Step = { waitMs: number } | { cost: number };
/** What a call came back with. */
export type Answer = { isAllowed: boolean; retryAfterMs: number | null };
/** A client, or one worker of it: what it does, step by step. Times are milliseconds of the world's clock. */
export type Program = (world: { now: () => number; random: () => number }) => Generator<Step, void, Answer>;
export type Client = { address: string; program: Program };

/** Midnight of a day. */
export const startMs = Date.UTC(2026, 0, 5);
const roundTripMs = 40;
const answerMs = 30;

type Event = { atMs: number; order: number; run: () => void };

/** Clients against the gate's own counters on a clock that jumps from one event to the next. */
export class SimulatedTraffic {
  nowMs = startMs;
  readonly counted: CountedTraffic;
  #events: Event[] = [];
  #order = 0;
  #seed = 7;
  /** As the clients know it; `early` = when one was refused before a wait that it knew of was over. */
  readonly truth = { allowed: 0, refused: 0, early: [] as number[] };

  constructor(limit: number, windowSeconds: number, clients: readonly Client[]) {
    this.counted = new CountedTraffic(limit, windowSeconds, startMs);
    for (const { address, program } of clients) this.#start(address, program);
  }

  /** Lets it all happen up to a moment. */
  runTo(untilMs: number): void {
    for (;;) {
      const next = this.#events[0];
      if (!next || next.atMs > untilMs) break;
      this.#pop();
      this.nowMs = next.atMs;
      next.run();
    }
    this.nowMs = untilMs;
    this.counted.importTo(untilMs);
  }

  #start(address: string, program: Program): void {
    const random = () => {
      this.#seed = (this.#seed * 48_271) % 2_147_483_647;
      return this.#seed / 2_147_483_647;
    };
    let knownUntilMs = 0;
    const running = program({ now: () => this.nowMs, random });
    const advance = (answer: Answer) => {
      const { value, done } = running.next(answer);
      if (done || !value) return;
      if ("waitMs" in value) this.#after(value.waitMs, () => advance({ isAllowed: true, retryAfterMs: null }));
      else
        this.#after(roundTripMs / 2, () =>
          this.#call(address, value.cost, knownUntilMs, (answer) => {
            const toldUntilMs = this.nowMs - roundTripMs / 2 + (answer.retryAfterMs ?? 0);
            if (this.nowMs >= knownUntilMs) knownUntilMs = answer.isAllowed ? 0 : toldUntilMs;
            advance(answer);
          }),
        );
    };
    this.#after(0, () => advance({ isAllowed: true, retryAfterMs: null }));
  }

  #call(address: string, cost: number, knownUntilMs: number, answer: (one: Answer) => void): void {
    const { isAllowed, retryAfterSeconds } = this.counted.decide(this.nowMs, address, cost);
    this.truth[isAllowed ? "allowed" : "refused"]++;
    if (!isAllowed && this.nowMs < knownUntilMs) this.truth.early.push(this.nowMs);
    const retryAfterMs = retryAfterSeconds === null ? null : retryAfterSeconds * secondMs;
    this.#after(roundTripMs / 2 + (isAllowed ? answerMs : 0), () => answer({ isAllowed, retryAfterMs }));
  }

  #after(ms: number, run: () => void): void {
    const event = { atMs: this.nowMs + ms, order: this.#order++, run };
    // A heap: the next event is the first.
    const heap = this.#events;
    let at = heap.push(event) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent];
      if (!above || isBefore(above, event)) break;
      heap[at] = above;
      at = parent;
    }
    heap[at] = event;
  }

  #pop(): void {
    const heap = this.#events;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (!left) break;
      if (right && isBefore(right, left)) child++;
      const next = heap[child];
      if (!next || isBefore(last, next)) break;
      heap[at] = next;
      at = child;
    }
    heap[at] = last;
  }
}

function isBefore(a: Event, b: Event): boolean {
  return a.atMs < b.atMs || (a.atMs === b.atMs && a.order < b.order);
}
