import { secondMs } from "../time.ts";
import { waitingOf } from "../usage/waiting.ts";
import { type Diagnosis, rateLimited, refusedOf } from "./finding.ts";
import { leastEarlyShare, minimumEarly } from "./retries-without-waiting.ts";

/** Closer together, tries are a loop without any wait. */
const leastGapMs = 500;

/** Waits a fixed time after each refusal, shorter than it is told, and no longer after the next: a retry with its own idea of time. */
export const noBackoff: Diagnosis = {
  kind: "no_backoff",
  unless: ["cost_above_limit"],
  find: ({ spells, counts }) =>
    spells.flatMap((spell) => {
      const { tokenId, endpointId, fromMs, toMs, seconds, waits } = spell;
      const refused = refusedOf(seconds);
      const waiting = waitingOf(waits, seconds);
      const early = Math.min(refused, waiting.early);
      const { retry } = waiting;
      if (early < minimumEarly || early < leastEarlyShare * refused || retry === null) return [];
      if (retry.grows || retry.gapMs < leastGapMs || retry.gapMs >= retry.toldMs) return [];
      return [
        {
          ...{ kind: "no_backoff", tokenId, endpointId, fromMs, toMs, requests: early },
          refused: rateLimited(counts, spell),
          facts: { early, refused, gapMs: retry.gapMs, toldSeconds: retry.toldMs / secondMs },
        },
      ];
    }),
};
