import { z } from "zod";
import * as words from "#words/words.ts";
import { AppError } from "../frame/errors.ts";
import { hourMs } from "../rules/time.ts";

const keptMs = hourMs;
/** Asked at most this often, whatever came of it, so that forged calls cannot make us call out at will. */
const askAgainMs = 60_000;
const timeoutMs = 5_000;

const answerSchema = z.object({
  public_keys: z.array(z.object({ key_identifier: z.string(), key: z.string() })).max(100),
});

/** The scanner's public keys (PEM) by id, fetched from a configured address and kept for an hour. */
export class ScanningKeys {
  readonly #url: string;
  #keys = new Map<string, string>();
  #fetchedAtMs = Number.NEGATIVE_INFINITY;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  /** The last attempt, under way or settled: whoever may not ask again shares what it came to. */
  #attempt: Promise<void> = Promise.resolve();

  constructor(url: string) {
    this.#url = url;
  }

  /** Null = the scanner has no such key. Throws `unavailable` when the keys cannot be read. */
  async find(id: string, nowMs: number): Promise<string | null> {
    if (nowMs - this.#fetchedAtMs > keptMs || !this.#keys.has(id)) {
      if (nowMs - this.#askedAtMs > askAgainMs) {
        this.#askedAtMs = nowMs;
        this.#attempt = this.#fetch(nowMs);
      }
      await this.#attempt;
    }
    return this.#keys.get(id) ?? null;
  }

  async #fetch(nowMs: number): Promise<void> {
    try {
      const answer = await fetch(this.#url, {
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: "application/json" },
      });
      const { public_keys: found } = answerSchema.parse(await answer.json());
      this.#keys = new Map(found.map((one) => [one.key_identifier, one.key]));
      this.#fetchedAtMs = nowMs;
    } catch (cause) {
      throw new AppError("unavailable", words.errors.scannerKeysAway, {
        cause,
        retryAfterSeconds: 60,
      });
    }
  }
}
