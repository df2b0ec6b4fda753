import { dayStartMs } from "../limits/quota.ts";
import { type AccountDiagnosis, sumCounts } from "./finding.ts";

/** Of the quota, before it is worth telling; of what is spent, for one token to be the one. */
const leastSpentShare = 0.8;
const leastOwnShare = 0.8;

/** One token takes the day's quota from the others of the account. */
export const quotaSpentByOneToken: AccountDiagnosis = {
  kind: "quota_spent_by_one_token",
  find: ({ counts, quotaPerDay, nowMs }) => {
    if (quotaPerDay === null || quotaPerDay === 0) return [];
    const spending = sumCounts(counts, ["allowed"], "token")
      .filter((one) => one.spentToday > 0)
      .sort((a, b) => b.spentToday - a.spentToday);
    const spent = spending.reduce((sum, one) => sum + one.spentToday, 0);
    const [most, ...others] = spending;
    if (!most || spent < leastSpentShare * quotaPerDay || most.spentToday < leastOwnShare * spent) return [];
    const refusedOthers = counts
      .filter((one) => one.outcome === "quota_exceeded" && one.tokenId !== most.tokenId)
      .reduce((sum, one) => sum + one.requestsToday, 0);
    // Alone, it takes nothing from anybody.
    if (others.length === 0 && refusedOthers === 0) return [];
    return [
      {
        ...{ kind: "quota_spent_by_one_token", tokenId: most.tokenId, endpointId: null, fromMs: dayStartMs(nowMs) },
        ...{ toMs: most.lastAtMs, requests: most.spentToday, refused: refusedOthers },
        facts: { spent: most.spentToday, spentByAll: spent, quotaPerDay, refusedOthers },
      },
    ];
  },
};
