/**
 * Keeps something that is read whole true to what it is read from. One reading at a time: of two that overlap, the older answer may
 * arrive last, and would stand until the next change. A change that is announced during a reading is read after it.
 */
export class SerialReload {
  readonly #read: () => Promise<void>;
  #isDue = true;
  #running: Promise<void> | null = null;

  /** `read` reads and takes what it has read. */
  constructor(read: () => Promise<void>) {
    this.#read = read;
  }

  /** What was read may be older than what is there now. */
  changed(): void {
    this.#isDue = true;
  }

  /** Resolves when everything announced before is taken. Rejects when it cannot be read; it stays due then. */
  async settle(): Promise<void> {
    while (this.#isDue || this.#running !== null) {
      this.#running ??= this.#readOnce().finally(() => {
        this.#running = null;
      });
      await this.#running;
    }
  }

  async #readOnce(): Promise<void> {
    this.#isDue = false;
    try {
      await this.#read();
    } catch (error) {
      this.#isDue = true;
      throw error;
    }
  }
}
