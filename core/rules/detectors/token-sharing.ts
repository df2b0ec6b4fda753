import { quantile } from "../quantile.ts";
import { dayMs } from "../time.ts";
import { byToken, defineDetector, isoDayOf, type Signal } from "./detector.ts";

/** Requests per day above which it is more traffic than usual, not noise. */
const usualShare = 0.95;

/**
 * One token from many networks, many more than it or any other of its account ever used: handed around, built into a product, or stolen.
 * Each who holds a copy brings traffic of his own; a client whose egress only moves does not, and needs many more networks to be
 * told. The first days of a token teach what is usual: an app on thousands of phones begins like that.
 */
export const tokenSharing = defineDetector({
  id: "token_sharing",
  version: 2,
  reasonCode: "token_sharing",
  halfLifeDays: 2,
  weight: 0.8,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: true,
  offence: { outcomes: "any", lookBackMs: "utc_day" },
  looksAt: "history",
  defaults: { networks: 9, timesUsual: 3, networksQuiet: 19, timesTraffic: 1.5, minimumDays: 7, networksSevere: 50 },
  evaluate: ({ nowMs, decidedFromMs, networks }, config) => {
    // Networks are known by the day: the day of a decision says nothing of what came after it.
    if (decidedFromMs >= Math.floor(nowMs / dayMs) * dayMs) return [];
    const [today, yesterday] = [isoDayOf(nowMs), isoDayOf(nowMs - dayMs)];
    const before = (days: typeof networks) => days.filter((one) => one.day < yesterday);
    const usualOf = (days: typeof networks, of: (day: (typeof networks)[number]) => number) =>
      quantile(before(days).map(of), usualShare);
    const tokens = byToken(networks);
    // A second token of an app on many phones is used from as many.
    const ofAccount = Math.max(0, ...[...tokens.values()].map((days) => usualOf(days, (one) => one.networks)));
    const signals: Signal[] = [];
    for (const [tokenId, days] of tokens) {
      const now = days.find((one) => one.day === today);
      if (!now || before(days).length < config.minimumDays) continue;
      if (now.networks <= config.networks || now.networks <= config.timesUsual * ofAccount) continue;
      const usualTraffic = usualOf(days, (one) => one.requests ?? 0);
      const isLouder = now.requests === undefined || now.requests >= config.timesTraffic * usualTraffic;
      if (!isLouder && now.networks <= config.networksQuiet) continue;
      signals.push({
        scope: "token",
        scopeId: tokenId,
        severity: now.networks >= config.networksSevere ? 2 : 1,
        magnitude: now.networks,
        facts: { kind: "token_sharing", networks: now.networks, usual: ofAccount },
        evidence: { networksToday: now.networks, usualNetworks: ofAccount },
      });
    }
    return signals;
  },
});
