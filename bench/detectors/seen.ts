import type { AccountHistory, AccountWindow, MinuteCount } from "#core/rules/detectors/detector.ts";
import { policyPatienceMs } from "#core/rules/privacy-policy.ts";
import { dayMs, hourMs, minuteMs } from "#core/rules/time.ts";
import { normal, perDayOf, randomOf, type SimulatedAccount, startMs, sumOf } from "./accounts.ts";

const dayNames = Array.from({ length: 60 }, (_, day) => new Date(startMs + day * dayMs).toISOString().slice(0, 10));
const allDays = (account: SimulatedAccount) => account.networks.length;

/** Mail of each day: what was sent, what bounced, who complained. */
export type MailDay = { recipients: number; bounces: number; complaints: number };

export function mailOf(account: SimulatedAccount, seed: number): MailDay[] {
  const random = randomOf(seed ^ 0x51ed270b);
  const { mailShare, bounceShare, bounces, complaintShare, complaints, mailed } = account.life;
  if (mailed)
    return Array.from({ length: allDays(account) }, (_, day) =>
      day === mailed.day
        ? { recipients: mailed.recipients, bounces: mailed.bounces, complaints: 0 }
        : { recipients: 0, bounces: 0, complaints: 0 },
    );
  return Array.from({ length: allDays(account) }, (_, day) => {
    const mails = Math.round(sumOf(account.hours.slice(day * 24, day * 24 + 24)) * mailShare);
    return {
      recipients: mails,
      bounces: poisson(random, mails * (bounces.get(day) ?? bounceShare)),
      complaints: poisson(random, mails * (complaints.get(day) ?? complaintShare)),
    };
  });
}

function poisson(random: () => number, mean: number): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  let count = 0;
  for (let left = random(); left > Math.exp(-mean); left *= random()) count += 1;
  return count;
}

/** An account changes before it is first looked at, and not after. */
const perDays = new WeakMap<SimulatedAccount, number[]>();

export type Around = { mail: readonly MailDay[]; cohortP95: (day: number) => number | null };

