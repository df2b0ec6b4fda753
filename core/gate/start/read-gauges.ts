import type { Counters } from "../counters/counters.ts";
import type { MemoryCounters } from "../counters/memory-counters.ts";
import type { Gate } from "../decision/gate.ts";
import { importStalledAfterMs } from "../import/stalled-after.ts";
import type { AccountCache } from "../state/account-cache.ts";
import type { Clock } from "../state/clock.ts";
import type { Freshness } from "../state/freshness.ts";
import type { TokenCache } from "../state/token-cache.ts";
import type { CountingWatch } from "./counting-watch.ts";
import type { Gauges } from "./metrics.ts";

export type Measured = {
  clock: Clock;
  gate: Gate;
  freshness: Freshness;
  tokens: TokenCache;
  accounts: AccountCache;
  counters: Counters;
  memoryCounters: MemoryCounters | null;
  counting: CountingWatch;
  lagBytes: () => number;
  importBusySeconds: () => number;
};

/** What the metrics show of this moment. */
export function readGauges(parts: Measured): Gauges {
  const { gate, freshness, counting } = parts;
  const { steadyMs } = parts.clock();
  return {
    isReady: gate.isReady,
    isStale: freshness.isStale(steadyMs),
    cacheAgeSeconds: freshness.ageMs(steadyMs) / 1000,
    tokens: parts.tokens.size,
    unknownTokens: parts.tokens.unknownSize,
    accounts: parts.accounts.size,
    areCountersUp: parts.counters.isUp,
    rings: parts.memoryCounters?.ringCount ?? 0,
    rememberedRequests: gate.memory.size,
    journalWrittenBytes: gate.journal?.writtenBytes ?? 0,
    journalLagBytes: parts.lagBytes(),
    journalFaults: gate.journal?.faults ?? 0,
    importBusySeconds: parts.importBusySeconds(),
    uncountedSeconds: counting.waitingMs / 1000,
    isImportStalled: counting.waitingMs > importStalledAfterMs,
  };
}
