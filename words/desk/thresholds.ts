import type { brokenClient } from "../../core/rules/detectors/broken-client.ts";
import type { credentialAttack } from "../../core/rules/detectors/credential-attack.ts";
import type { deadTokenUse } from "../../core/rules/detectors/dead-token-use.ts";
import type { DetectorId } from "../../core/rules/detectors/detector.ts";
import type { dormantWakes } from "../../core/rules/detectors/dormant-wakes.ts";
import type { knownScan } from "../../core/rules/detectors/known-scan.ts";
import type { bounceRate, complaintRate } from "../../core/rules/detectors/mail-quality.ts";
import type { newAccountRaces } from "../../core/rules/detectors/new-account-races.ts";
import type { privacyPolicyMissing } from "../../core/rules/detectors/privacy-policy-missing.ts";
import type { probing } from "../../core/rules/detectors/probing.ts";
import type { quotaBurn } from "../../core/rules/detectors/quota-burn.ts";
import type { quotaOverrun } from "../../core/rules/detectors/quota-overrun.ts";
import type { rateExcess } from "../../core/rules/detectors/rate-excess.ts";
import type { retryStorm } from "../../core/rules/detectors/retry-storm.ts";
import type { spike } from "../../core/rules/detectors/spike.ts";
import type { ThresholdUnit } from "../../core/rules/detectors/threshold-bounds.ts";
import type { tokenSharing } from "../../core/rules/detectors/token-sharing.ts";
import { count, percentTo, plural } from "../en/numbers.ts";
import { mailFields, mailRule } from "./mail-thresholds.ts";

/** The name of a threshold, and what changing it does. */
export type ThresholdWords = { label: string; meaning: string };

/** A detector's thresholds: the whole rule in words with the values it has, and each by itself. */
type Rule<Of extends { defaults: Record<string, number> }> = {
  says: (of: Of["defaults"]) => string;
  fields: Record<keyof Of["defaults"], ThresholdWords>;
};

const share = (value: number) => percentTo(2, value);
const times = (value: number) => `${value} times`;
const hour = (value: number) => `${String(Math.floor(value)).padStart(2, "0")}:00 UTC`;
const days = (value: number) => plural(value, { one: "day", other: "days" });

/** A detector that people and intakes raise: nothing is measured, so nothing can be set. */
type Reported = { says: () => string; fields: Record<never, ThresholdWords> };

type Rules = {
  rate_excess: Rule<typeof rateExcess>;
  retry_storm: Rule<typeof retryStorm>;
  quota_burn: Rule<typeof quotaBurn>;
  quota_overrun: Rule<typeof quotaOverrun>;
  spike: Rule<typeof spike>;
  credential_attack: Rule<typeof credentialAttack>;
  probing: Rule<typeof probing>;
  known_scan: Rule<typeof knownScan>;
  broken_client: Rule<typeof brokenClient>;
  token_sharing: Rule<typeof tokenSharing>;
  token_leak: Reported;
  retired_secret: Reported;
  dormant_wakes: Rule<typeof dormantWakes>;
  new_account_races: Rule<typeof newAccountRaces>;
  dead_token_use: Rule<typeof deadTokenUse>;
  bounce_rate: Rule<typeof bounceRate>;
  complaint_rate: Rule<typeof complaintRate>;
  privacy_policy_missing: Rule<typeof privacyPolicyMissing>;
  report: Reported;
};

