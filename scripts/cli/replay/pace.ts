import { setTimeout as sleep } from "node:timers/promises";

/**
 * Passes items on when they are due: as far apart as their times are, divided by `speed`; null = at once. An item from
 * before the ones that were passed on already is due at once.
 */
export async function* paced<T extends { atMs: number }>(
  items: AsyncIterable<T>,
  speed: number | null,
  signal: AbortSignal,
): AsyncGenerator<T> {
  let first: { atMs: number; startedMs: number } | null = null;
  for await (const item of items) {
    if (signal.aborted) return;
    if (speed !== null) {
      first ??= { atMs: item.atMs, startedMs: performance.now() };
      const waitMs = first.startedMs + (item.atMs - first.atMs) / speed - performance.now();
      if (waitMs > 1) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
    }
    yield item;
  }
}
