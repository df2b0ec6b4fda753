import { basename } from "node:path";
import { MemoryCounters } from "#core/gate/counters/memory-counters.ts";
import { KeptRefusals } from "#core/gate/import/kept-refusals.ts";
import { tally } from "#core/gate/import/tally.ts";
import { readShape, type SecondCount, type UsageCount } from "#core/gate/import/usage-count.ts";
import type { JournalRecord } from "#core/gate/journal/journal-line.ts";
import { askedFor } from "#core/gate/testing/testing-limits.ts";
import { sampleEndpoints } from "#core/provider/sample-provider.ts";
import type { AccountWindow, RefusedPath, Signal } from "#core/rules/detectors/detector.ts";
import { type PathShapes, shapesOf, wrongPath } from "#core/rules/detectors/path-shape.ts";
import { detectors } from "#core/rules/detectors/registry.ts";
import { compileEndpoints, matchEndpoint } from "#core/rules/limits/endpoint-match.ts";
import { defaultPathRules } from "#core/rules/limits/path.ts";
import { hourMs, minuteMs } from "#core/rules/time.ts";
import type { DecisionCode } from "#core/rules/vocabulary.ts";
import type { LogEntry } from "../access-log/parse-line.ts";
import { readEntries } from "../access-log/read-entries.ts";
import { surveyLog } from "../access-log/survey.ts";

/** A flag that a client of the log would get: when after its first request, in the log's own time. */
export type LoggedFlag = { client: string; detector: string; severity: number; afterMs: number; requests: number };

/** Who scans, for whoever reads the logs: these ask for many paths that are not there. In order of their texts. */
const scanners: Record<string, readonly string[]> = { "scan-1.log.gz": ["10.152.77.20", "10.96.199.163"] };

/** The clients of a recorded scan that scan. Throws for a log that nobody has read. */
export function scannersOf(file: string): readonly string[] {
  const known = scanners[basename(file)];
  if (!known) throw new Error(`Nobody has said who scans in ${basename(file)}.`);
  return known;
}

type Endpoint = { id: number; surface: "http"; method: string; path: string; rateLimit: number | null };
/** As `importOpenapi` registers what a log's server has answered. */
const importedRateLimit = 60;
const lookEveryMs = 5_000;

/**
 * A log in its own time, without a server or a database: each client an account, decided by the gate's own matching and counters as `replay`
 * sets them up, counted as the importer counts, with the statuses of the log as the API reports them, and looked at by all detectors of minutes
 * every five seconds. Returns the first flag of each client, detector and day.
 */
export async function judgeLog(file: string): Promise<{ flags: LoggedFlag[]; clients: number; accountDays: number }> {
  const reading = { limit: Number.POSITIVE_INFINITY, nowMs: Date.now(), kind: "requests" as const };
  const { routes } = await surveyLog(file, reading);
  const registered = [...sampleEndpoints.filter((one) => one.surface === "http"), ...routes].map((one, i) => ({
    ...{ id: i + 1, surface: "http" as const, method: one.method, path: one.path },
    rateLimit: "rateLimit" in one ? one.rateLimit : importedRateLimit,
  }));
  const matcher = compileEndpoints<Endpoint>(registered);
  const shapes = shapesOf(
    registered.map(({ id, path }) => ({ id, path, isClosed: false })),
    defaultPathRules,
  );
  const entries: LogEntry[] = [];
  for await (const entry of readEntries(file, reading)) entries.push(entry);
  const byClient = new Map<string, LogEntry[]>();
  for (const entry of entries.sort((a, b) => a.atMs - b.atMs))
    byClient.set(entry.client, [...(byClient.get(entry.client) ?? []), entry]);
  const flags: LoggedFlag[] = [];
  let accountDays = 0;
  for (const [name, requests] of byClient) {
    const days = new Set(requests.map((one) => Math.floor(one.atMs / (24 * hourMs))));
    accountDays += days.size;
    flags.push(
      ...judgeClient(name, requests, (entry) => matchEndpoint(matcher, "http", entry.method, entry.target), shapes),
    );
  }
  return { flags, clients: byClient.size, accountDays };
}

type Match = (entry: LogEntry) => Endpoint | "ambiguous" | null;

function judgeClient(client: string, entries: readonly LogEntry[], match: Match, shapes: PathShapes): LoggedFlag[] {
  const traffic = new LoggedTraffic(shapes);
  const found = new Map<string, LoggedFlag>();
  const firstMs = entries[0]?.atMs ?? 0;
  let lookedMs = firstMs;
  let requests = 0;
  const look = (atMs: number) => {
    lookedMs = atMs;
    for (const { id, signal } of signalsIn(traffic.window(atMs))) {
      const key = `${id} ${Math.floor(atMs / (24 * hourMs))}`;
      const { severity } = signal;
      if (!found.has(key)) found.set(key, { client, detector: id, severity, afterMs: atMs - firstMs, requests });
    }
  };
  for (const entry of entries) {
    if (entry.atMs - lookedMs >= lookEveryMs) look(Math.min(entry.atMs, lookedMs + lookEveryMs));
    traffic.take(entry, match(entry));
    requests++;
  }
  look((entries.at(-1)?.atMs ?? 0) + lookEveryMs);
  return [...found.values()];
}

