import { secondMs } from "../time.ts";
import { rateLimited, refusedOf, type SpellDiagnosis, waitingIn } from "./finding.ts";
import { leastEarlyShare, minimumEarly } from "./retries-without-waiting.ts";

/** Closer together, tries are a loop without any wait. */
const leastGapMs = 500;

/** Waits a fixed time after each refusal, shorter than it is told, and no longer after the next: a retry with its own idea of time. */
export const noBackoff: SpellDiagnosis = {
  kind: "no_backoff",
  unless: ["cost_above_limit"],
  findIn: (spell, counts, ease) => {
    const { tokenId, endpointId, fromMs, toMs } = spell;
    const { retry, early: all } = waitingIn(spell, ease);
    const refused = refusedOf(spell.seconds);
    const early = Math.min(refused, all);
    if (early < ease * minimumEarly || early < ease * leastEarlyShare * refused || retry === null) return null;
    if (retry.grows || retry.gapMs < leastGapMs || retry.gapMs >= retry.toldMs) return null;
    return {
      ...{ kind: "no_backoff", tokenId, endpointId, fromMs, toMs, requests: early },
      refused: rateLimited(counts, spell),
      facts: { early, refused, gapMs: retry.gapMs, toldSeconds: retry.toldMs / secondMs },
    };
  },
};
