/**
 * How old what the gate believes may be. Every heartbeat sends a notification that must come back on the connection that
 * listens: only that proves that changes reach this gate. What it sent last and got back is the age of the cache.
 */
export class Freshness {
  readonly #maxStaleMs: number;
  #provenMs: number | null = null;
  #sent = new Map<string, number>();

  constructor(maxStaleSeconds: number) {
    this.#maxStaleMs = maxStaleSeconds * 1000;
  }

  /** `ping` is about to be sent. Times are steady milliseconds. */
  sent(ping: string, steadyMs: number): void {
    this.#sent.set(ping, steadyMs);
    for (const [old, atMs] of this.#sent) if (steadyMs - atMs > this.#maxStaleMs) this.#sent.delete(old);
  }

  /** `ping` came back: everything that was committed before it was sent has been heard of. */
  returned(ping: string): void {
    const sentMs = this.#sent.get(ping);
    if (sentMs === undefined) return;
    this.#sent.delete(ping);
    this.#provenMs = Math.max(this.#provenMs ?? sentMs, sentMs);
  }

  /** The connection that listens was lost: what was sent over the old one proves nothing about the new one. */
  lost(): void {
    this.#sent.clear();
  }

  /** Milliseconds since the state was last known to be complete; Infinity before the first time. */
  ageMs(steadyMs: number): number {
    return this.#provenMs === null ? Number.POSITIVE_INFINITY : Math.max(0, steadyMs - this.#provenMs);
  }

  isStale(steadyMs: number): boolean {
    return this.ageMs(steadyMs) > this.#maxStaleMs;
  }
}