/** What the detectors of days and weeks see at the end of an hour. `withHours` = with the 28 days of hours, which only a loud hour needs. */
export function historyAt(
  account: SimulatedAccount,
  hour: number,
  { mail, cohortP95 }: Around,
  withHours: boolean,
): AccountHistory {
  const { life } = account;
  const endHour = hour + 1;
  const nowMs = startMs + endHour * hourMs - 1;
  const today = Math.floor(hour / 24);
  // What was a month or two ago is looked up, too.
  const past = Math.max(0, endHour - 64 * 24);
  const asked = sumOf(account.hours.slice(today * 24, endHour));
  const exhaustedAt = exhaustedHour(account, today, endHour);
  let exhaustedDays = 0;
  // Earlier days matter only where today's is spent.
  for (let day = Math.max(0, today - 6); exhaustedAt !== null && day <= today; day += 1)
    if (exhaustedHour(account, day, endHour) !== null) exhaustedDays += 1;
  const isDayOver = hour % 24 === 23;
  const week = mail.slice(Math.max(0, today - 6), isDayOver ? today + 1 : today);
  const inHour = account.hours[hour] ?? 0;
  const perDay = perDays.get(account) ?? perDayOf(account.hours);
  perDays.set(account, perDay);
  const { wakes } = life;
  const since = startMs - 400 * dayMs;
  const away = life.policyAway.some(
    (one) => one.fromHour <= hour && hour < one.toHour && (hour - one.fromHour) * hourMs >= policyPatienceMs,
  );
  return {
    nowMs,
    accountId: "simulated",
    createdAtMs: account.createdAtMs,
    countedFromMs: 0,
    decidedFromMs: 0,
    hours: withHours
      ? account.hours
          .slice(past, endHour)
          .flatMap((requests, i) => (requests > 0 ? [{ atMs: startMs + (past + i) * hourMs, requests }] : []))
      : [],
    knownShare: knownShareAt(account, today, endHour),
    hasOlderSister: life.hasOlderSister,
    quota: {
      limit: account.quota,
      spentToday: Math.min(asked, account.quota),
      refusedToday: Math.max(0, asked - account.quota),
      exhaustedDays,
      exhaustedAtMs: exhaustedAt === null ? null : startMs + exhaustedAt * hourMs,
    },
    networks: account.networks.slice(Math.max(0, today - 28), today + 1).map((networks, i) => ({
      tokenId: "t",
      day: dayNames[Math.max(0, today - 28) + i] ?? "",
      networks,
      requests: perDay[Math.max(0, today - 28) + i] ?? 0,
    })),
    usedTokens: [
      { id: "t", createdAtMs: since, lastDayMs: nowMs - dayMs, requestsLastHour: inHour },
      ...(wakes?.hour === hour
        ? [
            {
              ...{ id: "q", createdAtMs: since, requestsLastHour: wakes.requests },
              wokeDayMs: nowMs - (wakes.awakeDays ?? 0) * dayMs,
              lastDayMs: nowMs - ((wakes.awakeDays ?? 0) + wakes.idleDays) * dayMs,
              ...(wakes.wakesBefore === undefined ? {} : { wakesBefore: wakes.wakesBefore }),
            },
          ]
        : []),
    ],
    cohortP95: cohortP95(today),
    requestsToday: asked,
    reported: {
      statusesLastHour: inHour,
      clientErrorsLastHour: Math.round(inHour * (life.errors.get(hour) ?? life.errorShare)),
      recipients: sumOf(week.map((one) => one.recipients)),
      bounces: sumOf(week.map((one) => one.bounces)),
      complaints: sumOf(week.map((one) => one.complaints)),
    },
    withoutPolicy: away ? [{ id: "i", name: "Shop", problem: "The page answered with status 404." }] : [],
  };
}

/** As the reader gives it: what is new in a day of an app is what was new the day before, give or take. */
function knownShareAt(account: SimulatedAccount, today: number, endHour: number): number {
  const { strangers, rhythm } = account.life;
  let [all, strange] = [0, 0];
  for (let hour = today * 24; hour < endHour; hour += 1) {
    all += account.hours[hour] ?? 0;
    strange += strangers.get(hour) ?? 0;
  }
  const own = rhythm === "mobile" ? 0.93 + 0.07 * Math.abs(Math.sin(today)) : 1;
  return all === 0 ? own : own * (1 - Math.min(1, strange / all));
}

function exhaustedHour(account: SimulatedAccount, day: number, before: number): number | null {
  let sum = 0;
  for (let hour = day * 24; hour < Math.min(before, day * 24 + 24); hour += 1) {
    sum += account.hours[hour] ?? 0;
    if (sum > account.quota) return hour;
  }
  return null;
}

