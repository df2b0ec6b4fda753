import { defineDetector } from "./detector.ts";

/** Goes on calling after the quota is used up, as if nothing had been said. */
export const quotaOverrun = defineDetector({
  id: "quota_overrun",
  version: 1,
  reasonCode: "quota_excess",
  halfLifeDays: 2,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: ["quota_exceeded"], lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { shareOfQuota: 0.2, minimumRefused: 100 },
  evaluate: ({ accountId, quota }, config) => {
    const { limit, refusedToday } = quota;
    if (limit === null || refusedToday < config.minimumRefused || refusedToday < config.shareOfQuota * limit) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: 2,
        magnitude: refusedToday,
        facts: { kind: "quota_overrun", refused: refusedToday, quota: limit },
        evidence: { refusedByQuotaToday: refusedToday, quota: limit },
      },
    ];
  },
});
