import { dayMs, hourMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** A token that slept for a quarter of a year and now runs. */
export const dormantWakes = defineDetector({
  id: "dormant_wakes",
  version: 1,
  reasonCode: "security_incident",
  halfLifeDays: 2,
  weight: 0.6,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: hourMs },
  looksAt: "history",
  defaults: { idleDays: 90, requestsPerHour: 100 },
  evaluate: ({ nowMs, usedTokens }, config) =>
    usedTokens.flatMap(({ id, createdAtMs, lastDayMs, requestsLastHour }) => {
      const idleDays = Math.floor((nowMs - (lastDayMs ?? createdAtMs)) / dayMs);
      if (idleDays < config.idleDays || requestsLastHour < config.requestsPerHour) return [];
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
