import { minuteMs } from "../time.ts";
import type { LimitKind } from "./catalogue.ts";
import { dayStartMs } from "./quota.ts";

/**
 * The receipt of a refusal: `rcp_` + 9 base36 characters of the time in milliseconds + 16 random base32 characters (80 bits).
 * The time comes first so that the day it is stored under is known without asking; it holds [a-z0-9_] only, so that it can
 * stand in any header or URL.
 */
const timeLength = 9;
const randomLength = 16;
const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
const shape = /^rcp_([0-9a-z]{9})[a-z2-7]{16}$/;

/** `random` gives that many bytes from a cryptographically secure source; a receipt is looked up without signing in. */
export function newReceipt(nowMs: number, random: (bytes: number) => Uint8Array): string {
  let text = `rcp_${nowMs.toString(36).padStart(timeLength, "0")}`;
  const bytes = random(randomLength);
  for (let i = 0; i < randomLength; i++) text += alphabet.charAt((bytes[i] ?? 0) & 31);
  return text;
}

/** A receipt within its minute as hexadecimal: its 80 random bits and the milliseconds since the minute began, 12 bytes; null = not a receipt. */
export function receiptHex(receipt: string): string | null {
  if (!shape.test(receipt)) return null;
  let bits = 0n;
  for (const char of receipt.slice(-randomLength)) bits = (bits << 5n) | BigInt(alphabet.indexOf(char));
  const ms = (receiptTimeMs(receipt) ?? 0) % minuteMs;
  return bits.toString(16).padStart((randomLength * 5) / 4, "0") + ms.toString(16).padStart(4, "0");
}

/** When the refusal happened, epoch milliseconds; null = not a receipt. */
export function receiptTimeMs(receipt: string): number | null {
  const time = shape.exec(receipt)?.[1];
  return time === undefined ? null : Number.parseInt(time, 36);
}

/** The part of time whose requests used up a limit, and how finely it is drawn. Times are epoch milliseconds. */
export type BudgetWindow = { fromMs: number; toMs: number; stepSeconds: number };

/**
 * What lay in a limiter's window at `atMs`: for a rate limit the seconds before, whole ones, in at most 60 steps or so; for a
 * quota the UTC day up to then, by hour.
 */
export function budgetWindow(limiter: { kind: LimitKind; windowSeconds: number }, atMs: number): BudgetWindow {
  return budgetWindows[limiter.kind](limiter.windowSeconds, atMs);
}

const budgetWindows: Record<LimitKind, (windowSeconds: number, atMs: number) => BudgetWindow> = {
  rate: (windowSeconds, atMs) => {
    const stepSeconds = Math.ceil(windowSeconds / 60);
    const stepMs = stepSeconds * 1000;
    const fromMs = atMs - windowSeconds * 1000;
    return { fromMs: fromMs - (fromMs % stepMs), toMs: atMs, stepSeconds };
  },
  quota: (_windowSeconds, atMs) => ({ fromMs: dayStartMs(atMs), toMs: atMs, stepSeconds: 3_600 }),
};
