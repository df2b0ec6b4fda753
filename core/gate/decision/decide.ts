import { amountsOf, limitNamed } from "../../rules/limits/catalogue.ts";
import { type AccessRefusal, checkAccess } from "../../rules/limits/check-order.ts";
import { newReceipt } from "../../rules/limits/receipt.ts";
import { isInNetworks, type Networks } from "../../rules/networks.ts";
import { throttleFactorAt } from "../../rules/standing/standing.ts";
import { credentialMistake } from "../../rules/tokens/credential-mistake.ts";
import type { Surface } from "../../rules/vocabulary.ts";
import type { Counters, LimitsAsked, Taken } from "../counters/counters.ts";
import type { Moment } from "../state/clock.ts";
import type { CachedEndpoint, Provider } from "../state/provider-cache.ts";
import type { StoredAction } from "../state/rows.ts";
import type { CachedToken } from "../state/token-cache.ts";
import type { CheckRequest } from "./check-request.ts";
import type { Decision, Refused } from "./decision.ts";
import { pooledRandom } from "./random-bytes.ts";
import type { RememberedAnswer } from "./request-memory.ts";

/** Everything known about a request before it is decided. */
export type Known = {
  request: CheckRequest;
  isWellFormed: boolean;
  token: CachedToken | null;
  endpoint: CachedEndpoint | null;
  /** The path may be routed differently by servers; then there is no endpoint. */
  isAmbiguous: boolean;
  provider: Provider;
};

/** A decision, what it took from which limits, and when by the clock of the counters. */
export type Result = { decision: Decision; asked: LimitsAsked | null; takenAt: Moment };

/** Finds the endpoint by name or by route. */
export function findEndpoint(provider: Provider, request: CheckRequest): CachedEndpoint | "ambiguous" | null {
  const { surface, endpointName, method, uri } = request;
  if (endpointName !== null) {
    const named = provider.byName.get(endpointName);
    return named && named.surface === surface ? named : null;
  }
  return method === null || uri === null ? null : provider.match(surface, method, uri);
}

/**
 * Decides one request in the published order. Steps 1 to 7 are facts, 8 and 9 are taken from the counters, all or nothing.
 * A request that was decided before (`before`) gets the same answer and spends nothing, unless by now it may not pass at all.
 */
export function decide(
  known: Known,
  before: RememberedAnswer | null,
  counters: Counters,
  now: Moment,
): Result | Promise<Result> {
  const { request, token, endpoint } = known;
  const refusal = checkAccess(
    {
      isWellFormed: known.isWellFormed,
      token,
      closedAtMs: token === null ? null : token.account.closedAtMs,
      actions: token?.account.actions ?? none,
      surface: request.surface,
      isAddressAllowed: token === null || isAdmitted(token.networks, request.ip),
      isAddressOfAccount: token === null || isAdmitted(token.account.networks, request.ip),
      endpoint: known.isAmbiguous ? "ambiguous" : endpoint,
      askedScope: request.scope,
    },
    now.wallMs,
  );
  if (token === null) {
    return untaken(refused(known, now, before, refusal ?? { code: "unknown_token" }, nothingTaken), now);
  }
  const asked = limitsFor(token, endpoint, known.provider, now.wallMs);
  const isRepeated = before !== null && refusal === null;
  const cost = refusal === null && !isRepeated ? costOf(known) : 0;
  const taken = counters.take(asked, cost, request.isProbe ? 0 : cost, now);
  const open: Open = { known, before, now, refusal, isRepeated, asked, cost };
  if (!(taken instanceof Promise)) return settle(open, taken);
  return taken.then(
    (found) => settle(open, found),
    (error: unknown) => {
      // Who may not pass at all may not pass without counters either.
      if (refusal || isRepeated) return settle(open, nothingTaken);
      throw error;
    },
  );
}

/** The call's cost times the endpoint's. */
function costOf({ request, endpoint }: Known): number {
  return Math.max(1, request.cost) * (endpoint?.cost ?? 1);
}

/** A request whose limits are being asked. */
type Open = {
  known: Known;
  before: RememberedAnswer | null;
  now: Moment;
  refusal: AccessRefusal | null;
  isRepeated: boolean;
  asked: LimitsAsked;
  cost: number;
};

function settle(open: Open, taken: Taken): Result {
  const { known, now, refusal, before } = open;
  if (refusal) return untaken(refused(known, now, before, refusal, taken), now);
  if (open.isRepeated && before) return untaken(repeated(known, now, before, taken), now);
  const { refusedBy } = taken;
  if (refusedBy) return untaken(refused(known, now, null, { code: limitNamed[refusedBy.name].code }, taken), now);
  const { isProbe } = known.request;
  const decision = allowed(known, now, taken, isProbe ? 0 : open.cost, !isProbe);
  return { decision, asked: open.asked, takenAt: taken.at };
}

/** GATE_FAIL=open and nothing can be counted: everything but the limits has been checked. */
export function allowedUncounted(known: Known, now: Moment): Result {
  return untaken(allowed(known, now, nothingTaken, 0, !known.request.isProbe), now);
}

