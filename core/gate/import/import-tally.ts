import { networkOf, parseAddress } from "../../rules/networks.ts";
import { nilId } from "../../rules/uuid.ts";
import type { DecisionCode, Surface } from "../../rules/vocabulary.ts";
import type { JournalRecord } from "../journal/journal-line.ts";

/** The network of attempts whose address the gateway did not tell. */
export const unknownNetwork = "0.0.0.0/0";

export const secondMs = 1000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

export type UsageCount = {
  accountId: string;
  tokenId: string;
  endpointId: number;
  surface: Surface;
  outcome: DecisionCode;
  atMs: number;
  requests: number;
  spent: number;
};
export type SecondCount = {
  accountId: string;
  tokenId: string;
  endpointId: number;
  atMs: number;
  allowed: number;
  refused: number;
};
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
  ip: string | null;
  endpointId: number;
  userAgent: string | null;
};

/** What a batch of the journal adds to the database. Hours and days are the minutes added up, so they are not here. */
export type Tally = {
  minutes: UsageCount[];
  seconds: SecondCount[];
  networks: NetworkCount[];
  secrets: SecretCount[];
  attempts: AttemptCount[];
  recipients: RecipientCount[];
  lastUses: LastUse[];
  refusals: JournalRecord[];
};

/** Folds decisions into counts. */
export function tally(records: readonly JournalRecord[]): Tally {
  const minutes = new Map<string, UsageCount>();
  const seconds = new Map<string, SecondCount>();
  const networks = new Map<string, NetworkCount>();
  const secrets = new Map<string, SecretCount>();
  const attempts = new Map<string, AttemptCount>();
  const recipients = new Map<string, RecipientCount>();
  const lastUses = new Map<string, LastUse>();
  const networkNames = new Map<string, string | null>();

  for (const record of records) {
    addMinute(minutes, record);
    addSecond(seconds, record);
    const network = record.ip === null ? null : networkNamed(networkNames, record.ip);
    if (record.accountId === null || record.tokenId === null) {
      addAttempt(attempts, record, network ?? unknownNetwork);
      continue;
    }
    addRecipients(recipients, record, record.accountId);
    if (network !== null) addNetwork(networks, record, record.accountId, record.tokenId, network);
    if (record.secretId !== null) addSecret(secrets, record, record.secretId, network ?? unknownNetwork);
    const last = lastUses.get(record.tokenId);
    if (!last || last.atMs <= record.atMs) lastUses.set(record.tokenId, lastUseOf(record, record.tokenId));
  }
  return {
    minutes: [...minutes.values()],
    seconds: [...seconds.values()],
    networks: [...networks.values()],
    secrets: [...secrets.values()],
    attempts: [...attempts.values()],
    recipients: [...recipients.values()],
    lastUses: [...lastUses.values()],
    refusals: records.filter((record) => record.refusal !== null),
  };
}

function addMinute(counts: Map<string, UsageCount>, record: JournalRecord): void {
  const atMs = startOf(record.atMs, minuteMs);
  const accountId = record.accountId ?? nilId;
  const tokenId = record.tokenId ?? nilId;
  const { endpointId, surface, code } = record;
  const key = `${accountId} ${atMs} ${tokenId} ${endpointId} ${surface} ${code}`;
  const count = counts.get(key);
  if (count) {
    count.requests++;
    count.spent += record.spent;
  } else {
    counts.set(key, { accountId, tokenId, endpointId, surface, outcome: code, atMs, requests: 1, spent: record.spent });
  }
}

function addSecond(counts: Map<string, SecondCount>, record: JournalRecord): void {
  const atMs = startOf(record.atMs, secondMs);
  const accountId = record.accountId ?? nilId;
  const tokenId = record.tokenId ?? nilId;
  const { endpointId } = record;
  const key = `${accountId} ${atMs} ${tokenId} ${endpointId}`;
  let count = counts.get(key);
  if (!count) {
    count = { accountId, tokenId, endpointId, atMs, allowed: 0, refused: 0 };
    counts.set(key, count);
  }
  if (record.refusal === null) count.allowed++;
  else count.refused++;
}

function addNetwork(
  counts: Map<string, NetworkCount>,
  record: JournalRecord,
  accountId: string,
  tokenId: string,
  network: string,
): void {
  const day = startOf(record.atMs, dayMs);
  const key = `${accountId} ${day} ${tokenId} ${network}`;
  const count = counts.get(key);
  if (count) count.requests++;
  else counts.set(key, { accountId, tokenId, network, dayMs: day, requests: 1 });
}

/** The product alone, the first word: the rest of a User-Agent changes with every system. */
export function clientOf(userAgent: string | null): string {
  return (userAgent ?? "").trim().split(/\s/, 1)[0]?.slice(0, 64) ?? "";
}

function addSecret(counts: Map<string, SecretCount>, record: JournalRecord, secretId: string, network: string): void {
  const atMs = startOf(record.atMs, hourMs);
  const client = clientOf(record.userAgent);
  const key = `${secretId} ${atMs} ${network} ${client}`;
  const count = counts.get(key);
  if (count) {
    count.requests++;
    count.lastAtMs = Math.max(count.lastAtMs, record.atMs);
  } else counts.set(key, { secretId, network, client, atMs, requests: 1, lastAtMs: record.atMs });
}

function addAttempt(counts: Map<string, AttemptCount>, record: JournalRecord, network: string): void {
  const atMs = startOf(record.atMs, minuteMs);
  const key = `${atMs} ${network} ${record.code}`;
  const bit = record.refusal?.tokenKey ? Number.parseInt(record.refusal.tokenKey.slice(0, 2), 16) : Number.NaN;
  const count = counts.get(key) ?? { network, code: record.code, atMs, requests: 0, tokenBits: new Set<number>() };
  count.requests++;
  if (!Number.isNaN(bit)) count.tokenBits.add(bit);
  counts.set(key, count);
}

function addRecipients(counts: Map<string, RecipientCount>, record: JournalRecord, accountId: string): void {
  if (record.recipients === null) return;
  const atMs = startOf(record.atMs, hourMs);
  const { endpointId } = record;
  const key = `${accountId} ${atMs} ${endpointId}`;
  const count = counts.get(key) ?? { accountId, endpointId, atMs, calls: 0, recipients: 0 };
  count.calls++;
  count.recipients += record.recipients;
  counts.set(key, count);
}

function lastUseOf(record: JournalRecord, tokenId: string): LastUse {
  const ip = record.ip === null ? null : (parseAddress(record.ip)?.toString() ?? null);
  return { tokenId, atMs: record.atMs, ip, endpointId: record.endpointId, userAgent: record.userAgent };
}

function networkNamed(names: Map<string, string | null>, ip: string): string | null {
  let name = names.get(ip);
  if (name === undefined) {
    name = networkOf(ip);
    names.set(ip, name);
  }
  return name;
}

function startOf(atMs: number, bucketMs: number): number {
  return atMs - (atMs % bucketMs);
}
