import { setTimeout as sleep } from "node:timers/promises";

/**
 * Puts load on for so long and compares what was decided with what was counted meanwhile. Counts come in batches, so both are
 * compared from the end of one batch to the end of a later one; what is left at the end is printed beside it.
 * @param {{ load: () => Promise<{ done: number, unavailable: number }>, read: () => Promise<{ decided: number, counted: number, memory: number }> }} of
 */
export async function measureSustained({ load, read }) {
  const startedAt = performance.now();
  /** @type {{ at: number, decided: number, counted: number }[]} */
  const batches = [];
  let isOver = false;
  const loaded = load().finally(() => {
    isOver = true;
  });
  const first = await read();
  let last = first;
  let memory = 0;
  while (!isOver) {
    await sleep(100);
    const now = await read();
    memory = Math.max(memory, now.memory);
    if (now.counted > last.counted) batches.push({ ...now, at: performance.now() });
    last = now;
  }
  const { done, unavailable } = await loaded;
  const seconds = (performance.now() - startedAt) / 1000;
  const [from, to] = [batches[0], batches.at(-1)];
  const between = from && to && to !== from ? (to.at - from.at) / 1000 : Number.NaN;
  return {
    ...{ seconds, unavailable, memory, batches: batches.length },
    decidedPerSecond: done / seconds,
    countedPerSecond: from && to ? (to.counted - from.counted) / between : Number.NaN,
    ratio: from && to ? (to.counted - from.counted) / (to.decided - from.decided) : Number.NaN,
    waiting: last.decided - last.counted,
    longestSeconds: Math.max(...batches.map((one, i) => (one.at - (batches[i - 1]?.at ?? startedAt)) / 1000)),
  };
}

/** @param {Awaited<ReturnType<typeof measureSustained>>} of */
export function sustainedText({ seconds, decidedPerSecond, countedPerSecond, ratio, ...rest }) {
  if (rest.batches < 2)
    return `Sustained: fewer than two batches were counted in ${seconds.toFixed(0)} s, which says nothing; give --sustain more seconds.`;
  return (
    `Sustained, counted in the database: ${Math.round(countedPerSecond)}/s, ${ratio.toFixed(2)} of what was decided meanwhile ` +
    `(${Math.round(decidedPerSecond)}/s over ${seconds.toFixed(0)} s; load, gate, importer and Postgres share this machine). ` +
    `${rest.batches} batches, the longest after ${rest.longestSeconds.toFixed(1)} s; ${rest.waiting} waited at the end; ` +
    `${rest.unavailable} answers were 503; memory of the gate up to ${Math.round(rest.memory / 1e6)} MB.`
  );
}
