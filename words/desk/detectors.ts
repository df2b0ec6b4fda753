import { type DetectorId, detectorIds } from "../../core/rules/detectors/detector.ts";
import type { DetectorMode } from "../../core/rules/vocabulary.ts";

/** Each detector by its name, and what its flag means. */
export const detectors: Record<DetectorId, { title: string; meaning: string }> = {
  rate_excess: {
    title: "Over the rate limit",
    meaning: "A large share of requests exceeds a rate limit, again and again.",
  },
  retry_storm: {
    title: "Retries without waiting",
    meaning: "Repeats refused requests before Retry-After has passed.",
  },
  quota_burn: {
    title: "Quota spent early",
    meaning: "Uses up the daily quota long before the day is over, or on many days, and keeps calling.",
  },
  quota_overrun: { title: "Calls after the quota", meaning: "Keeps calling after the daily quota is used up." },
  spike: {
    title: "Far above usual volume",
    meaning:
      "Much more traffic than at the same hours of the last four weeks, from new networks or beyond any measure.",
  },
  credential_attack: {
    title: "Credential attack",
    meaning: "Someone is trying out tokens, from a network of this account or against it.",
  },
  probing: { title: "Probing", meaning: "Requests many different paths that do not exist or are not allowed." },
  known_scan: {
    title: "Known scan",
    meaning: "Asks for files that scanners look for, tries to leave its folder, or says that it is a scanner.",
  },
  broken_client: {
    title: "Broken client",
    meaning: "The API answers most requests of this client with a client error.",
  },
  token_sharing: {
    title: "Token in many networks",
    meaning: "One token is used from many more networks than before. The first week of a token only teaches it.",
  },
  token_leak: { title: "Leaked token", meaning: "A token of this account has become public." },
  retired_secret: {
    title: "Retired secret in use",
    meaning: "Uses a token's secret after the owner retired it: a forgotten client, or a copy in other hands.",
  },
  dormant_wakes: {
    title: "Dormant token wakes up",
    meaning: "A token that was idle for a long time is now used heavily.",
  },
  new_account_races: {
    title: "Unusually busy new account",
    meaning: "A new account uses the API far more than others on its plan.",
  },
  dead_token_use: { title: "Dead token in use", meaning: "Calls keep coming with a revoked or expired token." },
  bounce_rate: {
    title: "Many bounces",
    meaning:
      "Too many messages go to addresses that do not exist. Sees only endpoints marked as sending, under Limits › Endpoints, and calls that tell their recipients.",
  },
  complaint_rate: {
    title: "Many complaints",
    meaning:
      "Too many recipients report the messages as spam. Sees only endpoints marked as sending, under Limits › Endpoints, and calls that tell their recipients.",
  },
  privacy_policy_missing: {
    title: "No privacy policy",
    meaning:
      "An integration collects data about people and has no privacy policy, or one that has been unreachable for a day.",
  },
  report: { title: "Reported by a person", meaning: "Someone outside has reported this account." },
};

/** The name of a detector; that of another version is its own name. */
export function detectorTitle(id: string): string {
  const known = detectorIds.find((one) => one === id);
  return known ? detectors[known].title : id;
}

/** Why a detector fell into shadow. */
export function fallSentence({ right, wrong, days }: { right: number; wrong: number; days: number }): string {
  return `Of ${right + wrong} flags that staff decided on within ${days} days, ${wrong} were not abuse.`;
}

export const fellTitle = (title: string) => `${title} fell into shadow.`;
export const fellMeans = "It flags nobody until a lead puts it back or changes it.";

/** What each mode does; `off` needs no explanation. */
export const detectorModes: Record<DetectorMode, { label: string; meaning: string | null }> = {
  flags: { label: "Flags", meaning: "opens cases" },
  shadow: { label: "Shadow", meaning: "only counts what it would flag" },
  off: { label: "Off", meaning: null },
};