/** The hour as the detectors of minutes see it at its end; null = nothing in it was refused. */
export function windowAt(account: SimulatedAccount, hour: number, seed: number): AccountWindow | null {
  const { life } = account;
  const wrong = life.wrongPaths.get(hour);
  const dead = life.deadTokens.get(hour);
  // A client with a wrong setting repeats its one token, or two of them.
  const guesses = life.guesses.get(hour);
  const unknown = guesses ?? life.unknownTokens.get(hour);
  const inHour = account.hours[hour] ?? 0;
  const isOverLimit = (inHour / 60) * 1.3 > account.limit;
  const sensitive = life.sensitiveFiles.get(hour);
  if (!wrong && !sensitive && !dead && !unknown && !isOverLimit) return null;
  const nowMs = startMs + (hour + 1) * hourMs;
  const fromMs = nowMs - hourMs;
  const wrongCalls = wrong ? Math.max(wrong.distinct, Math.round(wrong.share * inHour)) : 0;
  const minutes: MinuteCount[] = [];
  for (let n = 0; wrong && n < (wrong.tokens ?? 1); n += 1)
    minutes.push({
      ...{ atMs: fromMs, tokenId: tokenOf(n), endpointId: 0, outcome: "unknown_endpoint" },
      requests: Math.ceil(wrongCalls / (wrong.tokens ?? 1)),
    });
  if (dead)
    minutes.push({ atMs: fromMs, tokenId: "dead", endpointId: 1, outcome: "token_revoked", requests: dead.calls });
  const { limited, waits, seconds } = overTheLimit(account, hour, seed, wrongCalls);
  return {
    nowMs,
    accountId: "simulated",
    minutes: [...minutes, ...limited],
    refusedPaths: [
      ...wrongPaths(wrong?.distinct ?? 0, (n) => `/wrong/p${n}`, { fromMs, everySeconds: 0, tokens: 1, ...wrong }),
      ...wrongPaths(sensitive ?? 0, (n) => `/p${n}/.env`, { fromMs, everySeconds: 60, tokens: 1 }),
    ],
    waits,
    seconds,
    failingAddresses: Array.from({ length: dead?.addresses ?? 0 }, (_, n) => ({ tokenId: "dead", address: `a${n}` })),
    unknownAttempts: unknown
      ? [{ network: "n", requests: unknown, tokens: guesses ?? Math.min(2, unknown), accounts: 1, ownAddress: null }]
      : [],
    tokens: [
      { id: "t", isRevoked: false },
      { id: "dead", isRevoked: true },
    ],
  };
}

const tokenOf = (n: number) => (n === 0 ? "t" : `t${n}`);

type Spread = { fromMs: number; everySeconds: number; tokens: number };

function wrongPaths(distinct: number, pathOf: (n: number) => string, { fromMs, everySeconds, tokens }: Spread) {
  return Array.from({ length: distinct }, (_, n) => ({
    ...{ atMs: fromMs + n * everySeconds * 1_000, tokenId: tokenOf(n % tokens) },
    ...{ code: "unknown_endpoint" as const, path: pathOf(n), asked: pathOf(n), address: "192.0.2.1" },
  }));
}

const openCalls = 5;

/** Minute by minute: what is over the limit is refused, and of that the impatient share comes before its wait is over. */
function overTheLimit(account: SimulatedAccount, hour: number, seed: number, wrongCalls: number) {
  const random = randomOf(seed);
  const { impatience } = account.life;
  const limited: MinuteCount[] = [];
  const waits: AccountWindow["waits"][number][] = [];
  const seconds: AccountWindow["seconds"][number][] = [];
  const perMinute = Math.max(0, (account.hours[hour] ?? 0) - wrongCalls) / 60;
  for (let minute = 0; minute < 60; minute += 1) {
    const atMs = startMs + hour * hourMs + minute * minuteMs;
    const asked = Math.round(perMinute * (0.7 + 0.6 * random()));
    const over = Math.max(0, asked - account.limit);
    // Who waits is refused once for each call it has open, and sends the rest later.
    const refused = impatience === 0 ? Math.min(openCalls, over) : over;
    const at = { atMs, tokenId: "t", endpointId: 1 };
    limited.push({ ...at, outcome: "allowed", requests: asked - over });
    if (refused === 0) continue;
    // A client that repeats asks three times more; one that does not read Retry-After only goes on with its next calls.
    const repeated = impatience > 1 ? refused * (impatience - 1) : 0;
    limited.push({ ...at, outcome: "rate_limited", requests: refused + repeated });
    for (let kept = 0; kept < Math.min(openCalls, refused); kept += 1)
      waits.push({ ...at, seconds: 20, address: "192.0.2.1" });
    const early = (refused + repeated) * Math.min(1, impatience);
    for (let second = 1; second < 20 && early > 0; second += 1)
      seconds.push({ ...at, atMs: atMs + second * 1_000, allowed: 0, refused: Math.ceil(early / 20) });
  }
  return { limited, waits, seconds };
}
