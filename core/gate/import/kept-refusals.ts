import { minuteMs, secondMs } from "../../rules/time.ts";
import { nilId } from "../../rules/uuid.ts";
import type { JournalRecord } from "../journal/journal-line.ts";

/** Per token, code and minute; what is left out is still counted in usage. */
export const refusalsKept = 30;
/** Attempts with tokens that name no account share one nil token. */
export const unknownRefusalsKept = 300;

/** Refusals of earlier batches that are kept: of one token, code, minute and endpoint. */
export type KeptBefore = {
  tokenId: string;
  code: string;
  minuteMs: number;
  endpointId: number;
  kept: number;
  /** When the last of their waits is over; null = they told none. */
  waitEndsMs: number | null;
};

/**
 * Chooses which refusals are kept. The first ones of each minute; and after them each that no kept wait covers, so that every
 * time of waiting has its beginning, and whether its client kept it can be told. A wait is a second or more: 60 in a minute at most.
 */
export class KeptRefusals {
  readonly #counts = new Map<string, number>();
  readonly #waitEnds = new Map<string, number>();

  constructor(before: readonly KeptBefore[] = []) {
    for (const { tokenId, code, minuteMs, endpointId, kept, waitEndsMs } of before) {
      const key = keyOf(tokenId, minuteMs, code);
      this.#counts.set(key, (this.#counts.get(key) ?? 0) + kept);
      if (waitEndsMs !== null) this.#waitEnds.set(`${key} ${endpointId}`, waitEndsMs);
    }
  }

  keeps({ tokenId, atMs, code, endpointId, refusal }: JournalRecord): boolean {
    const key = keyOf(tokenId ?? nilId, atMs, code);
    const count = this.#counts.get(key) ?? 0;
    const most = tokenId === null ? unknownRefusalsKept : refusalsKept;
    const seconds = code === "rate_limited" ? (refusal?.retryAfterSeconds ?? null) : null;
    const waitKey = `${key} ${endpointId}`;
    const coveredUntilMs = this.#waitEnds.get(waitKey) ?? 0;
    if (count >= most && (seconds === null || seconds === 0 || atMs < coveredUntilMs)) return false;
    this.#counts.set(key, count + 1);
    if (seconds !== null) this.#waitEnds.set(waitKey, Math.max(coveredUntilMs, atMs + seconds * secondMs));
    return true;
  }
}

function keyOf(tokenId: string, atMs: number, code: string): string {
  return `${tokenId} ${atMs - (atMs % minuteMs)} ${code}`;
}