function signalsIn(window: AccountWindow): { id: string; signal: Signal }[] {
  return detectors.flatMap((one) =>
    one.looksAt === "minutes" ? one.evaluate(window, one.defaults).map((signal) => ({ id: one.id, signal })) : [],
  );
}

const [accountId, tokenId] = ["00000000-0000-4000-8000-000000000002", "00000000-0000-4000-8000-000000000001"];

/** One client's requests as the database would hold them. */
class LoggedTraffic {
  readonly #shapes: PathShapes;
  readonly #counters = new MemoryCounters();
  readonly #kept = new KeptRefusals();
  #minutes: UsageCount[] = [];
  #seconds: SecondCount[] = [];
  #refusals: JournalRecord[] = [];
  #wrong: RefusedPath[] = [];

  constructor(shapes: PathShapes) {
    this.#shapes = shapes;
  }

  take(entry: LogEntry, route: Endpoint | "ambiguous" | null): void {
    const { atMs, ip, userAgent, status } = entry;
    const endpoint = route === "ambiguous" ? null : route;
    const decided = this.#decide(atMs, route);
    const record: JournalRecord = {
      ...{
        atMs,
        code: decided.code,
        surface: "http",
        accountId,
        tokenId,
        secretId: null,
        recipients: null,
        caller: "",
      },
      ...{ endpointId: endpoint?.id ?? 0, spent: 0, ip, userAgent, requestId: null },
      refusal:
        decided.code === "allowed"
          ? null
          : {
              ...{ receipt: "rcp", method: entry.method, path: entry.target, limiter: null, tokenKey: null },
              ...{ retryAfterSeconds: decided.retryAfterSeconds, missingScope: null },
            },
    };
    const sums = tally([record]);
    this.#minutes.push(...sums.minutes);
    this.#seconds.push(...sums.minutes.flatMap(readShape));
    const asked = { endpointId: record.endpointId, path: entry.target.split("?", 1)[0] ?? "" };
    const from = { tokenId, atMs, address: ip, client: userAgent };
    const wrong = wrongPath(asked, this.#shapes);
    if (sums.refusals.some((one) => this.#kept.keeps(one))) {
      this.#refusals.push(record);
      if (wrong) this.#wrong.push({ ...from, ...wrong, code: decided.code });
    }
    if (decided.code === "allowed" && status !== null && status >= 400 && status < 500 && wrong)
      this.#wrong.push({ ...from, ...wrong, code: "allowed", status });
  }

  #decide(
    atMs: number,
    route: Endpoint | "ambiguous" | null,
  ): { code: DecisionCode; retryAfterSeconds: number | null } {
    if (route === "ambiguous") return { code: "ambiguous_path", retryAfterSeconds: null };
    if (route === null) return { code: "unknown_endpoint", retryAfterSeconds: null };
    const asked = askedFor({ "endpoint-rate": route.rateLimit }, { accountId, tokenId, endpointId: route.id });
    const { refusedBy, retryAfterSeconds } = this.#counters.take(asked, 1, 1, { wallMs: atMs, steadyMs: atMs });
    return refusedBy === null
      ? { code: "allowed", retryAfterSeconds: null }
      : { code: "rate_limited", retryAfterSeconds };
  }

  /** As readWindow reads it; what is older than an hour is forgotten. */
  window(nowMs: number): AccountWindow {
    const fromMs = Math.ceil((nowMs - hourMs) / minuteMs) * minuteMs;
    const shortMs = Math.ceil((nowMs - 10 * minuteMs) / minuteMs) * minuteMs;
    this.#minutes = this.#minutes.filter((one) => one.atMs >= fromMs);
    this.#wrong = this.#wrong.filter((one) => one.atMs >= fromMs);
    this.#seconds = this.#seconds.filter((one) => one.atMs >= shortMs);
    this.#refusals = this.#refusals.filter((one) => one.atMs >= shortMs);
    return {
      ...{ nowMs, accountId, minutes: this.#minutes, refusedPaths: this.#wrong },
      seconds: this.#seconds.filter((one) => one.refused > 0),
      waits: this.#refusals.flatMap(({ atMs, endpointId, ip, code, refusal }) =>
        code !== "rate_limited" || !refusal || refusal.retryAfterSeconds === null
          ? []
          : [{ atMs, tokenId, endpointId, seconds: refusal.retryAfterSeconds, address: ip }],
      ),
      ...{ failingAddresses: [], unknownAttempts: [], tokens: [{ id: tokenId, isRevoked: false }] },
    };
  }
}
