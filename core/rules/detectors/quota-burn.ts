import { dayMs, hourMs } from "../time.ts";
import { defineDetector } from "./detector.ts";

/** The quota is gone long before the day is: at noon, at dawn, or day after day. */
export const quotaBurn = defineDetector({
  id: "quota_burn",
  version: 1,
  reasonCode: "quota_excess",
  halfLifeDays: 3,
  weight: 0.8,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  looksAt: "history",
  defaults: { beforeHour: 12, severeBeforeHour: 6, daysOfSeven: 3 },
  evaluate: ({ nowMs, accountId, quota }, config) => {
    const { limit, exhaustedAtMs, exhaustedDays, spentToday } = quota;
    if (limit === null || limit === 0 || exhaustedAtMs === null) return [];
    const hour = (exhaustedAtMs - Math.floor(nowMs / dayMs) * dayMs) / hourMs;
    const isOften = exhaustedDays >= config.daysOfSeven;
    if (hour >= config.beforeHour && !isOften) return [];
    return [
      {
        scope: "account",
        scopeId: accountId,
        severity: hour < config.severeBeforeHour ? 2 : 1,
        magnitude: exhaustedDays,
        facts: { kind: "quota_burn", quota: limit, usedUpAtMs: exhaustedAtMs, days: exhaustedDays },
        evidence: { quota: limit, spentToday, exhaustedDays, exhaustedHour: Math.floor(hour) },
      },
    ];
  },
});
