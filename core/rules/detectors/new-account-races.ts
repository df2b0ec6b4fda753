import { dayMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/**
 * A young account with far more traffic than its plan's established customers. Between 30 and 90 days of age ever more is needed, up to three
 * times as much, so that no day of its life lets everything pass. A second account of an old customer is none.
 */
export const newAccountRaces = defineDetector({
  id: "new_account_races",
  version: 2,
  reasonCode: "other",
  halfLifeDays: 7,
  weight: 0.6,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: "any", lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { youngDays: 30, timesCohort: 3, timesCohortSevere: 10, minimumRequests: 1_000, fadingDays: 90 },
  evaluate: ({ nowMs, accountId, createdAtMs, cohortP95, requestsToday, hasOlderSister = false }, config) => {
    const ageDays = Math.floor((nowMs - createdAtMs) / dayMs);
    if (
      hasOlderSister ||
      ageDays > Math.max(config.youngDays, config.fadingDays) ||
      cohortP95 === null ||
      requestsToday < config.minimumRequests
    )
      return [];
    const times = requestsToday / Math.max(1, cohortP95);
    const older = Math.max(1, ageDays / Math.max(1, config.youngDays));
    if (times <= config.timesCohort * older) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: times >= config.timesCohortSevere * older ? 2 : 1,
        magnitude: requestsToday,
        facts: { kind: "new_account_races", requests: requestsToday, ageDays, cohortP95 },
        evidence: { requestsToday, ageDays, cohortP95: Math.round(cohortP95) },
      },
    ];
  },
});