const rules: Rules = {
  rate_excess: {
    says: (of) =>
      `Flags a token, or an account over all its tokens, when the rate limit refused at least ${share(of.shareShort)} of its requests within 10 minutes and ${share(of.shareLong)} within 60 minutes, at least ${count(of.minimumRefused)} of them. Severity 2 from ${share(of.shareSevere)} within 60 minutes.`,
    fields: {
      shareShort: { label: "Refused within 10 minutes", meaning: "It is happening now. Lower flags more." },
      shareLong: { label: "Refused within 60 minutes", meaning: "It is not a hiccup. Lower flags more." },
      minimumRefused: { label: "Fewest refusals in 60 minutes", meaning: "Less than this says nothing." },
      shareSevere: { label: "Severity 2 from", meaning: "Share refused within 60 minutes." },
    },
  },
  retry_storm: {
    says: (of) =>
      `Flags a token when at least ${count(of.minimumEarly)} of its requests within 10 minutes came before Retry-After was over, and these are at least ${share(of.share)} of what the rate limit refused.`,
    fields: {
      share: { label: "Early among the refusals", meaning: "Share that came before Retry-After was over." },
      minimumEarly: { label: "Fewest early requests in 10 minutes", meaning: "Less than this says nothing." },
    },
  },
  quota_burn: {
    says: (of) =>
      `Flags an account when its daily quota is used up before ${hour(of.beforeHour)}, or on ${days(of.daysOfSeven)} of 7, and at least ${count(of.minimumRefused)} calls and ${share(of.shareOfQuota)} of the quota were refused after that. Severity 2 before ${hour(of.severeBeforeHour)}.`,
    fields: {
      beforeHour: { label: "Used up before", meaning: "Later flags more." },
      severeBeforeHour: { label: "Severity 2 before", meaning: "Used up so early." },
      daysOfSeven: { label: "Or used up on", meaning: "Days of seven on which the quota ran out, whenever." },
      minimumRefused: { label: "Fewest calls refused after it", meaning: "A client that stops is not flagged." },
      shareOfQuota: { label: "Refused after it, of the quota", meaning: "The larger of this and the number counts." },
    },
  },
  quota_overrun: {
    says: (of) =>
      `Flags an account when at least ${count(of.minimumRefused)} calls, and at least ${share(of.shareOfQuota)} of its quota, were refused in one UTC day after the quota was used up.`,
    fields: {
      shareOfQuota: { label: "Refused, of the quota", meaning: "Lower flags more." },
      minimumRefused: { label: "Fewest refused calls in a day", meaning: "Less than this says nothing." },
    },
  },
  spike: {
    says: (of) =>
      `Flags an account when two hours running, or two of four if very loud, have at least ${count(of.minimumPerHour)} requests each, ${times(of.timesMedian)} the median of the same hours of 28 days (${times(of.timesMedianKnown)} from networks it used before) and more than ${of.z} deviations above it. Needs ${days(of.minimumDays)} of history. Severity 2, and very loud, from ${times(of.timesMedianSevere)} the median.`,
    fields: {
      z: { label: "Above the usual by", meaning: "Robust deviations of the same hours of 28 days. Lower flags more." },
      minimumPerHour: { label: "Fewest requests an hour", meaning: "Less than this is never a spike." },
      timesMedian: { label: "Times the median", meaning: "Of the same hours of 28 days." },
      timesMedianSevere: { label: "Severity 2 from", meaning: "Times the median." },
      timesMedianKnown: {
        label: "Times the median, from known networks",
        meaning: "Who calls from where they always do needs so much more.",
      },
      minimumDays: { label: "Days of history", meaning: "A younger account is not judged." },
    },
  },
  credential_attack: {
    says: (of) =>
      `Flags an account when at least ${count(of.unknownTokens)} distinct unknown tokens were tried within 10 minutes from its own address or network, or its dead or forbidden tokens were called within 10 minutes from at least ${count(of.failingAddresses)} addresses in networks it did not use before.`,
    fields: {
      unknownTokens: { label: "Distinct unknown tokens in 10 minutes", meaning: "256 at most can be told apart." },
      failingAddresses: {
        label: "Failing addresses in 10 minutes",
        meaning: "In networks that are new to the account.",
      },
    },
  },
  probing: {
    says: (of) =>
      `Flags a token or an address when more than ${count(of.capacity)} distinct wrong paths come at once (${count(of.capacityAccount)} for a whole account), where one is forgotten every ${of.leakSeconds} s; when more than ${count(of.pathsPerHour)} come within 60 minutes; or when the gate refused at least ${share(of.share)} of at least ${count(of.minimumRequests)} requests over at least ${count(of.minimumPaths)} paths.`,
    fields: {
      capacity: { label: "Paths at once", meaning: "Distinct wrong paths of a token or an address." },
      capacityAccount: { label: "Paths at once, whole account", meaning: "Where tokens take turns." },
      leakSeconds: { label: "One path is forgotten every", meaning: "Shorter lets a slow crawler pass." },
      pathsPerHour: { label: "Paths within 60 minutes", meaning: "However slowly they come." },
      share: { label: "Or refused by the gate", meaning: "Share of the requests of a token." },
      minimumRequests: { label: "Of at least", meaning: "For the share: fewest requests in 60 minutes." },
      minimumPaths: { label: "Over at least", meaning: "For the share: fewest distinct paths." },
    },
  },
  known_scan: {
    says: (of) =>
      `Flags a token or an account when within 60 minutes it asks for at least ${count(of.sensitiveFiles)} distinct files that scanners look for, ${count(of.traversals)} paths that lead out of their folder, or ${count(of.scannerPaths)} wrong paths as a client that says it is a scanner.`,
    fields: {
      sensitiveFiles: { label: "Files that scanners look for", meaning: "Distinct ones within 60 minutes." },
      traversals: { label: "Paths out of a folder", meaning: "Distinct ones within 60 minutes." },
      scannerPaths: { label: "Wrong paths of a scanner", meaning: "Of a client that says it is one." },
    },
  },
  broken_client: {
    says: (of) =>
      `Flags an account when the API reported at least ${count(of.minimumReported)} responses within 60 minutes and at least ${share(of.share)} of them say that the request was wrong.`,
    fields: {
      share: { label: "Client errors", meaning: "Share of the reported responses. Lower flags more." },
      minimumReported: { label: "Fewest reported responses", meaning: "Within 60 minutes." },
    },
  },
  token_sharing: {
    says: (of) =>
      `Flags a token used in one UTC day from more than ${count(of.networks)} networks and more than ${times(of.timesUsual)} what is usual for the account's tokens, with at least ${times(of.timesTraffic)} its usual traffic, or from more than ${count(of.networksQuiet)} networks without it. Needs ${days(of.minimumDays)} of history. Severity 2 from ${count(of.networksSevere)} networks.`,
    fields: {
      networks: { label: "Networks in a day", meaning: "A /24 or a /48 is one network." },
      timesUsual: {
        label: "Times the usual networks",
        meaning: "What 95% of the days of any token of the account had.",
      },
      networksQuiet: { label: "Networks without more traffic", meaning: "A client that only moves needs so many." },
      timesTraffic: { label: "Times the usual traffic", meaning: "What counts as more traffic." },
      minimumDays: { label: "Days of history", meaning: "A younger token is not judged." },
      networksSevere: { label: "Severity 2 from", meaning: "Networks in a day." },
    },
  },
  token_leak: {
    says: () => "Flags an account whenever a token of it was found in public.",
    fields: {},
  },
  retired_secret: {
    says: () => "Flags an account whenever a token's secret is used after its owner retired it.",
    fields: {},
  },
  dormant_wakes: {
    says: (of) =>
      `Flags a token that was not used for at least ${days(of.idleDays)} and then makes at least ${count(of.requestsPerHour)} requests within 60 minutes, in its first week.`,
    fields: {
      idleDays: { label: "Not used for", meaning: "Fewer flags more." },
      requestsPerHour: { label: "Requests within 60 minutes", meaning: "Fewer flags more." },
    },
  },
  new_account_races: {
    says: (of) =>
      `Flags an account up to ${days(of.youngDays)} old that makes at least ${count(of.minimumRequests)} requests in one UTC day, more than ${times(of.timesCohort)} what 95% of its plan's older accounts made the day before. After that more and more is needed, up to an age of ${days(of.fadingDays)}. Severity 2 from ${times(of.timesCohortSevere)}.`,
    fields: {
      youngDays: { label: "New for", meaning: "Age up to which it is new." },
      timesCohort: { label: "Times its plan's accounts", meaning: "What 95% of those older than 30 days made." },
      timesCohortSevere: { label: "Severity 2 from", meaning: "Times its plan's accounts." },
      minimumRequests: { label: "Fewest requests in a day", meaning: "Less than this says nothing." },
      fadingDays: { label: "Judged up to an age of", meaning: "Between the two ages more and more is needed." },
    },
  },
  dead_token_use: {
    says: (of) =>
      `Flags a token that is called at least ${count(of.requestsPerHour)} times within 60 minutes after it was revoked or expired.`,
    fields: { requestsPerHour: { label: "Calls within 60 minutes", meaning: "Fewer flags more." } },
  },
  bounce_rate: { says: (of) => mailRule("bounced", of), fields: mailFields("bounced") },
  complaint_rate: { says: (of) => mailRule("complained", of), fields: mailFields("complained") },
  privacy_policy_missing: {
    says: (of) =>
      `Flags an account when at least ${plural(of.integrations, { one: "integration that collects data about people has", other: "integrations that collect data about people have" })} no privacy policy, or one that has been unreachable for a day.`,
    fields: { integrations: { label: "Integrations", meaning: "Fewest without a policy." } },
  },
  report: {
    says: () => "Flags an account whenever staff add a person's report to its case.",
    fields: {},
  },
};

