import { count, percent } from "../number-words.ts";
import { defineDetector } from "./detector.ts";

/** Goes on calling after the quota is used up, as if nothing had been said. */
export const quotaOverrun = defineDetector({
  id: "quota_overrun",
  version: 1,
  title: "Calls after the quota",
  meaning: "Keeps calling although the daily quota is used up.",
  reasonCode: "quota_excess",
  halfLifeDays: 2,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  looksAt: "history",
  defaults: { shareOfQuota: 0.2, minimumRefused: 100 },
  evaluate: ({ accountId, quota }, config) => {
    const { limit, refusedToday } = quota;
    if (limit === null || refusedToday < config.minimumRefused || refusedToday < config.shareOfQuota * limit) return [];
    const share = limit === 0 ? "all" : percent(refusedToday / limit);
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: 2,
        magnitude: refusedToday,
        summary: `${count(refusedToday)} calls refused by the quota today, ${share} of the quota of ${count(limit)}`,
        evidence: { refusedByQuotaToday: refusedToday, quota: limit },
      },
    ];
  },
});
