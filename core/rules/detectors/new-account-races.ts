import { dayMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** A young account with far more traffic than its plan's established customers. */
export const newAccountRaces = defineDetector({
  id: "new_account_races",
  version: 1,
  reasonCode: "other",
  halfLifeDays: 7,
  weight: 0.6,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: "any", lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { youngDays: 30, timesCohort: 3, timesCohortSevere: 10, minimumRequests: 1_000 },
  evaluate: ({ nowMs, accountId, createdAtMs, cohortP95, requestsToday }, config) => {
    const ageDays = Math.floor((nowMs - createdAtMs) / dayMs);
    if (ageDays > config.youngDays || cohortP95 === null || requestsToday < config.minimumRequests) return [];
    const times = requestsToday / Math.max(1, cohortP95);
    if (times <= config.timesCohort) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: times >= config.timesCohortSevere ? 2 : 1,
        magnitude: requestsToday,
        facts: { kind: "new_account_races", requests: requestsToday, ageDays, cohortP95 },
        evidence: { requestsToday, ageDays, cohortP95: Math.round(cohortP95) },
      },
    ];
  },
});
