import type { Grouping, UsageRange } from "../../core/rules/usage/usage-range.ts";
import { duration } from "./numbers.ts";

/** How a range is offered where there is little room. */
export const usageRanges: Record<UsageRange, string> = {
  live: "Live",
  "1h": "1 h",
  "24h": "24 h",
  "7d": "7 d",
  "30d": "30 d",
  "90d": "90 d",
  "13m": "13 months",
};

/** By what usage is grouped: as a choice, and as the heading of a column. */
export const groupings: Record<Grouping, { choice: string; column: string }> = {
  outcome: { choice: "Allowed and refused", column: "Outcome" },
  code: { choice: "Decision", column: "Decision" },
  token: { choice: "Token", column: "Token" },
  endpoint: { choice: "Endpoint", column: "Endpoint" },
  surface: { choice: "Surface", column: "Surface" },
};

/** "Requests by minute", "Requests every 15 min": how finely a chart counts, after what it counts. */
export function step(seconds: number): string {
  switch (seconds) {
    case 1:
      return "by second";
    case 60:
      return "by minute";
    case 3_600:
      return "by hour";
    case 86_400:
      return "by UTC day";
    default:
      return `every ${duration(seconds)}`;
  }
}
