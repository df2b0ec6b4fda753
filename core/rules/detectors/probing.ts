import { groupBy } from "../group-by.ts";
import { hourMs } from "../time.ts";
import type { DecisionCode } from "../vocabulary.ts";
import { type AccountWindow, byToken, defineDetector, type RefusedPath, type Signal, sum } from "./detector.ts";

/** Refusals that say "you should not be asking for this", unlike a rate limit, which says "not so often". */
export const probingCodes: readonly DecisionCode[] = ["unknown_endpoint", "endpoint_denied", "insufficient_scope"];

/** The same, said by the API itself. Others of 400 to 499 speak of what was sent or of its state: 409, 412, 415, 422, 429. */
export const probingStatuses: readonly number[] = [400, 401, 403, 404, 405, 410];

export function isForbidden({ code, status }: Pick<RefusedPath, "code" | "status">): boolean {
  return probingCodes.includes(code) || (code === "allowed" && probingStatuses.includes(status ?? 0));
}

type Config = {
  capacity: number;
  capacityAccount: number;
  leakSeconds: number;
  pathsPerHour: number;
  share: number;
  minimumRequests: number;
  minimumPaths: number;
};

/**
 * Looking for doors: many distinct paths that were refused, by the gate or by the API. A leaky bucket over distinct paths per token, and
 * where its tokens take turns per address and account (capacity and leak from CrowdSec's http-probing); so many in an hour, however slowly;
 * or a large share of refusals by the gate over several paths. Repeating one wrong path is a broken client, not probing, and so are
 * the ids of one route: paths are counted by their shape.
 */
export const probing = defineDetector({
  id: "probing",
  version: 3,
  reasonCode: "probing",
  halfLifeDays: 3,
  weight: 1,
  isSilencedBySuspension: true,
  respectsAnnouncedLoad: false,
  isSilencedByLeak: false,
  offence: { outcomes: probingCodes, lookBackMs: hourMs },
  looksAt: "minutes",
  defaults: {
    ...{ capacity: 10, capacityAccount: 30, leakSeconds: 10, pathsPerHour: 100 },
    ...{ share: 0.3, minimumRequests: 200, minimumPaths: 5 },
  },
  evaluate: (window, config) => {
    const paths = window.refusedPaths.filter(isForbidden);
    const ofToken = byToken(paths);
    const tokens = [...new Set([...window.minutes.map((one) => one.tokenId), ...ofToken.keys()])];
    const signals = tokens.flatMap((tokenId) => {
      const kept = ofToken.get(tokenId) ?? [];
      const seen = seenOf(window, kept, [tokenId]);
      const isFound =
        isScan(spreadOf(kept, config.leakSeconds), config, config.capacity) ||
        isLargeShare(window, tokenId, seen, config);
      return isFound ? [signalOf({ scope: "token", scopeId: tokenId }, kept, seen)] : [];
    });
    return signals.length > 0 ? signals : spread(window, paths, config);
  },
});

/** Of many people behind one address each may mistype a path or two in the same minute, and in the same hour some more. */
const atOncePerToken = 2;
const perHourPerToken = 5;

/** Tokens that take turns each stay below; the address that holds them does not, nor, with more room for chance, the account. */
function spread(window: AccountWindow, paths: readonly RefusedPath[], config: Config): Signal[] {
  const found = (kept: readonly RefusedPath[], capacity: number) => {
    const tokens = tokensOf(kept).length;
    const pathsPerHour = Math.max(config.pathsPerHour, perHourPerToken * tokens);
    const atOnce = Math.max(capacity, atOncePerToken * tokens);
    return isScan(spreadOf(kept, config.leakSeconds), { ...config, pathsPerHour }, atOnce);
  };
  const signals = [...groupBy(paths, (one) => one.address ?? null)].flatMap(([address, kept]) => {
    if (address === null || !found(kept, config.capacity)) return [];
    return [signalOf({ scope: "network", scopeId: address }, kept, seenOf(window, kept, tokensOf(kept)))];
  });
  if (signals.length > 0 || !found(paths, config.capacityAccount)) return signals;
  const key = { scope: "account" as const, scopeId: window.accountId };
  return [signalOf(key, paths, seenOf(window, paths, tokensOf(paths)))];
}

const tokensOf = (paths: readonly RefusedPath[]) => [...new Set(paths.map((one) => one.tokenId))];

type Seen = { refused: number; refusedByGate: number; requests: number; tokens: number };

/** Each that is kept is counted, too; what is said of them must hold also where the counts of its minute are not there. */
function seenOf(window: AccountWindow, kept: readonly RefusedPath[], tokenIds: readonly string[]): Seen {
  const minutes = window.minutes.filter((one) => tokenIds.includes(one.tokenId));
  const counted = sum(minutes, window.nowMs - hourMs, probingCodes);
  const answers = kept.filter((one) => one.code === "allowed");
  const answered = answers.reduce((all, one) => all + (one.requests ?? 1), 0);
  const refusedByGate = Math.max(counted, kept.length - answers.length);
  const refused = refusedByGate + answered;
  const all = sum(minutes, window.nowMs - hourMs) - counted + refusedByGate;
  return { refused, refusedByGate, requests: Math.max(all, refused), tokens: tokenIds.length };
}

/** Only what the gate refused: an API may answer 404 all day to whoever looks things up. */
function isLargeShare(
  window: AccountWindow,
  tokenId: string,
  { refusedByGate, requests }: Seen,
  config: Config,
): boolean {
  const byGate = window.refusedPaths.filter((one) => one.tokenId === tokenId && probingCodes.includes(one.code));
  return (
    spreadOf(byGate, config.leakSeconds).distinct >= config.minimumPaths &&
    requests >= config.minimumRequests &&
    refusedByGate >= config.share * requests
  );
}

function isScan({ distinct, peak }: Spread, { pathsPerHour }: Config, capacity: number): boolean {
  return peak > capacity || distinct > pathsPerHour;
}

type Spread = { distinct: number; peak: number };

/** Pours every path's first appearance into the bucket: how full it ever was, and how many distinct paths there were. */
function spreadOf(paths: readonly RefusedPath[], leakSeconds: number): Spread {
  const seen = new Set<string>();
  let level = 0;
  let lastMs = 0;
  let peak = 0;
  for (const { atMs, path } of paths) {
    if (seen.has(path)) continue;
    seen.add(path);
    level = Math.max(0, level - (atMs - lastMs) / (leakSeconds * 1000)) + 1;
    lastMs = atMs;
    peak = Math.max(peak, level);
  }
  return { distinct: seen.size, peak };
}

function signalOf(key: Pick<Signal, "scope" | "scopeId">, kept: readonly RefusedPath[], seen: Seen): Signal {
  const distinctPaths = new Set(kept.map((one) => one.path)).size;
  const { refused, requests, refusedByGate, tokens } = seen;
  const answered = refused - refusedByGate;
  const times = kept.map((one) => one.atMs);
  return {
    ...{ ...key, severity: 2, magnitude: Math.max(distinctPaths, refused) },
    facts: {
      ...{ kind: "probing", distinctPaths, isSample: kept.length < refused, refused, requests, answered },
      ...{ from: key.scope === "network" ? key.scopeId : null, tokens },
    },
    evidence: { distinctPaths, refusedAsNotAllowed: refused, requests60Minutes: requests },
    // Where the gate refused none, its counts do not say when it was.
    ...(answered > 0 || key.scope === "network"
      ? { seen: { fromMs: Math.min(...times), toMs: Math.max(...times) } }
      : {}),
  };
}
