import type { Forecast } from "../rules/usage/forecast.ts";
import type { AlertKind } from "../rules/vocabulary.ts";

export type Seen = {
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
export function alertWords(kind: AlertKind, thresholdPercent: number, seen: Seen) {
  const count = (value: number) => value.toLocaleString("en-US");
  const percent = `${Math.round(seen.share * 100)} %`;
  switch (kind) {
    case "quota":
      return thresholdPercent >= 100
        ? {
            subject: "The daily quota is used up",
            body: `${count(seen.used)} of ${count(seen.limit ?? 0)} requests are used. Further calls are refused with quota_exceeded until 00:00 UTC. Cap the token that uses most, or ask for a larger quota.`,
            path: "/limits",
          }
        : {
            subject: `${thresholdPercent} % of the daily quota is used`,
            body: `${count(seen.used)} of ${count(seen.limit ?? 0)} requests are used. The quota starts again at 00:00 UTC. ${runOutWords(seen.forecast)}`.trim(),
            path: "/limits",
          };
    case "pace":
      return {
        subject: "At this pace the daily quota will not last",
        body: `${count(seen.used)} of ${count(seen.limit ?? 0)} requests are used so far. ${runOutWords(seen.forecast)}`.trim(),
        path: "/limits",
      };
    case "rate_pressure":
      return {
        subject: `A rate limit is ${percent} used`,
        body: `${seen.endpoint} is at ${percent} of its rate limit. Beyond it calls are refused with rate_limited; spread them out.`,
        path: "/limits",
      };
    case "refused_share":
      return {
        subject: `${percent} of the requests were refused`,
        body: `${count(seen.refused)} of ${count(seen.total)} requests of the last hour were refused. The refusals say why, each with what to do.`,
        path: "/refusals",
      };
  }
}

function runOutWords(forecast: Forecast): string {
  if (forecast.kind !== "runs_out") return "";
  const at = (ms: number) => `${new Date(ms).toISOString().slice(11, 16)} UTC`;
  if (forecast.untilMs === null) return `It may run out at ${at(forecast.fromMs)}.`;
  return forecast.untilMs === forecast.fromMs
    ? `At this pace it runs out at about ${at(forecast.fromMs)}.`
    : `At this pace it runs out between ${at(forecast.fromMs)} and ${at(forecast.untilMs)}.`;
}
