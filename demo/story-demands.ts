import { hourMs, minuteMs } from "#core/rules/time.ts";
import type { DecisionCode } from "#core/rules/vocabulary.ts";
import { cast } from "./companies.ts";
import { type Random, randomFrom } from "./random.ts";
import { storyTimes } from "./story-times.ts";

/** Requests of one minute beyond an account's usual ones. */
export type Demand = {
  account: string;
  token: string;
  endpoint: string;
  at: Date;
  requests: number;
  /** Null: as much passes as the rate limit leaves, and the rest is rate_limited. */
  outcome: DecisionCode | null;
};

/** Hours of one account that have minutes although they are not recent, [from, until). */
export type MinuteWindow = { account: string; from: Date; until: Date };

export const helped = "Redwood Rentals";
/** Requests of Lumen Post today: 95 % of the quota of its plan. */
const nearlySpentRequests = 950;

/** The unusual traffic of the demo's stories, minute by minute. */
export function storyDemands(now: Date): Demand[] {
  const random = randomFrom(20_261_124);
  const times = storyTimes(now);
  const burst = (account: string, token: string, from: Date, until: Date, least: number, most: number): Demand[] =>
    minutes(from, until).map((at) => {
      const requests = random.whole(least, most);
      return { account, token, endpoint: "email.send", at, requests, outcome: null };
    });
  return [
    ...burst(cast.excess, "billing-cron", times.excess.from, times.until, 130, 180),
    ...burst(cast.claimed, "api-prod", times.claimed.from, times.claimed.until, 150, 260),
    ...burst(cast.pending, "api-prod", times.pending.from, times.pending.until, 160, 320),
    ...burst(cast.suspended, "billing-cron", times.suspended.from, times.suspended.at, 200, 420),
    ...burst(cast.lifted, "order-mails", times.lifted.from, times.lifted.at, 180, 300),
    ...burst(helped, "api-prod", times.helped.from, times.helped.until, 140, 190),
    ...probes(random, times.probing.from, times.probing.until),
    ...nearlySpent(times.dayStart, times.until),
  ];
}

export function minuteWindows(now: Date): MinuteWindow[] {
  const { lifted, helped: story } = storyTimes(now);
  const hours = (from: Date, until: Date) => ({
    from: new Date(Math.floor(from.getTime() / hourMs) * hourMs),
    until: new Date(Math.ceil(until.getTime() / hourMs) * hourMs),
  });
  return [
    { account: cast.lifted, ...hours(lifted.from, lifted.at) },
    { account: helped, ...hours(story.from, story.until) },
  ];
}

/** A website's token that asks for what it has no scope for, up and down the API. */
function probes(random: Random, from: Date, until: Date): Demand[] {
  const doors = ["domains.read", "domains.delete", "email.bulk-status", "inbounds.write"];
  return minutes(from, until).flatMap((at) =>
    random.some(doors, 3).map((endpoint): Demand => {
      const requests = random.whole(4, 9);
      return { account: cast.probing, token: "website-forms", endpoint, at, requests, outcome: "insufficient_scope" };
    }),
  );
}

/** Spread over the last nine hours of today, or over what there is of it; never faster than the rate limit. */
function nearlySpent(dayStart: Date, until: Date): Demand[] {
  const from = new Date(Math.max(dayStart.getTime(), until.getTime() - 9 * 60 * minuteMs));
  const all = minutes(from, until);
  const total = Math.min(nearlySpentRequests, all.length * 100);
  const upTo = (i: number) => Math.floor((total * i) / all.length);
  const base = {
    account: cast.nearlySpent,
    token: "website-forms",
    endpoint: "email.send",
    outcome: "allowed",
  } as const;
  return all.map((at, i) => ({ ...base, at, requests: upTo(i + 1) - upTo(i) })).filter((one) => one.requests > 0);
}

function minutes(from: Date, until: Date): Date[] {
  const first = Math.floor(from.getTime() / minuteMs);
  const count = Math.floor(until.getTime() / minuteMs) - first;
  return Array.from({ length: Math.max(0, count) }, (_, i) => new Date((first + i) * minuteMs));
}