function untaken(decision: Decision, now: Moment): Result {
  return { decision, asked: null, takenAt: now };
}

/** Whether a token may be used at all: steps 1 to 6, for an endpoint that asks nothing. */
export function isUsable(token: CachedToken, asked: { surface: Surface; ip: string | null }, nowMs: number): boolean {
  const facts = {
    isWellFormed: true,
    token,
    closedAtMs: token.account.closedAtMs,
    actions: token.account.actions,
    surface: asked.surface,
    isAddressAllowed: isAdmitted(token.networks, asked.ip),
    isAddressOfAccount: isAdmitted(token.account.networks, asked.ip),
    endpoint: openEndpoint,
    askedScope: null,
  };
  return checkAccess(facts, nowMs) === null;
}

const openEndpoint = { deniedAtMs: null, scope: null };
const none: readonly never[] = [];
const nothingTaken: Taken = { refusedBy: null, states: [], retryAfterSeconds: 0, at: { wallMs: 0, steadyMs: 0 } };

/** plan → endpoint → override → throttle, for this token on this endpoint now. */
function limitsFor(
  token: CachedToken,
  endpoint: CachedEndpoint | null,
  provider: Provider,
  nowMs: number,
): LimitsAsked {
  const { account } = token;
  const { actions, overrides } = account;
  const plan = provider.plans.get(account.planId) ?? null;
  const endpointId = endpoint?.id ?? 0;
  const throttleFactor = actions.length === 0 ? 1 : throttleFactorAt(actions, token.id, endpointId, nowMs);
  return {
    accountId: account.id,
    tokenId: token.id,
    endpointId,
    windowSeconds: endpoint?.windowSeconds ?? 60,
    amounts: amountsOf({ token, endpoint, plan, overrides, throttleFactor }, nowMs),
    accountHolder: account,
    tokenHolder: token,
  };
}

function isAdmitted(networks: Networks | null, ip: string | null): boolean {
  return networks === null || (ip !== null && isInNetworks(networks, ip));
}

function allowed(known: Known, now: Moment, taken: Taken, spent: number, isCounted: boolean): Decision {
  const { token } = known;
  return {
    code: "allowed",
    atMs: now.wallMs,
    accountId: token === null ? null : token.account.id,
    externalId: token === null ? null : token.account.externalId,
    tokenId: token === null ? null : token.id,
    secretId: token === null ? null : token.secretId,
    scopes: token === null ? null : token.scopeSet,
    endpoint: known.endpoint,
    limits: taken.states,
    policyVersion: known.provider.policyVersion,
    isCounted,
    spent,
  };
}

function repeated(known: Known, now: Moment, before: RememberedAnswer, taken: Taken): Decision {
  if (before.code === "allowed") return allowed(known, now, taken, before.spent, false);
  const limiter = taken.states.find((one) => one.name === before.limiter) ?? null;
  const found = { ...taken, refusedBy: limiter, retryAfterSeconds: 0 };
  return { ...refused(known, now, before, { code: before.code }, found), retryAfterSeconds: before.retryAfterSeconds };
}

type Why = { code: Refused["code"]; action?: { id: string } | null; missingScope?: string | null };

function refused(known: Known, now: Moment, before: RememberedAnswer | null, why: Why, taken: Taken): Refused {
  const { request, token } = known;
  const action = why.action ? (token?.account.actions.find((one) => one.id === why.action?.id) ?? null) : null;
  const isRepeated = before !== null && before.code === why.code;
  return {
    atMs: now.wallMs,
    accountId: token?.account.id ?? null,
    externalId: token?.account.externalId ?? null,
    tokenId: token?.id ?? null,
    secretId: token?.secretId ?? null,
    scopes: token?.scopeSet ?? null,
    endpoint: known.endpoint,
    limits: taken.states,
    policyVersion: known.provider.policyVersion,
    isCounted: !request.isProbe && !isRepeated,
    code: why.code,
    receipt: isRepeated ? before.receipt : request.isProbe ? null : newReceipt(now.wallMs, pooledRandom),
    cost: costOf(known),
    limiter: taken.refusedBy,
    retryAfterSeconds: waitOf(taken, costOf(known)),
    missingScope: why.missingScope ?? null,
    ...toldOf(action),
    isSecretReplaced: why.code === "token_revoked" && token !== null && token.revokedAtMs === null,
    mistake: token === null && request.tokenKey === null ? credentialMistake(request.token, request.uri) : null,
    isWithoutToken: request.token === "" && request.tokenKey === null,
  };
}

/** Null = no wait helps: nothing was used up, or the request alone costs more than the whole limit. */
function waitOf({ refusedBy, retryAfterSeconds }: Taken, cost: number): number | null {
  return refusedBy === null || cost > refusedBy.limit ? null : retryAfterSeconds;
}

/** While an action is silent its code is given, its reason and end are not. */
function toldOf(action: StoredAction | null): Pick<Refused, "reason" | "endsAtMs"> {
  if (action === null || action.isSilent) return { reason: null, endsAtMs: null };
  return { reason: action.publicText, endsAtMs: action.endsAtMs };
}
