import { dayMs, hourMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** Up to so many times what it did when it woke before it is the same job again. */
const timesBefore = 3;

/** A token that slept for a quarter of a year and now runs, for a week from its first day on; but not one that wakes like that every quarter. */
export const dormantWakes = defineDetector({
  id: "dormant_wakes",
  version: 2,
  reasonCode: "security_incident",
  halfLifeDays: 2,
  weight: 0.6,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: hourMs },
  looksAt: "history",
  defaults: { idleDays: 90, requestsPerHour: 100 },
  evaluate: ({ nowMs, decidedFromMs, usedTokens }, config) =>
    usedTokens.flatMap(({ id, createdAtMs, lastDayMs, wokeDayMs, requestsLastHour, wakesBefore = 0 }) => {
      const wokeMs = wokeDayMs ?? nowMs;
      const idleDays = Math.floor((wokeMs - (lastDayMs ?? createdAtMs)) / dayMs);
      if (idleDays < config.idleDays || requestsLastHour < config.requestsPerHour) return [];
      // Whoever looked at it after it woke knows that it is awake.
      if (decidedFromMs > wokeMs || requestsLastHour <= timesBefore * wakesBefore) return [];
      return [
        {
          scope: "token" as const,
          scopeId: id,
          severity: 1 as const,
          magnitude: requestsLastHour,
          facts: { kind: "dormant_wakes" as const, requests: requestsLastHour, idleDays },
          evidence: { requestsLastHour, idleDays },
        },
      ];
    }),
});
