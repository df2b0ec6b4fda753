import { hourMs, minuteMs } from "../time.ts";

/** What is shown without an offence to show. */
const usualMs = hourMs;
/** Shown before and after an offence, so that it is seen beside what is usual. */
const beforeMs = 15 * minuteMs;
const afterMs = 10 * minuteMs;
/** A chart of minutes; of a longer offence its end is shown. */
const longestMs = 6 * hourMs;

/**
 * The whole minutes that show an offence, from the times of its flags: with what came before and after it, an hour at least, six at
 * most, and none that is still to come. Without a flag the last hour. `toMs` is not part of it.
 */
export function evidenceWindow(
  flags: readonly { firstSeenAt: Date; lastSeenAt: Date }[],
  nowMs: number,
): { fromMs: number; toMs: number } {
  const endMs = Math.floor(nowMs / minuteMs) * minuteMs + minuteMs;
  if (flags.length === 0) return { fromMs: endMs - usualMs, toMs: endMs };
  const firstMs = Math.min(...flags.map((one) => one.firstSeenAt.getTime()));
  const lastMs = Math.max(...flags.map((one) => one.lastSeenAt.getTime()));
  const toMs = Math.min(endMs, Math.ceil((lastMs + afterMs) / minuteMs) * minuteMs);
  const startMs = Math.floor((firstMs - beforeMs) / minuteMs) * minuteMs;
  return { fromMs: Math.max(toMs - longestMs, Math.min(startMs, toMs - usualMs)), toMs };
}
