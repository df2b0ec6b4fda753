import type { MemoryCounters } from "../counters/memory-counters.ts";
import { isRefusalCode } from "../decision/decision.ts";
import { type RememberedAnswer, type RequestMemory, rememberMs, requestKey } from "../decision/request-memory.ts";
import type { JournalRecord } from "../journal/journal-line.ts";
import { listSegments } from "../journal/journal-segments.ts";
import { readChunk, writtenAtMs } from "../journal/read-journal.ts";
import type { Moment } from "../state/clock.ts";
import type { Provider } from "../state/provider-cache.ts";

/** How long a segment is needed after its last record: the longest window, its one sub-bucket more, and some air. */
export function journalKeepMs(provider: Provider): number {
  return Math.ceil((provider.longestWindowSeconds * 1000 * 61) / 60) + 5_000;
}

/**
 * Start-up: fills rate limits and remembered request ids from the journal's last part, as if the gate had never stopped.
 * Ids of the last 10 s before the journal's end count from now, so that whoever repeats a request that was cut off is
 * answered as it was decided. Returns the records read.
 */
export function rebuild(
  folder: string,
  provider: Provider,
  counters: MemoryCounters | null,
  memory: RequestMemory,
  now: Moment,
): number {
  const nowMs = now.wallMs;
  const windows = new Map([...provider.byName.values()].map((endpoint) => [endpoint.id, endpoint.windowSeconds]));
  const keepMs = journalKeepMs(provider);
  let asked: JournalRecord[] = [];
  let endMs = 0;
  let count = 0;
  for (const record of recent(folder, nowMs - keepMs)) {
    count++;
    endMs = Math.max(endMs, record.atMs);
    if (record.requestId !== null) asked.push(record);
    if (asked.length > 2_000_000) asked = asked.filter((one) => one.atMs > endMs - rememberMs);
    const { accountId, tokenId, endpointId, spent } = record;
    if (accountId === null || tokenId === null || spent === 0 || record.atMs < nowMs - keepMs) continue;
    const at = { wallMs: record.atMs, steadyMs: Math.max(0, now.steadyMs - Math.max(0, nowMs - record.atMs)) };
    const windowSeconds = windows.get(endpointId) ?? 60;
    counters?.restore("journal", { accountId, tokenId, endpointId, windowSeconds }, spent, at);
  }
  for (const record of asked) {
    if (record.atMs > endMs - rememberMs) memory.remember(keyOf(record), answerOf(record, nowMs), nowMs);
  }
  return count;
}

function* recent(folder: string, sinceMs: number): Generator<JournalRecord> {
  const segments = listSegments(folder);
  for (const segment of segments) {
    // The last one always: it holds the journal's end, however long the gate was away.
    if (segment !== segments.at(-1) && writtenAtMs(folder, segment) < sinceMs) continue;
    for (let offset = 0; ; ) {
      const chunk = readChunk(folder, segment, offset, Number.POSITIVE_INFINITY);
      yield* chunk.records;
      offset = chunk.nextOffset;
      if (chunk.isAtEnd) break;
    }
  }
}

function keyOf(record: JournalRecord): string {
  // What is no token is remembered without its key.
  const isToken = record.code !== "malformed_token";
  const token = record.tokenId ?? (isToken ? (record.refusal?.tokenKey ?? "") : "");
  return requestKey(record.caller, record.requestId ?? "", token, record.endpointId);
}

function answerOf(record: JournalRecord, nowMs: number): RememberedAnswer {
  const { code, spent, refusal } = record;
  return {
    atMs: nowMs,
    code,
    spent,
    receipt: isRefusalCode(code) ? (refusal?.receipt ?? null) : null,
    limiter: refusal?.limiter?.name ?? null,
    retryAfterSeconds: refusal?.retryAfterSeconds ?? null,
  };
}
