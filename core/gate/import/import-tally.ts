import type { DecisionCode } from "../../rules/vocabulary.ts";
import type { JournalRecord } from "../journal/journal-line.ts";

/** The network of attempts whose address the gateway did not tell. */
export const unknownNetwork = "0.0.0.0/0";

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

export type NetworkCount = { accountId: string; tokenId: string; network: string; dayMs: number; requests: number };
export type SecretCount = {
  secretId: string;
  network: string;
  client: string;
  /** Start of the hour. */
  atMs: number;
  requests: number;
  lastAtMs: number;
};
export type AttemptCount = {
  network: string;
  code: DecisionCode;
  atMs: number;
  requests: number;
  /** A bit for each of 256 parts into which tokens fall by their hash: at least so many distinct ones were tried. */
  tokenBits: Set<number>;
};

export const tokenBitCount = 256;
/** Recipients that callers told, in how many calls of one endpoint in one hour. */
export type RecipientCount = { accountId: string; endpointId: number; atMs: number; calls: number; recipients: number };
export type LastUse = {
  tokenId: string;
  atMs: number;
  /** As the journal has it, which may be no address. */
  ip: string | null;
  endpointId: number;
  userAgent: string | null;
};

/** The product alone, the first word: the rest of a User-Agent changes with every system. */
export function clientOf(userAgent: string | null): string {
  return (userAgent ?? "").trim().split(/\s/, 1)[0]?.slice(0, 64) ?? "";
}

export function addSecret(
  counts: Map<string, SecretCount>,
  record: JournalRecord,
  secretId: string,
  network: string,
  client: string,
): void {
  const atMs = startOf(record.atMs, hourMs);
  const key = `${secretId} ${atMs} ${network} ${client}`;
  const count = counts.get(key);
  if (count) {
    count.requests++;
    count.lastAtMs = Math.max(count.lastAtMs, record.atMs);
  } else counts.set(key, { secretId, network, client, atMs, requests: 1, lastAtMs: record.atMs });
}

export function addAttempt(counts: Map<string, AttemptCount>, record: JournalRecord, network: string): void {
  const atMs = startOf(record.atMs, minuteMs);
  const key = `${atMs} ${network} ${record.code}`;
  const bit = record.refusal?.tokenKey ? Number.parseInt(record.refusal.tokenKey.slice(0, 2), 16) : Number.NaN;
  const count = counts.get(key) ?? { network, code: record.code, atMs, requests: 0, tokenBits: new Set<number>() };
  count.requests++;
  if (!Number.isNaN(bit)) count.tokenBits.add(bit);
  counts.set(key, count);
}

export function addRecipients(counts: Map<string, RecipientCount>, record: JournalRecord, accountId: string): void {
  if (record.recipients === null) return;
  const atMs = startOf(record.atMs, hourMs);
  const { endpointId } = record;
  const key = `${accountId} ${atMs} ${endpointId}`;
  const count = counts.get(key) ?? { accountId, endpointId, atMs, calls: 0, recipients: 0 };
  count.calls++;
  count.recipients += record.recipients;
  counts.set(key, count);
}

export function startOf(atMs: number, bucketMs: number): number {
  return atMs - (atMs % bucketMs);
}
