import { sampleEndpoints } from "#core/provider/sample-provider.ts";
import { dayMs, hourMs, minuteMs } from "#core/rules/time.ts";
import { type Company, cast, companies } from "./companies.ts";
import { northwindMembers, peopleOf, staff } from "./people.ts";
import type { DemoAccount, DemoPlan, DemoToken, DemoUse } from "./plan-types.ts";
import { type Random, randomFrom, seedOf } from "./random.ts";
import { interrupted } from "./story-times.ts";
import { kindsByTrade, northwindKinds, rhythms, type TokenKind } from "./token-kinds.ts";
import { retireTokens } from "./token-lives.ts";

/** Requests in the busiest hour of the main token, least and most; far enough below the quotas of the plans. */
const volumes: Record<DemoAccount["plan"], [number, number]> = {
  Trial: [1, 2.4],
  Hobby: [12, 26],
  Starter: [250, 600],
  Professional: [1_400, 2_600],
  Enterprise: [5_000, 8_000],
};

const tokenCounts: Record<DemoAccount["plan"], [number, number]> = {
  Trial: [1, 1],
  Hobby: [1, 2],
  Starter: [2, 4],
  Professional: [4, 6],
  Enterprise: [5, 6],
};

/** Above the endpoint's own 120 per minute, agreed with the largest customers. */
const agreedSendLimit = 300;

/** Who is in the demo and what they do, as of `now`. The same for the same time; nothing is read or written. */
export function planDemo(now: Date): DemoPlan {
  const since = new Date(now.getTime() - 3 * 365 * dayMs);
  const accounts = companies.map((company, i) => interrupted(planAccount(company, i, now), now));
  // One person works for two customers.
  const [first, second] = [cast.excess, "Orchard Jobs"].map((name) => accounts.find((one) => one.name === name));
  const developer = first?.members[1];
  if (developer) second?.members.push({ ...developer, role: "viewer" });
  return { since, staff: [...staff], accounts };
}

function planAccount(company: Company, index: number, now: Date): DemoAccount {
  const { name, plan } = company;
  const random = randomFrom(seedOf(name));
  const isEmpty = name === cast.empty;
  const createdAt = isEmpty ? new Date(now.getTime() - 2 * hourMs) : openedAt(plan, index, random, now);
  const people = name === cast.excess ? [...northwindMembers] : peopleOf(name, plan, random);
  const lifeMs = now.getTime() - 12 * dayMs - createdAt.getTime();
  const members = people.map((person, i) => ({
    ...person,
    joinedAt: new Date(
      createdAt.getTime() + (i === 0 ? random.whole(10, 180) * minuteMs : lifeMs * random.between(0.01, 0.6)),
    ),
  }));
  const sendLimit = plan === "Enterprise" ? agreedSendLimit : null;
  const account = { name, plan, createdAt, isProtected: name === cast.protected, members, sendLimit };
  return { ...account, tokens: isEmpty ? [] : planTokens(company, createdAt, sendLimit, random, now) };
}

/** Older plans are paid by older customers; nobody is younger than three weeks, except the empty one. */
function openedAt(plan: DemoAccount["plan"], index: number, random: Random, now: Date): Date {
  const oldest = plan === "Trial" ? 60 : 3 * 365 - 20;
  const days = 21 + (oldest - 21) * random.between(plan === "Enterprise" ? 0.6 : 0.05, 1);
  return new Date(now.getTime() - days * dayMs - index * minuteMs);
}

function planTokens(
  company: Company,
  createdAt: Date,
  sendLimit: number | null,
  random: Random,
  now: Date,
): DemoToken[] {
  const { name, plan, trade } = company;
  const isNorthwind = name === cast.excess;
  const volume = isNorthwind ? 1_500 : random.between(...volumes[plan]);
  const kinds = isNorthwind ? northwindKinds : kindsByTrade[trade];
  const [least, most] = tokenCounts[plan];
  const count = isNorthwind ? kinds.length : Math.min(kinds.length, random.whole(least, most));
  const lifeMs = now.getTime() - 12 * dayMs - createdAt.getTime();
  const tokens = kinds.slice(0, count).map((kind, i) => {
    const bornAt = createdAt.getTime() + 4 * hourMs + (i === 0 ? 0 : lifeMs * random.between(0.02, 0.7));
    return planToken(kind, { volume, bornAt, sendLimit, random, now });
  });
  return retireTokens(tokens, { isNorthwind, plan, createdAt, random, now });
}

type Making = { volume: number; bornAt: number; sendLimit: number | null; random: Random; now: Date };

function planToken(kind: TokenKind, { volume, bornAt, sendLimit, random }: Making): DemoToken {
  const { name, scopes, userAgent } = kind;
  const growth = random.between(0, 0.45);
  const base = { name, scopes, userAgent, createdAt: new Date(bornAt), ips: addresses(random) };
  const uses = kind.uses.map((use): DemoUse => {
    const shape = rhythms[use.rhythm];
    const endpoint = sampleEndpoints.find((one) => one.name === use.endpoint);
    if (!endpoint) throw new Error(`The sample provider has no endpoint ${use.endpoint}.`);
    const limit = use.endpoint === "email.send" ? (sendLimit ?? endpoint.rateLimit) : endpoint.rateLimit;
    // Several tokens of an account send side by side; each keeps to its part.
    const limitPerMinute = limit === null ? null : Math.floor(limit * (use.endpoint === "email.send" ? 0.5 : 0.9));
    const wanted = volume * use.share;
    return {
      endpoint: use.endpoint,
      surface: endpoint.surface,
      rhythm: {
        ...shape,
        peakHour: (shape.peakHour + random.between(-1.5, 1.5) + 24) % 24,
        peakPerHour: limitPerMinute === null ? wanted : Math.min(wanted, limitPerMinute * 60 * 0.75),
        growth,
      },
      outcome: "allowed",
      burstiness: use.burstiness ?? 0,
      limitPerMinute,
      from: null,
      until: null,
    };
  });
  const life = { expiresAt: null, allowedNetworks: [], pausedAt: null, revokedAt: null, revokedReason: "" };
  return { ...base, ...life, uses };
}

/** One to three, in different networks. RFC 5737 keeps three small networks for examples, so these come from RFC 2544 and RFC 6598. */
function addresses(random: Random): string[] {
  return Array.from({ length: random.whole(1, 3) }, () =>
    random.chance(0.8)
      ? `198.${random.whole(18, 19)}.${random.whole(0, 255)}.${random.whole(1, 254)}`
      : `100.${random.whole(64, 127)}.${random.whole(0, 255)}.${random.whole(1, 254)}`,
  );
}
