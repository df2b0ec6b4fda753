import type { ThresholdKey } from "./threshold-keys.ts";

/** What a threshold counts. A `share` is a fraction of one. */
export const thresholdUnits = [
  "share",
  "times",
  "deviations",
  "requests",
  "responses",
  "recipients",
  "paths",
  "networks",
  "addresses",
  "tokens",
  "integrations",
  "reports",
  "hour",
  "hours",
  "days",
  "seconds",
] as const;
export type ThresholdUnit = (typeof thresholdUnits)[number];

export type ThresholdBounds = { unit: ThresholdUnit; least: number; most: number };

const of = (unit: ThresholdUnit, least: number, most: number): ThresholdBounds => ({ unit, least, most });
/** Nothing reaches a share above one, and everything reaches none: either would switch a detector off or let it flag everybody. */
const share = of("share", 0.0001, 1);
const many = (unit: ThresholdUnit) => of(unit, 1, 1_000_000);
const times = of("times", 0.1, 1_000);

/** What each threshold counts, and the least and the most it can be. */
export const thresholdBounds: Record<ThresholdKey, ThresholdBounds> = {
  ...{ share, shareLong: share, shareShort: share, shareSevere: share, act: share, warn: share },
  /** Refusals after a quota can be many times the quota. */
  shareOfQuota: of("share", 0.0001, 100),
  ...{ timesCohort: times, timesCohortSevere: times, timesMedian: times, timesMedianKnown: times },
  ...{ timesMedianSevere: times, timesTraffic: times, timesUsual: times },
  z: of("deviations", 0.5, 100),
  ...{ beforeHour: of("hour", 0, 24), severeBeforeHour: of("hour", 0, 24) },
  tellAgainHours: of("hours", 1, 720),
  ...{ daysOfSeven: of("days", 1, 7), minimumDays: of("days", 1, 28) },
  /** A token that was used in the last weeks is awake, whatever is asked for. */
  idleDays: of("days", 24, 1_000),
  ...{ youngDays: of("days", 1, 365), fadingDays: of("days", 1, 365) },
  leakSeconds: of("seconds", 0.1, 3_600),
  ...{ minimumEarly: many("requests"), minimumPerHour: many("requests"), minimumRefused: many("requests") },
  ...{ minimumRequests: many("requests"), requestsPerHour: many("requests") },
  minimumReported: many("responses"),
  ...{ minimumRecipients: many("recipients"), minimumRecipientsSure: many("recipients") },
  ...{ capacity: many("paths"), capacityAccount: many("paths"), minimumPaths: many("paths") },
  ...{ pathsPerHour: many("paths"), scannerPaths: many("paths"), sensitiveFiles: many("paths") },
  traversals: many("paths"),
  ...{ networks: many("networks"), networksQuiet: many("networks"), networksSevere: many("networks") },
  failingAddresses: many("addresses"),
  unknownTokens: of("tokens", 1, 256),
  integrations: of("integrations", 1, 1_000),
  ...{ matches: many("reports"), reports: many("reports") },
};

/** The bounds of a threshold by its key; undefined of another version's. */
export function boundsOf(key: string): ThresholdBounds | undefined {
  return Object.entries(thresholdBounds).find(([known]) => known === key)?.[1];
}
