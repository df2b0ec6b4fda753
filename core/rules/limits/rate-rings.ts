import { isRateRingIdle, newRateRing, type RateRing } from "./rate-limit.ts";

/** Sliding windows by key, at most so many: beyond that the idle ones go, and if there are none the oldest. */
export class RateRings {
  readonly #rings = new Map<string, RateRing>();
  readonly #windowSeconds: number;
  readonly #most: number;

  constructor(windowSeconds: number, most = 10_000) {
    this.#windowSeconds = windowSeconds;
    this.#most = most;
  }

  of(key: string, nowMs: number): RateRing {
    const known = this.#rings.get(key);
    if (known) return known;
    if (this.#rings.size >= this.#most) this.#makeRoom(nowMs);
    const made = newRateRing(this.#windowSeconds);
    this.#rings.set(key, made);
    return made;
  }

  clear(): void {
    this.#rings.clear();
  }

  #makeRoom(nowMs: number): void {
    for (const [other, ring] of this.#rings) if (isRateRingIdle(ring, nowMs)) this.#rings.delete(other);
    const [oldest] = this.#rings.keys();
    if (this.#rings.size >= this.#most && oldest !== undefined) this.#rings.delete(oldest);
  }
}
