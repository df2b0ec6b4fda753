import type { AccountHistory } from "#core/rules/detectors/detector.ts";

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
/** 28 days that only serve as the past, then 30 that are judged. */
export const pastDays = 28;
export const judgedDays = 30;
const days = pastDays + judgedDays;
/** A UTC midnight. */
export const startMs = Date.UTC(2026, 0, 1);

/** Deterministic numbers in [0, 1): mulberry32. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export type SimulatedAccount = {
  /** Requests per hour of all days. */
  hours: number[];
  /** What each hour would be without noise and bursts. */
  usual: number[];
  /** Requests per minute, and per day. */
  limit: number;
  quota: number;
  /** Networks per day. */
  networks: number[];
};

/**
 * An ordinary customer: 60 to 6,000 requests an hour, daily and weekly rhythm, growth up to 2 % a day, correlated noise, and a
 * harmless burst of two to four times for one to six hours about every ten days (moderation research, the simulation of spikes).
 */
export function ordinary(seed: number): SimulatedAccount {
  const random = randomOf(seed);
  const base = 60 * 100 ** random();
  const growth = 1 + 0.02 * random();
  const phase = 24 * random();
  const usual: number[] = [];
  const hours: number[] = [];
  let noise = 0;
  let burstLeft = 0;
  let burst = 1;
  for (let hour = 0; hour < days * 24; hour += 1) {
    const day = Math.floor(hour / 24);
    const daily = 1 + 0.7 * Math.sin((2 * Math.PI * (hour - phase)) / 24);
    const weekly = day % 7 >= 5 ? 0.55 : 1;
    const expected = base * growth ** day * daily * weekly;
    noise = 0.7 * noise + 0.18 * normal(random);
    if (burstLeft === 0 && random() < 1 / 240) {
      burstLeft = 1 + Math.floor(6 * random());
      burst = 2 + 2 * random();
    }
    usual.push(expected);
    hours.push(Math.round(expected * Math.exp(noise) * (burstLeft > 0 ? burst : 1)));
    burstLeft = Math.max(0, burstLeft - 1);
  }
  const perDay = Array.from({ length: days }, (_, day) =>
    hours.slice(day * 24, day * 24 + 24).reduce((a, b) => a + b, 0),
  );
  const few = 1 + Math.floor(4 * random());
  return {
    hours,
    usual,
    // Plans are chosen with room: four times the usual peak per minute, twice the biggest of the first days.
    limit: Math.ceil((4 * Math.max(...usual.slice(0, 24 * 14))) / 60),
    quota: 2 * Math.max(...perDay.slice(0, pastDays)),
    networks: perDay.map(() => few + Math.floor(3 * random() ** 3 * few)),
  };
}

/** What the detectors of days and weeks see at the end of an hour (counted from the start). */
export function historyAt(account: SimulatedAccount, hour: number): AccountHistory {
  const nowMs = startMs + hour * hourMs;
  const today = Math.floor(hour / 24);
  const past = Math.max(0, hour - (28 * 24 + 2));
  const sinceMidnight = account.hours.slice(today * 24, hour);
  const asked = sinceMidnight.reduce((sum, one) => sum + one, 0);
  const spent = Math.min(asked, account.quota);
  const exhaustedAt = exhaustedHour(account, today, hour);
  let exhaustedDays = 0;
  for (let day = Math.max(0, today - 6); day <= today; day += 1)
    if (exhaustedHour(account, day, hour) !== null) exhaustedDays += 1;
  return {
    nowMs,
    accountId: "simulated",
    createdAtMs: startMs - 400 * dayMs,
    hours: account.hours.slice(past, hour).map((requests, i) => ({ atMs: startMs + (past + i) * hourMs, requests })),
    quota: {
      limit: account.quota,
      spentToday: spent,
      refusedToday: asked - spent,
      exhaustedDays,
      exhaustedAtMs: exhaustedAt === null ? null : startMs + exhaustedAt * hourMs,
    },
    networks: account.networks.slice(Math.max(0, today - 28), today + 1).map((networks, i) => ({
      tokenId: "t",
      day: new Date(startMs + (Math.max(0, today - 28) + i) * dayMs).toISOString().slice(0, 10),
      networks,
    })),
    usedTokens: [],
    cohortP95: null,
    requestsToday: asked,
    reported: { statusesLastHour: 0, clientErrorsLastHour: 0, recipients: 0, bounces: 0, complaints: 0 },
    withoutPolicy: [],
  };
}

function exhaustedHour(account: SimulatedAccount, day: number, before: number): number | null {
  let sum = 0;
  for (let hour = day * 24; hour < Math.min(before, day * 24 + 24); hour += 1) {
    sum += account.hours[hour] ?? 0;
    if (sum > account.quota) return hour;
  }
  return null;
}
