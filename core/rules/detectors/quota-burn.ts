import { dayMs, hourMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/**
 * The quota is gone long before the day is, at noon, at dawn or day after day, and the client goes on calling. Using what one has bought is
 * no abuse, whenever: who stops when the quota is gone, as a nightly job may in its first minutes, is not told of.
 */
export const quotaBurn = defineDetector({
  id: "quota_burn",
  version: 2,
  reasonCode: "quota_excess",
  halfLifeDays: 3,
  weight: 0.8,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: ["quota_exceeded"], lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { beforeHour: 12, severeBeforeHour: 6, daysOfSeven: 3, minimumRefused: 50, shareOfQuota: 0.01 },
  evaluate: ({ nowMs, accountId, quota }, config) => {
    const { limit, exhaustedAtMs, exhaustedDays, spentToday, refusedToday } = quota;
    if (limit === null || limit === 0 || exhaustedAtMs === null) return [];
    if (refusedToday < Math.max(config.minimumRefused, config.shareOfQuota * limit)) return [];
    const hour = (exhaustedAtMs - Math.floor(nowMs / dayMs) * dayMs) / hourMs;
    const isOften = exhaustedDays >= config.daysOfSeven;
    if (hour >= config.beforeHour && !isOften) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: hour < config.severeBeforeHour ? 2 : 1,
        magnitude: exhaustedDays,
        facts: {
          kind: "quota_burn",
          quota: limit,
          usedUpAtMs: exhaustedAtMs,
          days: exhaustedDays,
          refused: refusedToday,
        },
        evidence: {
          quota: limit,
          spentToday,
          refusedByQuotaToday: refusedToday,
          exhaustedDays,
          exhaustedHour: Math.floor(hour),
        },
      },
    ];
  },
});
