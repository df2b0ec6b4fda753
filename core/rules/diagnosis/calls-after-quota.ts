import { findLimit } from "../limits/catalogue.ts";
import { dayStartMs } from "../limits/quota.ts";
import type { AccountDiagnosis } from "./finding.ts";

const minimumRefused = 50;
/** Of the quota. A client that stops at the first refusal stays below both. */
const leastShare = 0.01;

/** Goes on calling when the day's quota is gone; nothing before 00:00 UTC can be let through. */
export const callsAfterQuota: AccountDiagnosis = {
  kind: "calls_after_quota",
  find: ({ counts, refused: kept, quotaPerDay, nowMs }) => {
    const byToken = new Map<string, { requests: number; lastAtMs: number; endpointId: number; most: number }>();
    for (const { tokenId, endpointId, outcome, requestsToday, lastAtMs } of counts) {
      if (outcome !== "quota_exceeded" || requestsToday === 0) continue;
      const sum = byToken.get(tokenId) ?? { requests: 0, lastAtMs: 0, endpointId, most: 0 };
      if (requestsToday > sum.most) Object.assign(sum, { endpointId, most: requestsToday });
      sum.requests += requestsToday;
      sum.lastAtMs = Math.max(sum.lastAtMs, lastAtMs);
      byToken.set(tokenId, sum);
    }
    return [...byToken].flatMap(([tokenId, { requests, lastAtMs, endpointId }]) => {
      if (requests < Math.max(minimumRefused, leastShare * (quotaPerDay ?? 0))) return [];
      const isTokenCap = kept.some((one) => one.tokenId === tokenId && isOfToken(one.limiterName));
      return [
        {
          ...{ kind: "calls_after_quota", tokenId, endpointId, fromMs: dayStartMs(nowMs), toMs: lastAtMs },
          ...{ requests, refused: requests },
          facts: { requests, isTokenCap },
        },
      ];
    });
  },
};

function isOfToken(limiterName: string | null): boolean {
  const limit = limiterName === null ? undefined : findLimit(limiterName);
  return limit?.kind === "quota" && limit.countedBy === "token";
}
