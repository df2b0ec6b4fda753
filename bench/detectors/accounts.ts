import { dayMs, hourMs } from "#core/rules/time.ts";
import { type Life, lifeOf, type Rhythm } from "./life.ts";

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
  /** Of six, by size; those on one are compared with each other. */
  plan: number;
  createdAtMs: number;
  life: Life;
};

/**
 * An ordinary customer: 60 to 6,000 requests an hour, daily and weekly rhythm, growth up to 2 % a day, correlated noise, and a
 * harmless burst of two to four times for one to six hours about every ten days (moderation research, the simulation of spikes).
 */
export function ordinary(seed: number): SimulatedAccount {
  const random = randomOf(seed);
  const size = random();
  const base = 60 * 100 ** size;
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
  const own = randomOf(seed ^ 0x9e3779b9);
  const isYoung = own() < 0.1;
  const bornHour = isYoung ? (pastDays + Math.floor(judgedDays * own())) * 24 : 0;
  const moving = own();
  const few = 1 + Math.floor(4 * random());
  const life = lifeOf(own, { hours: days * 24, fewNetworks: few });
  shape(hours, usual, life.rhythm, own);
  const perDay = perDayOf(hours);
  const networks = networksOf(perDay, {
    few,
    rhythm: life.rhythm,
    movesOn: moving < 0.05 ? pastDays + 10 : null,
    random,
  });
  const quota = 2 * Math.max(...perDay.slice(0, pastDays));
  // One in ten came in the days that are judged: nothing before, then it moves in with up to four times its usual volume.
  hours.fill(0, 0, bornHour);
  usual.fill(0, 0, bornHour);
  for (let hour = bornHour + 24; isYoung && hour < bornHour + 48; hour += 1)
    hours[hour] = Math.round((hours[hour] ?? 0) * (1 + 3 * own()));
  return {
    hours,
    usual,
    // Plans are chosen with room: four times the usual peak per minute, twice the biggest of the first days.
    limit: Math.ceil((4 * Math.max(...(isYoung ? usual : usual.slice(0, 24 * 14)))) / 60),
    quota,
    networks,
    plan: Math.floor(6 * size),
    createdAtMs: isYoung ? startMs + bornHour * hourMs : startMs - 400 * dayMs,
    life,
  };
}

/** The same volume in another rhythm, and now and then a sale or a backfill that nobody announced. */
function shape(hours: number[], usual: number[], rhythm: Rhythm, random: () => number): void {
  const mailingHour = Math.floor(24 * random());
  for (let day = 0; day < days; day += 1) {
    const ofDay = hours.slice(day * 24, day * 24 + 24);
    if (rhythm === "cron") {
      hours.fill(0, day * 24, day * 24 + 24);
      usual.fill(0, day * 24, day * 24 + 24);
      hours[day * 24 + 3] = sumOf(ofDay);
      usual[day * 24 + 3] = sumOf(ofDay);
    }
    // The same day of each month, the first time in the past already.
    if (rhythm === "month" && day % 30 === 10)
      for (const hour of [mailingHour, mailingHour + 1, mailingHour + 2])
        hours[day * 24 + hour] = Math.round((hours[day * 24 + hour] ?? 0) * (20 + 100 * random()));
    if (rhythm !== "server" || random() >= 1 / 60) continue;
    const [times, length] = random() < 0.5 ? [3 + 2 * random(), 10] : [10 + 15 * random(), 4];
    for (let hour = day * 24 + 8; hour < day * 24 + 8 + length; hour += 1)
      hours[hour] = Math.round((hours[hour] ?? 0) * times);
  }
}

type Networking = { few: number; rhythm: Rhythm; movesOn: number | null; random: () => number };

/** Servers have a few, one in twenty moves to a serverless platform; an app has them by its volume; behind one address there is one. */
function networksOf(perDay: readonly number[], { few, rhythm, movesOn, random }: Networking): number[] {
  return perDay.map((requests, day) => {
    const some = few + Math.floor(3 * random() ** 3 * few);
    if (rhythm === "nat") return 1;
    if (rhythm === "mobile") return Math.round((20 + requests / 20) * (0.8 + 0.4 * random()));
    return movesOn !== null && day >= movesOn ? some + 13 : some;
  });
}

export function perDayOf(hours: readonly number[]): number[] {
  return Array.from({ length: days }, (_, day) => sumOf(hours.slice(day * 24, day * 24 + 24)));
}

export function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
