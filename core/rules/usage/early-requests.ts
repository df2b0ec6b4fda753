import { secondMs } from "../time.ts";

type Wait = { atMs: number; seconds: number };

/**
 * Requests of one token on one endpoint that came before Retry-After was over. Measured by the second: whatever comes after the
 * second of a refusal and before its wait is over is early. Times to wait that touch are joined, so that no second counts twice.
 */
export function earlyRequests(waits: readonly Wait[], seconds: readonly { atMs: number; requests: number }[]): number {
  const spans = spansOf(waits);
  let early = 0;
  for (const { atMs, requests } of seconds) {
    if (spans.some((span) => atMs > span.fromMs && atMs < span.toMs)) early += requests;
  }
  return early;
}

function spansOf(waits: readonly Wait[]): { fromMs: number; toMs: number }[] {
  const spans: { fromMs: number; toMs: number }[] = [];
  for (const { atMs, seconds } of [...waits].sort((a, b) => a.atMs - b.atMs)) {
    const fromMs = Math.floor(atMs / secondMs) * secondMs;
    const toMs = atMs + seconds * secondMs;
    const last = spans.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else spans.push({ fromMs, toMs });
  }
  return spans;
}
