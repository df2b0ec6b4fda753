import { longestFixedRateSeconds } from "../../rules/limits/catalogue.ts";
import { compileEndpoints, matchEndpoint } from "../../rules/limits/endpoint-match.ts";
import type { PathRules } from "../../rules/limits/path.ts";
import type { Surface } from "../../rules/vocabulary.ts";
import { asciiJson } from "./ascii-json.ts";
import type { Callers } from "./callers.ts";
import type { StoredEndpoint, StoredProvider } from "./rows.ts";

/** An endpoint with its name as JSON text, which every answer holds. */
export type CachedEndpoint = StoredEndpoint & { nameJson: string };
export type CachedPlan = { quotaPerDay: number | null; limits: ReadonlyMap<number, number> };

/** The provider's plans and endpoints, compiled. Replaced whole when they change. */
export type Provider = {
  byName: ReadonlyMap<string, CachedEndpoint>;
  match: (surface: Surface, method: string, target: string) => CachedEndpoint | "ambiguous" | null;
  pathRules: PathRules;
  plans: ReadonlyMap<number, CachedPlan>;
  /** The longest window of any rate limit, in seconds. */
  longestWindowSeconds: number;
  policyVersion: number | null;
  callers: Callers;
};

export function compileProvider(stored: StoredProvider): Provider {
  const endpoints = stored.endpoints.map((one): CachedEndpoint => ({ ...one, nameJson: asciiJson(one.name) }));
  const matcher = compileEndpoints(endpoints, stored.pathRules);
  const plans = new Map(
    stored.plans.map((plan) => [plan.id, { quotaPerDay: plan.quotaPerDay, limits: new Map<number, number>() }]),
  );
  for (const limit of stored.planLimits) plans.get(limit.planId)?.limits.set(limit.endpointId, limit.rateLimit);
  return {
    byName: new Map(endpoints.map((endpoint) => [endpoint.name, endpoint])),
    match: (surface, method, target) => matchEndpoint(matcher, surface, method, target),
    pathRules: stored.pathRules,
    plans,
    longestWindowSeconds: stored.endpoints.reduce(
      (longest, one) => Math.max(longest, one.windowSeconds),
      longestFixedRateSeconds,
    ),
    policyVersion: stored.policyVersion,
    callers: new Map(stored.credentials.map(({ hashHex, id }) => [hashHex, { id, isUsed: false }])),
  };
}
