import { count } from "../number-words.ts";
import { defineDetector } from "./detector.ts";

const dayMs = 86_400_000;

/** A token that slept for a quarter of a year and now runs. */
export const dormantWakes = defineDetector({
  id: "dormant_wakes",
  version: 1,
  title: "Dormant token wakes",
  meaning: "A token that was not used for a long time is used a lot.",
  reasonCode: "security_incident",
  halfLifeDays: 2,
  weight: 0.6,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
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
          summary: `${count(requestsLastHour)} requests in an hour after ${idleDays} days without any`,
          evidence: { requestsLastHour, idleDays },
        },
      ];
    }),
});
