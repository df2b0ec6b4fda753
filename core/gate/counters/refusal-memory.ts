import { limitNamed } from "../../rules/limits/catalogue.ts";
import type { LimitsAsked, Taken } from "./counters.ts";

type Remembered = { taken: Taken; cost: number; limit: number; fromMs: number; untilMs: number };

/** Longest time a refusal is repeated without asking again, milliseconds. */
const longestMs = 1_000;
const maxEntries = 50_000;

/**
 * What Redis has just refused and will refuse again until something leaves the window: asked again meanwhile, it is answered
 * here. So a client that hammers against its limit costs no round trips. A changed limit, or a smaller cost, is asked anew.
 */
export class RefusalMemory {
  readonly #refusals = new Map<string, Remembered>();

  find(asked: LimitsAsked, cost: number, nowMs: number): Taken | null {
    if (cost === 0 || this.#refusals.size === 0) return null;
    const found = this.#refusals.get(keyOf(asked));
    if (!found || cost < found.cost || nowMs >= found.untilMs || nowMs < found.fromMs) return null;
    const { refusedBy } = found.taken;
    if (refusedBy === null || asked.amounts[limitNamed[refusedBy.name].place] !== found.limit) return null;
    return found.taken;
  }

  /** `waitMs` = when the first of what was spent leaves the window. */
  remember(
    asked: LimitsAsked,
    cost: number,
    taken: Taken,
    { fromMs, waitMs }: { fromMs: number; waitMs: number },
  ): void {
    const { refusedBy } = taken;
    const untilMs = fromMs + Math.min(longestMs, waitMs);
    if (refusedBy === null || untilMs <= fromMs) return;
    if (this.#refusals.size >= maxEntries) this.#refusals.clear();
    this.#refusals.set(keyOf(asked), { taken, cost, limit: refusedBy.limit, fromMs, untilMs });
  }

  clear(): void {
    this.#refusals.clear();
  }

  sweep(nowMs: number): void {
    for (const [key, one] of this.#refusals) {
      if (nowMs < one.untilMs) break;
      this.#refusals.delete(key);
    }
  }
}

function keyOf({ accountId, tokenId, endpointId }: LimitsAsked): string {
  return `${accountId} ${tokenId} ${endpointId}`;
}
