import type { LimitName } from "../../rules/limits/catalogue.ts";
import type { DecisionCode } from "../../rules/vocabulary.ts";

/** What was decided about a request, as far as its repetition needs it. */
export type RememberedAnswer = {
  atMs: number;
  code: DecisionCode;
  spent: number;
  receipt: string | null;
  limiter: LimitName | null;
  retryAfterSeconds: number | null;
};

export const rememberMs = 10_000;
const generationMs = rememberMs / 2;
const maxEntries = 1_000_000;

/** Tells one request from all others: the same id from another gateway, token or endpoint is another request. */
export function requestKey(caller: string, requestId: string, token: string, endpointId: number): string {
  return `${requestId} ${caller} ${token} ${endpointId}`;
}

/**
 * Answers of the last 10 s by request id, so that a gateway's retries count once. Kept in generations, so that forgetting
 * costs nothing per entry.
 */
export class RequestMemory {
  #newest = new Map<string, RememberedAnswer>();
  #older: Map<string, RememberedAnswer>[] = [];
  #turnAtMs = 0;

  get size(): number {
    return this.#older.reduce((sum, one) => sum + one.size, this.#newest.size);
  }

  find(key: string, nowMs: number): RememberedAnswer | null {
    const found = this.#newest.get(key) ?? this.#older.find((one) => one.has(key))?.get(key);
    return found && Math.abs(nowMs - found.atMs) < rememberMs ? found : null;
  }

  remember(key: string, answer: RememberedAnswer, nowMs: number): void {
    if (nowMs >= this.#turnAtMs || nowMs < this.#turnAtMs - generationMs || this.#newest.size >= maxEntries / 3) {
      this.#older = [this.#newest, ...this.#older].slice(0, 2);
      this.#newest = new Map();
      this.#turnAtMs = nowMs + generationMs;
    }
    this.#newest.set(key, answer);
  }

  forget(key: string): void {
    this.#newest.delete(key);
    for (const one of this.#older) one.delete(key);
  }
}
