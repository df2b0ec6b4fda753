import { hourMs, minuteMs } from "../time.ts";
import type { Waiting } from "../usage/waiting.ts";
import { type AccountWindow, byToken, defineDetector, type MinuteCount, type Signal, sum } from "./detector.ts";
import { waitingByToken } from "./waiting-by-token.ts";

/**
 * Too many requests over the rate limit, as a share and as a number, in two windows that must agree: a short one that says it
 * is happening, a long one that says it is not a hiccup. Only allowed and rate-limited requests count; other refusals are
 * other detectors' business. Thresholds: moderation design, from SRE multi-window alerts and Google's deny-ratio signal.
 *
 * Silent about a client that waits as long as Retry-After says: it wants more than the limit and takes no more than that.
 */
export const rateExcess = defineDetector({
  id: "rate_excess",
  version: 2,
  reasonCode: "rate_excess",
  halfLifeDays: 2,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: true,
  isSilencedByLeak: false,
  offence: { outcomes: ["rate_limited"], lookBackMs: hourMs },
  looksAt: "minutes",
  defaults: { shareShort: 0.2, shareLong: 0.1, minimumRefused: 100, shareSevere: 0.5 },
  evaluate: (window, config) => {
    const waiting = waitingByToken(window);
    const obedient = new Set([...waiting].filter((one) => keepsWaiting(window, ...one)).map(([tokenId]) => tokenId));
    const counted = window.minutes.filter(({ tokenId }) => !obedient.has(tokenId));
    const signals = [...byToken(counted)].flatMap(([tokenId, counts]) =>
      judge(window, config, counts, "token", tokenId),
    );
    // Spread over many tokens each may stay below; the account as a whole does not.
    return signals.length > 0 ? signals : judge(window, config, counted, "account", window.accountId);
  },
});

type Config = { shareShort: number; shareLong: number; minimumRefused: number; shareSevere: number };

/** Of a token's refusals of the last ten minutes, all its addresses taken together. */
const mostEarly = 0.2;

/** Of refusals by the thousand only some are kept; where they are the smaller part nothing is said for their client. */
function keepsWaiting(
  { waits, minutes, nowMs }: AccountWindow,
  tokenId: string,
  endpoints: readonly Waiting[],
): boolean {
  const told = waits.filter((one) => one.tokenId === tokenId).length;
  const own = minutes.filter((one) => one.tokenId === tokenId);
  const refused = sum(own, nowMs - 10 * minuteMs, ["rate_limited"]);
  const early = endpoints.reduce((all, one) => all + one.earlyTogether, 0);
  return told > 0 && told >= 0.5 * refused && early < mostEarly * told;
}

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