/** `rules` with its thresholds by any name: of which detector they are is known only when it runs. */
const byId = rules as unknown as Record<DetectorId, Rule<{ defaults: Record<string, number> }>>;

/** "Flags an account when at least 40 distinct paths were …": a detector's rule with the values given. */
export function detectorRule(id: DetectorId, thresholds: Record<string, number>): string {
  return byId[id].says(thresholds);
}

/** A threshold of a detector in words; one of another version is its own name. */
export function threshold(id: DetectorId, key: string): ThresholdWords {
  return byId[id].fields[key] ?? { label: key, meaning: "" };
}

/** What a threshold counts, beside its number. */
export const thresholdUnits: Record<ThresholdUnit, string> = {
  share: "share, 1 is all",
  times: "times",
  deviations: "deviations",
  requests: "requests",
  responses: "responses",
  recipients: "recipients",
  paths: "distinct paths",
  networks: "networks",
  addresses: "addresses",
  tokens: "distinct tokens",
  integrations: "integrations",
  reports: "reports",
  hour: "hour of the day, UTC",
  hours: "hours",
  days: "days",
  seconds: "seconds",
};

/** 0.2 of a share → "20%"; 40 paths → "40". */
export function thresholdValue(unit: ThresholdUnit, value: number): string {
  if (unit === "share") return share(value);
  if (unit === "hour") return hour(value);
  return String(value);
}
