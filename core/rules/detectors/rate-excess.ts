import { minuteMs } from "../time.ts";
import { type AccountWindow, byToken, defineDetector, type MinuteCount, type Signal, sum } from "./detector.ts";

/**
 * Too many requests over the rate limit, as a share and as a number, in two windows that must agree: a short one that says it
 * is happening, a long one that says it is not a hiccup. Only allowed and rate-limited requests count; other refusals are
 * other detectors' business. Thresholds: moderation design, from SRE multi-window alerts and Google's deny-ratio signal.
 */
export const rateExcess = defineDetector({
  id: "rate_excess",
  version: 1,
  reasonCode: "rate_excess",
  halfLifeDays: 2,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  looksAt: "minutes",
  defaults: { shareShort: 0.2, shareLong: 0.1, minimumRefused: 100, shareSevere: 0.5 },
  evaluate: (window, config) => {
    const signals = [...byToken(window.minutes)].flatMap(([tokenId, counts]) =>
      judge(window, config, counts, "token", tokenId),
    );
    // Spread over many tokens each may stay below; the account as a whole does not.
    return signals.length > 0 ? signals : judge(window, config, window.minutes, "account", window.accountId);
  },
});

type Config = { shareShort: number; shareLong: number; minimumRefused: number; shareSevere: number };

function judge(
  window: AccountWindow,
  config: Config,
  counts: readonly MinuteCount[],
  scope: "token" | "account",
  scopeId: string,
): Signal[] {
  const short = share(counts, window.nowMs - 10 * minuteMs);
  const long = share(counts, window.nowMs - 60 * minuteMs);
  if (short.share < config.shareShort || long.share < config.shareLong || long.refused < config.minimumRefused)
    return [];
  return [
    {
      scope,
      scopeId,
      severity: long.share >= config.shareSevere ? 2 : 1,
      magnitude: long.refused,
      facts: {
        kind: "rate_excess",
        shareOf10Minutes: short.share,
        shareOf60Minutes: long.share,
        refused: long.refused,
        requests: long.all,
      },
      evidence: {
        refused10Minutes: short.refused,
        requests10Minutes: short.all,
        refused60Minutes: long.refused,
        requests60Minutes: long.all,
      },
    },
  ];
}

function share(counts: readonly MinuteCount[], fromMs: number) {
  const refused = sum(counts, fromMs, ["rate_limited"]);
  const all = refused + sum(counts, fromMs, ["allowed"]);
  return { refused, all, share: all === 0 ? 0 : refused / all };
}
