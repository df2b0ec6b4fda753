/**
 * Items in the order of their times. `latenessMs` = the most that one comes behind a later one: so much of the log's time is held, and no more.
 * Items of one time keep their order.
 */
export async function* inTimeOrder<T extends { atMs: number }>(
  items: AsyncIterable<T>,
  latenessMs: number,
): AsyncGenerator<T> {
  let held: T[] = [];
  let isSorted = true;
  let lastMs = Number.NEGATIVE_INFINITY;
  let releasedMs = Number.NEGATIVE_INFINITY;
  const release = (untilMs: number) => {
    if (!isSorted) held.sort((a, b) => a.atMs - b.atMs);
    isSorted = true;
    const count = held.findIndex((one) => one.atMs > untilMs);
    const due = count === -1 ? held : held.slice(0, count);
    held = count === -1 ? [] : held.slice(count);
    return due;
  };
  for await (const item of items) {
    if (item.atMs < lastMs) isSorted = false;
    lastMs = Math.max(lastMs, item.atMs);
    held.push(item);
    // Nothing that comes later can be before this.
    if (lastMs - latenessMs <= releasedMs) continue;
    releasedMs = lastMs - latenessMs;
    yield* release(releasedMs);
  }
  yield* release(Number.POSITIVE_INFINITY);
}
