import { dayMs } from "../time.ts";
import { byToken, defineDetector, quantile, type Signal } from "./detector.ts";

/** One token from many networks, many more than it ever used: handed around, built into a product, or stolen. */
export const tokenSharing = defineDetector({
  id: "token_sharing",
  version: 1,
  reasonCode: "token_sharing",
  halfLifeDays: 2,
  weight: 0.8,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { networks: 9, timesUsual: 3, networksSevere: 50 },
  evaluate: ({ nowMs, decidedFromMs, networks }, config) => {
    // Networks are known by the day: the day of a decision says nothing of what came after it.
    if (decidedFromMs >= Math.floor(nowMs / dayMs) * dayMs) return [];
    const today = new Date(nowMs).toISOString().slice(0, 10);
    const yesterday = new Date(nowMs - dayMs).toISOString().slice(0, 10);
    const signals: Signal[] = [];
    for (const [tokenId, days] of byToken(networks)) {
      const now = Math.max(0, ...days.filter((one) => one.day === today).map((one) => one.networks));
      const usual = quantile(
        days.filter((one) => one.day < yesterday).map((one) => one.networks),
        0.95,
      );
      if (now <= config.networks || now <= config.timesUsual * usual) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: now >= config.networksSevere ? 2 : 1,
        magnitude: now,
        facts: { kind: "token_sharing", networks: now, usual },
        evidence: { networksToday: now, usualNetworks: usual },
      });
    }
    return signals;
  },
});
