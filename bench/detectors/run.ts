import type { AccountHistory, AccountWindow, MinuteCount } from "#core/rules/detectors/detector.ts";
import { detectors } from "#core/rules/detectors/registry.ts";
import {
  historyAt,
  hourMs,
  judgedDays,
  ordinary,
  pastDays,
  randomOf,
  type SimulatedAccount,
  startMs,
} from "./accounts.ts";

const accounts = 600;
const firstHour = pastDays * 24;
const lastHour = (pastDays + judgedDays) * 24;
/** Flags of one detector less than a day apart are one. */
const episodeHours = 24;

/** A minute-by-minute hour at a rate limit: what is over it is refused. An impatient client comes back within the wait. */
function windowOf(account: SimulatedAccount, hour: number, seed: number, isImpatient: boolean): AccountWindow {
  const random = randomOf(seed);
  const nowMs = startMs + (hour + 1) * hourMs;
  const minutes: MinuteCount[] = [];
  const waits: AccountWindow["waits"][number][] = [];
  const seconds: AccountWindow["seconds"][number][] = [];
  for (let minute = 0; minute < 60; minute += 1) {
    const atMs = nowMs - (60 - minute) * 60_000;
    const asked = Math.round(((account.hours[hour] ?? 0) / 60) * (0.7 + 0.6 * random()));
    const refused = Math.max(0, asked - account.limit);
    const retries = isImpatient ? refused * 3 : 0;
    const at = { atMs, tokenId: "t", endpointId: 1 };
    minutes.push({ ...at, outcome: "allowed", requests: asked - refused });
    if (refused === 0) continue;
    minutes.push({ ...at, outcome: "rate_limited", requests: refused + retries });
    waits.push({ ...at, seconds: 20 });
    for (let second = 1; second < 20 && isImpatient; second += 1)
      seconds.push({ ...at, atMs: atMs + second * 1000, requests: Math.ceil((refused + retries) / 20) });
  }
  const none = { refusedPaths: [], failingAddresses: [], unknownAttempts: [], tokens: [{ id: "t", isRevoked: false }] };
  return { nowMs, accountId: "simulated", minutes, waits, seconds, ...none };
}

function firedIn(window: AccountWindow | null, history: AccountHistory | null): string[] {
  return detectors.flatMap((detector) => {
    if (window && detector.looksAt === "minutes" && detector.evaluate(window, detector.defaults).length > 0)
      return [detector.id];
    if (history && detector.looksAt === "history" && detector.evaluate(history, detector.defaults).length > 0)
      return [detector.id];
    return [];
  });
}

/** Looks at every judged hour that could interest anybody; hours below one and a half times the usual cannot be a spike. */
function flagsOf(account: SimulatedAccount, seed: number, isImpatient = false): { hour: number; detector: string }[] {
  const flags: { hour: number; detector: string }[] = [];
  for (let hour = firstHour; hour < lastHour; hour += 1) {
    const requests = account.hours[hour] ?? 0;
    const isLoud = requests > 1.5 * (account.usual[hour] ?? 0) || hour % 24 === 23;
    const isOverLimit = (requests / 60) * 1.3 > account.limit;
    if (!isLoud && !isOverLimit) continue;
    const window = isOverLimit ? windowOf(account, hour, seed + hour, isImpatient) : null;
    const history = isLoud ? historyAt(account, hour + 1) : null;
    for (const detector of firedIn(window, history)) flags.push({ hour, detector });
  }
  return flags;
}

const falseFlags = new Map<string, number>();
for (let i = 0; i < accounts; i += 1) {
  const last = new Map<string, number>();
  for (const { hour, detector } of flagsOf(ordinary(i), i)) {
    if (hour - (last.get(detector) ?? Number.NEGATIVE_INFINITY) >= episodeHours)
      falseFlags.set(detector, (falseFlags.get(detector) ?? 0) + 1);
    last.set(detector, hour);
  }
}

type Attack = {
  name: string;
  detector: string;
  change: (account: SimulatedAccount, at: number) => void;
  isImpatient?: boolean;
};

const louder = (times: number, hours: number) => (account: SimulatedAccount, at: number) => {
  for (let hour = at; hour < at + hours; hour += 1)
    account.hours[hour] = Math.round((account.usual[hour] ?? 0) * times);
};
const overLimit = (times: number) => (account: SimulatedAccount, at: number) => {
  account.hours[at] = Math.round(account.limit * 60 * times);
  account.quota = Number.MAX_SAFE_INTEGER;
};
const attacks: Attack[] = [
  { name: "3 × for three hours", detector: "spike", change: louder(3, 3) },
  { name: "5 × for three hours", detector: "spike", change: louder(5, 3) },
  { name: "10 × for three hours", detector: "spike", change: louder(10, 3) },
  { name: "1.5 × the rate limit for an hour", detector: "rate_excess", change: overLimit(1.5) },
  { name: "retries without waiting for an hour", detector: "retry_storm", change: overLimit(1.5), isImpatient: true },
  {
    name: "the quota spent in the night",
    detector: "quota_burn",
    change: (account, at) => {
      account.hours[Math.floor(at / 24) * 24 + 1] = Math.round(account.quota * 1.05);
    },
  },
  {
    name: "half a quota more after it is spent",
    detector: "quota_overrun",
    change: (account, at) => {
      account.hours[Math.floor(at / 24) * 24 + 13] = Math.round(account.quota * 1.5);
    },
  },
  {
    name: "the token in 40 networks for a day",
    detector: "token_sharing",
    change: (account, at) => {
      account.networks[Math.floor(at / 24)] = 40;
    },
  },
];

const caught = attacks.map((attack) => {
  let hits = 0;
  for (let i = 0; i < accounts; i += 1) {
    const account = ordinary(i);
    const at = lastHour - 24 * (2 + (i % 12)) + ((i * 7) % 20);
    attack.change(account, at);
    const day = Math.floor(at / 24);
    const found = flagsOf(account, i, attack.isImpatient).some(
      (one) => one.detector === attack.detector && Math.floor(one.hour / 24) >= day && one.hour < at + 24,
    );
    if (found) hits += 1;
  }
  return { ...attack, recall: hits / accounts };
});

const line = (cells: string[]) =>
  process.stdout.write(`${cells.map((cell, i) => cell.padEnd([20, 42, 10][i] ?? 0)).join("")}\n`);
process.stdout.write(
  `${accounts} synthetic accounts, ${judgedDays} days after ${pastDays} days of past; thresholds as delivered.\n\n`,
);
line(["detector", "attack, one per account", "caught", "false flags per account and 30 days"]);
for (const { detector, name, recall } of caught)
  line([detector, name, `${Math.round(100 * recall)} %`, ((falseFlags.get(detector) ?? 0) / accounts).toFixed(3)]);
const others = [...falseFlags].filter(([id]) => !attacks.some((attack) => attack.detector === id));
for (const [id, count] of others) line([id, "(none simulated)", "–", (count / accounts).toFixed(3)]);
process.stdout.write(
  "\nNot simulated here, because synthetic traffic says nothing about them: probing, credential attacks, dead and dormant tokens,\n" +
    "new accounts, reported outcomes. Their thresholds are tested one by one in core/rules/detectors.\n",
);
