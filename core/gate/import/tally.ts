import { networkOf } from "../../rules/networks.ts";
import { nilId } from "../../rules/uuid.ts";
import type { JournalRecord } from "../journal/journal-line.ts";
import {
  type AttemptCount,
  addAttempt,
  addRecipients,
  addSecret,
  clientOf,
  dayMs,
  type LastUse,
  minuteMs,
  type NetworkCount,
  type RecipientCount,
  type SecretCount,
  startOf,
  unknownNetwork,
} from "./import-tally.ts";
import { countTraffic, type Traffic, type TrafficCount, trafficOf } from "./traffic-count.ts";
import { UsageCount } from "./usage-count.ts";

/** What records say of one token's kind of decision in one minute, kept together so that the next one is found in one look. */
export type Line = Traffic & {
  usage: UsageCount;
  /** As of the last decision; null = it names no account. */
  lastUse: LastUse | null;
  /** Of `ip`; null = it is no address. */
  network: NetworkCount | null;
  ip: string | null;
  userAgent: string | null;
};

/** Nearly every token is used from one network. */
type Token = { lastUse: LastUse; network: NetworkCount | null; networks: Map<string, NetworkCount> | null };

/**
 * What a part of the journal adds to the database, while it is being added up. Hours and days are the minutes added up, so they
 * are not here.
 */
export class Tally {
  readonly #lines = new Map<number, Map<string, Line>>();
  readonly #networks: NetworkCount[] = [];
  readonly #secrets = new Map<string, SecretCount>();
  readonly #attempts = new Map<string, AttemptCount>();
  readonly #recipients = new Map<string, RecipientCount>();
  readonly #tokens = new Map<string, Token>();
  readonly #texts = new Map<string, string>();
  readonly #clients = new Map<string, string>();
  readonly #networkNames = new Map<string, string | null>();
  readonly refusals: JournalRecord[] = [];
  records = 0;
  /** Different minutes, tokens, endpoints and outcomes. */
  lines = 0;

  /** Folds a decision into the counts. */
  add(record: JournalRecord): Line {
    this.records++;
    if (record.refusal !== null) this.refusals.push(record);
    const network = record.ip === null ? null : this.#networkNamed(record.ip);
    const line = this.lineOf(startOf(record.atMs, minuteMs), keyOf(record)) ?? this.#newLine(record);
    line.usage.add(record.atMs, record.spent);
    const client = this.#clientNamed(record.userAgent);
    if (countTraffic(line, line.usage, network ?? unknownNetwork, client)) this.lines++;
    if (record.accountId === null || record.tokenId === null) {
      addAttempt(this.#attempts, record, network ?? unknownNetwork);
      return line;
    }
    addRecipients(this.#recipients, record, record.accountId);
    line.ip = this.#text(record.ip);
    line.userAgent = this.#text(record.userAgent);
    const token = this.#used(record, line.usage.tokenId);
    line.lastUse = token.lastUse;
    line.network = network === null ? null : this.#networkOf(token, line.usage, network);
    if (line.network !== null) line.network.requests++;
    if (record.secretId !== null) addSecret(this.#secrets, record, record.secretId, network ?? unknownNetwork, client);
    return line;
  }

  /** The line of a key (`keyOf`) in a minute, if a record has made it. */
  lineOf(atMs: number, key: string): Line | undefined {
    return this.#lines.get(atMs)?.get(key);
  }

  /** The minutes that something is counted in. */
  get minuteTimes(): number[] {
    return [...this.#lines.keys()];
  }
  get minutes(): UsageCount[] {
    return [...this.#lines.values()].flatMap((lines) => [...lines.values()].map((line) => line.usage));
  }
  get traffic(): TrafficCount[] {
    return [...this.#lines.values()].flatMap((lines) => [...lines.values()].flatMap(trafficOf));
  }
  get networks(): NetworkCount[] {
    return this.#networks;
  }
  get secrets(): SecretCount[] {
    return [...this.#secrets.values()];
  }
  get attempts(): AttemptCount[] {
    return [...this.#attempts.values()];
  }
  get recipients(): RecipientCount[] {
    return [...this.#recipients.values()];
  }
  get lastUses(): LastUse[] {
    return [...this.#tokens.values()].map((token) => token.lastUse);
  }

  #newLine(record: JournalRecord): Line {
    const { accountId, tokenId, endpointId, surface, code } = record;
    const atMs = startOf(record.atMs, minuteMs);
    const key = keyOf(record);
    // Cut from the key, which is kept anyway; cut from the record they would keep its whole line in memory.
    const idsAt = code.length + surface.length + 2;
    const account = accountId === null ? nilId : key.slice(idsAt, idsAt + accountId.length);
    const tokenAt = idsAt + (accountId?.length ?? 0) + 1;
    const token = tokenId === null ? nilId : key.slice(tokenAt, tokenAt + tokenId.length);
    const usage = new UsageCount(account, token, endpointId, surface, code, atMs);
    const line = { usage, traffic: null, pairs: null, lastUse: null, network: null, ip: null, userAgent: null };
    const lines = this.#lines.get(atMs) ?? new Map<string, Line>();
    this.#lines.set(atMs, lines.set(key, line));
    this.lines++;
    return line;
  }

  #used(record: JournalRecord, tokenId: string): Token {
    const { atMs, endpointId } = record;
    const [ip, userAgent] = [this.#text(record.ip), this.#text(record.userAgent)];
    let token = this.#tokens.get(tokenId);
    if (!token) {
      token = { lastUse: { tokenId, atMs, ip, endpointId, userAgent }, network: null, networks: null };
      this.#tokens.set(tokenId, token);
    } else if (token.lastUse.atMs <= atMs) Object.assign(token.lastUse, { atMs, ip, endpointId, userAgent });
    return token;
  }

  #networkOf(token: Token, { accountId, tokenId, atMs }: UsageCount, network: string): NetworkCount {
    const day = startOf(atMs, dayMs);
    const first = token.network;
    if (first?.network === network && first.dayMs === day && first.accountId === accountId) return first;
    const key = `${network} ${day} ${accountId}`;
    const known = token.networks?.get(key);
    if (known) return known;
    const count = { accountId, tokenId, network, dayMs: day, requests: 0 };
    this.#networks.push(count);
    if (first === null) token.network = count;
    else {
      token.networks ??= new Map();
      token.networks.set(key, count);
    }
    return count;
  }

  /** One copy of each text, and not as a part of its line. */
  #text(text: string | null): string | null {
    if (text === null) return null;
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const copy = Buffer.from(text).toString();
    this.#texts.set(copy, copy);
    return copy;
  }

  #clientNamed(userAgent: string | null): string {
    if (userAgent === null) return "";
    let name = this.#clients.get(userAgent);
    if (name === undefined) {
      name = this.#text(clientOf(userAgent)) ?? "";
      this.#clients.set(this.#text(userAgent) ?? userAgent, name);
    }
    return name;
  }

  #networkNamed(ip: string): string | null {
    let name = this.#networkNames.get(ip);
    if (name === undefined) {
      name = networkOf(ip);
      this.#networkNames.set(ip, name);
    }
    return name;
  }
}

/** Folds decisions into counts. */
export function tally(records: readonly JournalRecord[]): Tally {
  const sums = new Tally();
  for (const record of records) sums.add(record);
  return sums;
}

/** What a line of the journal is counted under, within its minute: part of the line as it is written. */
export function keyOf({ code, surface, accountId, tokenId, endpointId }: JournalRecord): string {
  return `${code}\t${surface}\t${accountId ?? ""}\t${tokenId ?? ""}\t${endpointId}`;
}
