import { daySeconds } from "../time.ts";
import type { DecisionCode } from "../vocabulary.ts";
import { effectiveQuota, effectiveRateLimit, type OverrideInForce, throttled } from "./effective-limits.ts";

/**
 * Every limit a request is held to, defined once. Counters, answers, journal, restart and screens iterate over `limits` or are a
 * record of its names: a further limit of these kinds is one more entry here, and the compiler names every place that lacks
 * words for it.
 */

type KindFacts = {
  /** What a request beyond it is refused with. */
  code: DecisionCode;
  /** Counted where no limit is set, too, so that one set at noon knows the morning. */
  isAlwaysCounted: boolean;
  /** What a gate fills it from when it starts: the end of its journal, or the day that the database has counted. */
  restoredFrom: "journal" | "usage";
};

/** A rate slides over a window of seconds; a quota starts again at midnight UTC. In the order they are checked. */
export const limitKinds = {
  rate: { code: "rate_limited", isAlwaysCounted: false, restoredFrom: "journal" },
  quota: { code: "quota_exceeded", isAlwaysCounted: true, restoredFrom: "usage" },
} as const satisfies Record<string, KindFacts>;
export type LimitKind = keyof typeof limitKinds;
export type LimitCode = (typeof limitKinds)[LimitKind]["code"];
export const limitKindNames = ["rate", "quota"] as const satisfies readonly LimitKind[];

/** What is agreed about a token on an endpoint: the amounts of all its limits follow from it. */
export type LimitTerms = {
  token: { capPerMinute: number | null; capPerDay: number | null };
  /** Null = no endpoint matched. */
  endpoint: { id: number; rateLimit: number | null } | null;
  /** Null = not known (yet). `limits` are the plan's own rate limits by endpoint. */
  plan: { quotaPerDay: number | null; limits: ReadonlyMap<number, number> } | null;
  overrides: readonly OverrideInForce[];
  throttleFactor: number;
};

/** The request that is counted. `windowSeconds` is the window of its endpoint's rate limit. */
export type CountedRequest = { accountId: string; tokenId: string; endpointId: number; windowSeconds: number };

/** The `…-Limit`, `…-Remaining` and `…-Reset` headers, in the order they are written. Of several limits they tell the tightest. */
export const limitHeaderNames = ["X-RateLimit", "X-ApiQuota"] as const;
export type LimitHeaders = (typeof limitHeaderNames)[number];

type Definition = {
  kind: LimitKind;
  /** Whose requests are added up. */
  countedBy: "account" | "token";
  /** Null = told in the RateLimit fields only. */
  headers: LimitHeaders | null;
  /** Whether each endpoint is counted by itself. */
  isPerEndpoint: boolean;
  windowSeconds: number | "the endpoint's";
  /** How much passes per window now; null = no such limit. */
  amount: (terms: LimitTerms, nowMs: number) => number | null;
  /** Where Redis counts it, below its account. Running counts are stored under it, so it must not change. */
  key: (of: CountedRequest) => string;
};

/** A quota is rebuilt from days by account and token, so it cannot count an endpoint by itself. */
type QuotaDefinition = Definition & { kind: "quota"; isPerEndpoint: false; windowSeconds: typeof daySeconds };

/** In the order they are checked: rate limits before quotas. */
const definitions = {
  "endpoint-rate": {
    kind: "rate",
    countedBy: "account",
    isPerEndpoint: true,
    windowSeconds: "the endpoint's",
    headers: "X-RateLimit",
    amount: ({ endpoint, plan, overrides, throttleFactor }, nowMs) => {
      const endpointId = endpoint?.id ?? 0;
      const endpointDefault = endpoint?.rateLimit ?? null;
      const planLimit = plan?.limits.get(endpointId);
      return effectiveRateLimit({ endpointId, endpointDefault, planLimit, overrides, throttleFactor }, nowMs);
    },
    key: ({ endpointId, windowSeconds }) => `rate:${endpointId}:${windowSeconds}`,
  },
  "token-rate": {
    kind: "rate",
    countedBy: "token",
    isPerEndpoint: false,
    windowSeconds: 60,
    headers: "X-RateLimit",
    amount: ({ token, throttleFactor }) => throttled(token.capPerMinute, throttleFactor),
    key: ({ tokenId }) => `token:${tokenId}`,
  },
  "token-quota": {
    kind: "quota",
    countedBy: "token",
    isPerEndpoint: false,
    windowSeconds: daySeconds,
    headers: null,
    amount: ({ token }) => token.capPerDay,
    key: ({ tokenId }) => tokenId,
  },
  "account-quota": {
    kind: "quota",
    countedBy: "account",
    isPerEndpoint: false,
    windowSeconds: daySeconds,
    headers: "X-ApiQuota",
    // A plan that is not known (yet) allows nothing: 0, not unlimited.
    amount: ({ plan, overrides }, nowMs) => effectiveQuota(plan === null ? 0 : plan.quotaPerDay, overrides, nowMs),
    key: () => "a",
  },
} as const satisfies Record<string, (Definition & { kind: "rate" }) | QuotaDefinition>;

export type LimitName = keyof typeof definitions;

/** `place` = its position in `limits`. */
export type Limit = Definition & KindFacts & { name: LimitName; code: LimitCode; place: number };

/** An object keeps the order in which its entries are written. */
export const limitNames = Object.keys(definitions) as LimitName[];

/** All limits, in the order they are checked. */
export const limits: readonly Limit[] = limitNames.map((name, place) => limitOf(name, place, definitions[name]));

/** All of one shape, field by field: every request reads them. */
function limitOf(name: LimitName, place: number, definition: Definition): Limit {
  const { kind, countedBy, isPerEndpoint, windowSeconds, headers, amount, key } = definition;
  const { code, isAlwaysCounted, restoredFrom } = limitKinds[kind];
  const ofKind = { kind, code, isAlwaysCounted, restoredFrom };
  return { name, place, ...ofKind, countedBy, isPerEndpoint, windowSeconds, headers, amount, key };
}

export const limitNamed = Object.fromEntries(limits.map((limit) => [limit.name, limit])) as Record<LimitName, Limit>;

/** Undefined for a name that was stored by a later version. */
export function findLimit(name: string): Limit | undefined {
  return limits.find((limit) => limit.name === name);
}

/** How much each limit lets through now, in the order of `limits`; null = no such limit. */
export function amountsOf(terms: LimitTerms, nowMs: number): (number | null)[] {
  return limits.map(({ amount }) => amount(terms, nowMs));
}

/** The window a limit is counted over for this request, in seconds. */
export function windowSecondsOf({ windowSeconds }: Limit, of: { windowSeconds: number }): number {
  return windowSeconds === "the endpoint's" ? of.windowSeconds : windowSeconds;
}

/** What no restart may forget of the journal, whatever the endpoints' windows are. In seconds. */
export const longestFixedRateSeconds = Math.max(
  ...limits.map(({ restoredFrom, windowSeconds }) =>
    restoredFrom === "journal" && windowSeconds !== "the endpoint's" ? windowSeconds : 0,
  ),
);
