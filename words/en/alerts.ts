import type { Forecast } from "../../core/rules/usage/forecast.ts";
import { type AlertKind, type AlertMessageKind, alertMessageKinds } from "../../core/rules/vocabulary.ts";
import { count, percent, percentTo } from "./numbers.ts";
import { utc } from "./time.ts";

/** What each kind of rule measures. */
export const alertKinds: Record<AlertKind, { label: string; help: string }> = {
  quota: { label: "Quota used", help: "Share of the daily quota used so far." },
  pace: { label: "Pace", help: "Share of the quota that will be used by the reset, by the lower of two estimates." },
  rate_pressure: { label: "Rate limit", help: "The fullest rate limit of any endpoint over the last minute." },
  refused_share: {
    label: "Refused",
    help: "Share of the last hour's requests that was refused; counted from 20 requests.",
  },
};

const messageKinds: Record<AlertMessageKind, string> = {
  quota: alertKinds.quota.label,
  pace: alertKinds.pace.label,
  rate_pressure: alertKinds.rate_pressure.label,
  refused_share: alertKinds.refused_share.label,
  token_expiry: "Token expiry",
  retired_secret: "Retired secret",
  token_leak: "Leaked token",
  limit_request: "Larger limit",
  exception_ending: "End of a limit exception",
  test: "Test",
};

/** What an alert of the history was about; a kind of a later version is its own name. */
export function alertMessageKind(kind: string): string {
  const known = alertMessageKinds.find((one) => one === kind);
  return known ? messageKinds[known] : kind;
}

/** "80%": a threshold, which is a whole number of percent and may be above 100. */
export function thresholdPercent(value: number): string {
  return percentTo(0, value / 100);
}

export type AlertFacts = {
  share: number;
  used: number;
  limit: number | null;
  forecast: Forecast;
  refused: number;
  total: number;
  /** The endpoint under the most pressure, as its clients know it. */
  endpoint: string;
};

/** What an alert says: what happened in numbers, and what to do. */
export function alert(kind: AlertKind, threshold: number, facts: AlertFacts): { subject: string; body: string } {
  const share = percent(facts.share);
  const used = `${count(facts.used)} of ${count(facts.limit ?? 0)} requests are used`;
  switch (kind) {
    case "quota":
      return threshold >= 100
        ? {
            subject: "The daily quota is used up",
            body: `${used}. Further calls are refused with quota_exceeded until 00:00 UTC. Cap the token that uses the most, or ask for a larger quota.`,
          }
        : {
            subject: `${thresholdPercent(threshold)} of the daily quota is used`,
            body: `${used}. The quota resets at 00:00 UTC. ${runOut(facts.forecast)}`.trim(),
          };
    case "pace":
      return {
        subject: "The daily quota will not last at this pace",
        body: `${used} so far. ${runOut(facts.forecast)}`.trim(),
      };
    case "rate_pressure":
      return {
        subject: `A rate limit is ${share} used`,
        body: `${facts.endpoint} is at ${share} of its rate limit. Calls beyond the limit are refused with rate_limited, so spread them out.`,
      };
    case "refused_share":
      return {
        subject: `${share} of requests were refused`,
        body: `${count(facts.refused)} of ${count(facts.total)} requests in the last hour were refused. Refusals shows the reason for each and what to do.`,
      };
  }
}

function runOut(forecast: Forecast): string {
  if (forecast.kind !== "runs_out") return "";
  const at = (ms: number) => utc(ms, "time");
  if (forecast.untilMs === null) return `It may run out at ${at(forecast.fromMs)}.`;
  return forecast.untilMs === forecast.fromMs
    ? `At this pace it runs out around ${at(forecast.fromMs)}.`
    : `At this pace it runs out between ${at(forecast.fromMs)} and ${at(forecast.untilMs)}.`;
}
