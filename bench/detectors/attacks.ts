import { dayMs, hourMs } from "#core/rules/time.ts";
import type { SimulatedAccount } from "./accounts.ts";

/** Abuse of one kind, done to an account at an hour. `cohort` = what 95 % of its plan stay below that day. */
export type Attack = {
  name: string;
  detector: string;
  change: (account: SimulatedAccount, at: number, cohort: number) => void;
};

const louder = (times: number, hours: number) => (account: SimulatedAccount, at: number) => {
  for (let hour = at; hour < at + hours; hour += 1)
    account.hours[hour] = Math.round((account.usual[hour] ?? 0) * times);
};
const overLimit = (times: number, impatience: number) => (account: SimulatedAccount, at: number) => {
  account.hours[at] = Math.round(account.limit * 60 * times);
  account.quota = Number.MAX_SAFE_INTEGER;
  account.life.impatience = impatience;
};
const dayOf = (at: number) => Math.floor(at / 24);

export const attacks: readonly Attack[] = [
  { detector: "rate_excess", name: "1.5 × the rate limit for an hour", change: overLimit(1.5, 1) },
  { detector: "retry_storm", name: "each refusal repeated three times, no waiting", change: overLimit(1.5, 4) },
  {
    detector: "quota_burn",
    name: "the quota spent in the night",
    change: (account, at) => {
      account.hours[dayOf(at) * 24 + 1] = Math.round(account.quota * 1.05);
    },
  },
  {
    detector: "quota_overrun",
    name: "half a quota more after it is spent",
    change: (account, at) => {
      account.hours[dayOf(at) * 24 + 13] = Math.round(account.quota * 1.5);
    },
  },
  { detector: "spike", name: "3 × for three hours", change: louder(3, 3) },
  { detector: "spike", name: "5 × for three hours", change: louder(5, 3) },
  { detector: "spike", name: "10 × for three hours", change: louder(10, 3) },
  {
    detector: "credential_attack",
    name: "60 guesses from a network of the account",
    change: ({ life }, at) => life.guesses.set(at, 60),
  },
  {
    detector: "credential_attack",
    name: "its dead token tried from 40 addresses",
    change: ({ life }, at) => life.deadTokens.set(at, { calls: 80, addresses: 40 }),
  },
  {
    detector: "probing",
    name: "30 paths in a minute",
    change: ({ life }, at) => life.wrongPaths.set(at, { distinct: 30, everySeconds: 2, share: 0 }),
  },
  {
    detector: "probing",
    name: "300 paths in an hour, slowly",
    change: ({ life }, at) => life.wrongPaths.set(at, { distinct: 300, everySeconds: 12, share: 0 }),
  },
  {
    detector: "known_scan",
    name: "eight files that scanners look for",
    change: ({ life }, at) => life.sensitiveFiles.set(at, 8),
  },
  {
    detector: "broken_client",
    name: "80 % client errors for an hour",
    change: ({ life }, at) => life.errors.set(at, 0.8),
  },
  {
    detector: "token_sharing",
    name: "the token in 40 networks for a day",
    change: (account, at) => {
      account.networks[dayOf(at)] = 40;
    },
  },
  {
    detector: "dormant_wakes",
    name: "its usual traffic on a token idle for 100 days",
    change: (account, at) => {
      account.life.wakes = { hour: at, idleDays: 100, requests: account.hours[at] ?? 0 };
    },
  },
  {
    detector: "new_account_races",
    name: "two days old, 5 × what its plan does in a day",
    change: (account, at, cohort) => {
      account.createdAtMs = startOf(at) - 2 * dayMs;
      account.hours[dayOf(at) * 24 + 20] = Math.round(5 * cohort);
    },
  },
  {
    detector: "dead_token_use",
    name: "its usual traffic on a revoked token",
    change: (account, at) => account.life.deadTokens.set(at, { calls: account.hours[at] ?? 0, addresses: 2 }),
  },
  {
    detector: "bounce_rate",
    name: "three days of mail to a bought list, 20 % bounce",
    change: ({ life }, at) => {
      life.mailShare = 1;
      for (let day = dayOf(at) - 1; day <= dayOf(at) + 1; day += 1) life.bounces.set(day, 0.2);
    },
  },
  {
    detector: "complaint_rate",
    name: "three days of mail of which 0.5 % complain",
    change: ({ life }, at) => {
      life.mailShare = 1;
      for (let day = dayOf(at) - 1; day <= dayOf(at) + 1; day += 1) life.complaints.set(day, 0.005);
    },
  },
  {
    detector: "privacy_policy_missing",
    name: "the page is gone for good",
    change: ({ life }, at) => {
      life.policyAway.push({ fromHour: at - 24, toHour: Number.POSITIVE_INFINITY });
    },
  },
];

function startOf(at: number): number {
  return Date.UTC(2026, 0, 1) + at * hourMs;
}
