/**
 * A form that the browser posts without script is answered by a page, rendered in the same request and process as the action. What
 * may be seen only once waits here between the two: it is in no form's state, address or log, and no other request can ask for it,
 * because proxy.ts gives every request its own id and overwrites one that was sent.
 */
type Kept = { shown: unknown; atMs: number };

// Pages and actions are bundled apart, so a module's own variable would be two.
const holder = globalThis as { gatehouseShownOnce?: Map<string, Kept> };
/** Far longer than a page takes; what no page has asked for by then is dropped. */
const longestMs = 30_000;
const most = 100;

export function keepForThisAnswer(requestId: string, shown: unknown, nowMs = Date.now()): void {
  const kept = waiting(nowMs);
  kept.set(requestId, { shown, atMs: nowMs });
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}

/** Gives it out and forgets it; undefined = this request has left nothing. */
export function takeForThisAnswer(requestId: string | null, nowMs = Date.now()): unknown {
  const kept = waiting(nowMs);
  const found = requestId === null ? undefined : kept.get(requestId);
  if (requestId !== null) kept.delete(requestId);
  return found?.shown;
}

function waiting(nowMs: number): Map<string, Kept> {
  holder.gatehouseShownOnce ??= new Map();
  for (const [id, { atMs }] of holder.gatehouseShownOnce)
    if (nowMs - atMs > longestMs) holder.gatehouseShownOnce.delete(id);
  return holder.gatehouseShownOnce;
}
