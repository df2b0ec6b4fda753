import type { UsageRange } from "#core/rules/usage/usage-range.ts";

/** How a range is offered where there is little room. */
export const usageRangeLabels: Record<UsageRange, string> = {
  live: "Live",
  "1h": "1 h",
  "24h": "24 h",
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  "13m": "13 months",
};
