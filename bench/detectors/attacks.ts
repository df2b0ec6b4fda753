import { dayMs, hourMs } from "#core/rules/time.ts";
import type { SimulatedAccount } from "./accounts.ts";

/** Abuse of one kind, done to an account at an hour. `cohort` = what 95 % of its plan stay below that day. */
export type Attack = {
  name: string;
  /** It was made to stay below the detector's thresholds. */
  isEvasion?: boolean;
  detector: string;
  change: (account: SimulatedAccount, at: number, cohort: number) => void;
};

type Louder = { times: number; hours: number; everyHours?: number; isStrange?: boolean };

/** So many times the usual volume, by a thief from networks of his own or by the account's own client. */
const louder =
  ({ times, hours, everyHours = 1, isStrange = true }: Louder) =>
  (account: SimulatedAccount, at: number) => {
    for (let hour = at; hour < at + hours; hour += everyHours) {
      const usual = Math.max(account.usual[hour] ?? 0, meanOf(account.usual.slice(hour - 24, hour)));
      account.hours[hour] = Math.round(usual * times);
      if (isStrange) account.life.strangers.set(hour, Math.round(usual * (times - 1)));
    }
  };
const meanOf = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / Math.max(1, numbers.length);
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
  { detector: "spike", name: "3 × for three hours, by a thief", change: louder({ times: 3, hours: 3 }) },
  { detector: "spike", name: "5 × for three hours, by a thief", change: louder({ times: 5, hours: 3 }) },
  { detector: "spike", name: "10 × for three hours, by a thief", change: louder({ times: 10, hours: 3 }) },
  {
    detector: "spike",
    name: "60 × for three hours, by itself",
    change: louder({ times: 60, hours: 3, isStrange: false }),
  },
  {
    ...{ detector: "spike", name: "60 × every other hour, by itself", isEvasion: true },
    change: louder({ times: 60, hours: 7, everyHours: 2, isStrange: false }),
  },
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
    ...{ detector: "probing", name: "300 paths in an hour, one in 12 s", isEvasion: true },
    change: ({ life }, at) => life.wrongPaths.set(at, { distinct: 300, everySeconds: 12, share: 0 }),
  },
  {
    ...{ detector: "probing", name: "9 paths on each of 40 tokens, from one address", isEvasion: true },
    change: ({ life }, at) => life.wrongPaths.set(at, { distinct: 360, everySeconds: 5, share: 0, tokens: 40 }),
  },
  {
    ...{ detector: "probing", name: "90 paths in an hour, one in 40 s", isEvasion: true },
    change: ({ life }, at) => life.wrongPaths.set(at, { distinct: 90, everySeconds: 40, share: 0 }),
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
    name: "the token in 40 networks more for a day",
    change: (account, at) => {
      account.networks[dayOf(at)] = (account.networks[dayOf(at)] ?? 0) + 40;
    },
  },
  {
    ...{ detector: "token_sharing", name: "a thief's one more network", isEvasion: true },
    change: (account, at) => {
      account.networks[dayOf(at)] = (account.networks[dayOf(at)] ?? 0) + 1;
    },
  },
  {
    ...{ detector: "token_sharing", name: "sold on, one network more each day", isEvasion: true },
    change: (account, at) => {
      for (let day = dayOf(at) - 27; day <= dayOf(at); day += 1)
        account.networks[day] = (account.networks[day] ?? 0) + day - dayOf(at) + 28;
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
    ...{ detector: "dormant_wakes", name: "the same on the token's second day", isEvasion: true },
    change: (account, at) => {
      account.life.wakes = { hour: at, idleDays: 100, requests: account.hours[at] ?? 0, awakeDays: 1 };
    },
  },
  {
    ...{ detector: "new_account_races", name: "31 days old, 50 × what its plan does in a day", isEvasion: true },
    change: (account, at, cohort) => {
      account.createdAtMs = startOf(at) - 31 * dayMs;
      account.life.hasOlderSister = false;
      account.hours[dayOf(at) * 24 + 20] = Math.round(50 * cohort);
    },
  },
  {
    detector: "new_account_races",
    name: "two days old, 5 × what its plan does in a day",
    change: (account, at, cohort) => {
      account.createdAtMs = startOf(at) - 2 * dayMs;
      account.life.hasOlderSister = false;
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
    ...{ detector: "bounce_rate", name: "199 recipients in a week, 30 % bounce", isEvasion: true },
    change: (account, at) => {
      account.life.mailed = { day: dayOf(at), recipients: 199, bounces: 60 };
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
