import { decodeRecord } from "../journal/journal-line.ts";
import { minuteMs } from "./import-tally.ts";
import type { Tally } from "./tally.ts";

const tab = 0x09;
const [zero, nine] = [0x30, 0x39];
const timeDigits = 13;
/** The mark and its tab, the time and its tab. */
const keyAt = 2 + timeDigits + 1;
const fieldsAfterTime = 10;
const tabs = new Int32Array(fieldsAfterTime);

/**
 * Folds a line of the journal into the counts; false = it is damaged. The same as decoding it and adding the record, but what most
 * lines are, one more allowed call like an earlier one of the same minute, is counted without making a record of it.
 */
export function foldLine(sums: Tally, bytes: Buffer, start: number, end: number): boolean {
  if (isRepeated(sums, bytes, start, end)) return true;
  const record = decodeRecord(bytes.toString("latin1", start, end));
  if (record === null) return false;
  sums.add(record);
  return true;
}

function isRepeated(sums: Tally, bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] !== 0x31 || bytes[start + 1] !== tab || bytes[start + keyAt - 1] !== tab) return false;
  const atMs = digits(bytes, start + 2, start + 2 + timeDigits);
  if (atMs < 0) return false;
  let found = 0;
  for (let i = start + keyAt; i < end; i++) {
    if (bytes[i] !== tab) continue;
    // More fields are a refusal's.
    if (found === fieldsAfterTime - 1) return false;
    tabs[found++] = i;
  }
  if (found !== fieldsAfterTime - 1) return false;
  const [, , , , endOfKey = 0, endOfSpent = 0, endOfIp = 0, endOfAgent = 0] = tabs;
  const line = sums.lineOf(atMs - (atMs % minuteMs), bytes.toString("latin1", start + keyAt, endOfKey));
  if (line === undefined || line.usage.outcome !== "allowed" || line.lastUse === null) return false;
  const spent = digits(bytes, endOfKey + 1, endOfSpent);
  if (spent < 0) return false;
  if (!isText(bytes, endOfSpent + 1, endOfIp, line.ip)) return false;
  if (!isText(bytes, endOfIp + 1, endOfAgent, line.userAgent)) return false;
  const { usage, traffic, network, lastUse } = line;
  sums.records++;
  usage.add(atMs, spent);
  if (network !== null) network.requests++;
  if (traffic !== null) traffic.requests++;
  if (lastUse.atMs <= atMs) {
    lastUse.atMs = atMs;
    lastUse.ip = line.ip;
    lastUse.endpointId = usage.endpointId;
    lastUse.userAgent = line.userAgent;
  }
  return true;
}

/** Whether a field is written as it reads, and reads so. */
function isText(bytes: Buffer, start: number, end: number, text: string | null): boolean {
  const written = bytes.toString("latin1", start, end);
  return written === (text ?? "") && !written.includes("\\");
}

/** A number in decimal digits, at most 15 of them; -1 = it is none. */
function digits(bytes: Buffer, start: number, end: number): number {
  if (end <= start || end - start > 15) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < zero || byte > nine) return -1;
    value = value * 10 + byte - zero;
  }
  return value;
}
