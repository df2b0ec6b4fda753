import type { GateCounts } from "../state/gate-counts.ts";

/** Readings taken when the metrics are asked for. */
export type Gauges = {
  isReady: boolean;
  isStale: boolean;
  cacheAgeSeconds: number;
  tokens: number;
  unknownTokens: number;
  accounts: number;
  areCountersUp: boolean;
  rings: number;
  rememberedRequests: number;
  journalWrittenBytes: number;
  journalLagBytes: number;
  journalFaults: number;
  importBusySeconds: number;
  uncountedSeconds: number;
  isImportStalled: boolean;
};

/** Prometheus text format 0.0.4. */
export function metricsText(counts: GateCounts, gauges: Gauges): string {
  const codes = [...counts.byCode].map(([code, count]) => `{code="${code}"} ${count}`);
  const reasons = [...counts.unavailable].map(([code, count]) => `{reason="${code}"} ${count}`);
  const flag = (value: boolean) => (value ? 1 : 0);
  return [
    metric("decisions_total", "counter", "Decisions recorded, by code.", codes),
    metric("unavailable_total", "counter", "Requests that could not be decided, by reason.", reasons),
    metric("failed_open_total", "counter", "Requests let through because GATE_FAIL is open.", counts.failedOpen),
    metric("repeated_total", "counter", "Requests answered as their first time, by request id.", counts.repeated),
    metric("probes_total", "counter", "Requests that only looked.", counts.probes),
    metric("lookups_total", "counter", "Tokens that had to be read from the database.", counts.lookups),
    metric("imported_records_total", "counter", "Decisions counted into the database.", counts.importedRecords),
    metric("damaged_records_total", "counter", "Lines of the journal that could not be read.", counts.damagedRecords),
    metric("import_failures_total", "counter", "Imports that failed and were tried again.", counts.importFailures),
    metric("import_busy_seconds_total", "counter", "Time the importer's thread has worked.", gauges.importBusySeconds),
    metric("journal_written_bytes_total", "counter", "Bytes of decisions written.", gauges.journalWrittenBytes),
    metric("journal_faults_total", "counter", "Writes of the journal that failed.", gauges.journalFaults),
    metric("journal_lag_bytes", "gauge", "Bytes of decisions not counted yet.", gauges.journalLagBytes),
    metric("uncounted_seconds", "gauge", "How long the oldest decision waits to be counted.", gauges.uncountedSeconds),
    metric(
      "import_stalled",
      "gauge",
      "1 = it waits too long although the database answers.",
      flag(gauges.isImportStalled),
    ),
    metric("ready", "gauge", "1 = decides from a complete state.", flag(gauges.isReady)),
    metric("stale", "gauge", "1 = too long without the database; GATE_FAIL decides.", flag(gauges.isStale)),
    metric("cache_age_seconds", "gauge", "Since the state was last known to be complete.", gauges.cacheAgeSeconds),
    metric("cached_tokens", "gauge", "Tokens in memory.", gauges.tokens),
    metric("cached_unknown_tokens", "gauge", "Hashes known to be no token.", gauges.unknownTokens),
    metric("cached_accounts", "gauge", "Accounts in memory.", gauges.accounts),
    metric("counters_up", "gauge", "0 = Redis cannot be reached; GATE_FAIL decides.", flag(gauges.areCountersUp)),
    metric("rate_rings", "gauge", "Rate limits with something to count.", gauges.rings),
    metric("remembered_requests", "gauge", "Request ids of the last seconds.", gauges.rememberedRequests),
    metric("resident_memory_bytes", "gauge", "Memory of the process.", process.memoryUsage.rss()),
  ].join("");
}

function metric(name: string, type: "counter" | "gauge", help: string, value: number | readonly string[]): string {
  const full = `gatehouse_gate_${name}`;
  const lines = typeof value === "number" ? [` ${Number.isFinite(value) ? value : "+Inf"}`] : value;
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type}\n${lines.map((line) => `${full}${line}\n`).join("")}`;
}
