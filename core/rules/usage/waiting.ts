import { groupBy } from "../group-by.ts";
import { minuteMs, secondMs } from "../time.ts";

/** A refusal by a rate limit, to the millisecond, and how long it said to wait. `address` null = the gateway did not tell it. */
export type Told = { atMs: number; seconds: number; address: string | null };

/** Refused requests of one second. */
export type RefusedSecond = { atMs: number; refused: number };

/** How the client of one token and endpoint keeps the waits that it was told. */
export type Waiting = {
  /** Refused requests that came while their own client was told to wait. Never more than were refused. */
  early: number;
  /** The same, were all addresses one client. */
  earlyTogether: number;
  /** How many clients must have waited at the same time, if each of them kept its wait. */
  workers: number;
  /** Waits within which others were refused, too. */
  sharedWaits: number;
  /** Of tries within a wait: the time since the try before, what was told then, and whether the times between them grow. */
  retry: { gapMs: number; toldMs: number; grows: boolean } | null;
};

/** Sent before the answer to the first refusal can have arrived: no retry. A round trip with room to spare. */
const inFlightMs = 500;
/** From here on a wait is long enough to see whether its client is silent in it. */
const longWaitSeconds = 4;
/** The part of a long wait in which a fleet is silent, each of its workers refused once. Near its end clients come a moment too soon. */
const silentPart = { from: 0.3, to: 0.9 };
/** Of the early ones, within that part: a loop has three in five there, doubled waits one in four. */
const leastInSilence = 0.15;
/** More than this many waiting at a time are one loop, not as many machines. */
const mostWorkers = 50;
/** A lower decile near the median is one loop's even step; independent workers come as chance has it (exponential: 0.15). */
const evenStep = 0.35;
/** Faster than workers that only happen to come evenly one after the other. */
const fastStepMs = 250;
const fewestGaps = 10;
/** Of jobs that all start at once the last arrive so long after the first. More later on are no burst, and of a fleet one each. */
const burstMs = 3_000;
/** Tries within the waits of one address before it is worth asking who makes them. */
const fewestEarly = 10;

/**
 * An allowed request is never early. A refused one is if it came before the end of the wait that its client had been told, and long
 * enough after the beginning to know of it. Refusals that are kept count by the millisecond and address; the others, of which
 * only the second is known, where the whole second lies within a wait and one address is at work.
 *
 * Several workers behind one address look early to each other. They are told from one client that does not wait by the silence
 * in their long waits and by the uneven step of their calls; where that leaves a doubt they are taken for workers.
 */
export function waitingOf(told: readonly Told[], seconds: readonly RefusedSecond[]): Waiting {
  const kept = [...told].sort((a, b) => a.atMs - b.atMs);
  const byAddress = [...groupBy(kept, (one) => one.address ?? "").values()];
  const uncounted = byAddress.length === 1 ? notKept(kept, seconds) : [];
  const together = waitsOf(kept, uncounted);
  const clients = byAddress.map((own) => clientOf(own, uncounted));
  const early = clients.reduce((sum, one) => sum + one.early, 0);
  const least = 0.05 * kept.length;
  const atWork = byAddress.map((own, i) => (own.length >= least ? (clients[i]?.workers ?? 1) : 0));
  const refused = Math.max(
    kept.length,
    seconds.reduce((sum, one) => sum + one.refused, 0),
  );
  return {
    early: Math.min(refused, early),
    earlyTogether: Math.min(
      refused,
      together.reduce((sum, one) => sum + one.early, 0),
    ),
    workers: Math.max(
      1,
      atWork.reduce((sum, workers) => sum + workers, 0),
    ),
    sharedWaits: together.filter((one) => one.early > 0).length,
    retry: retryOf(byAddress),
  };
}

type Wait = { fromMs: number; toMs: number; seconds: number; early: number; inSilence: number; afterBurst: number };

/** The waits one after the other: a refusal within one begins no other. */
function waitsOf(kept: readonly Told[], uncounted: readonly RefusedSecond[]): Wait[] {
  const waits: Wait[] = [];
  for (const { atMs, seconds } of kept) {
    const last = waits.at(-1);
    if (!last || atMs >= last.toMs)
      waits.push({ fromMs: atMs, toMs: atMs + seconds * secondMs, seconds, early: 0, inSilence: 0, afterBurst: 0 });
    else if (atMs > last.fromMs + inFlightMs) add(last, atMs, atMs, 1);
  }
  for (const { atMs, refused } of uncounted) {
    const endMs = atMs + secondMs;
    const wait = waits.find((one) => atMs >= one.fromMs + inFlightMs && endMs <= one.toMs);
    if (wait) add(wait, atMs, endMs, refused);
  }
  return waits;
}

function add(wait: Wait, fromMs: number, toMs: number, requests: number): void {
  const length = wait.toMs - wait.fromMs;
  wait.early += requests;
  if (fromMs >= wait.fromMs + burstMs) wait.afterBurst += requests;
  if (fromMs >= wait.fromMs + silentPart.from * length && toMs <= wait.fromMs + silentPart.to * length)
    wait.inSilence += requests;
}

function notKept(kept: readonly Told[], seconds: readonly RefusedSecond[]): RefusedSecond[] {
  const known = groupBy(kept, (one) => Math.floor(one.atMs / secondMs) * secondMs);
  return seconds.map(({ atMs, refused }) => ({ atMs, refused: refused - (known.get(atMs)?.length ?? 0) }));
}

/** What comes from one address: whether it is one client that does not wait, or several that do. */
function clientOf(kept: readonly Told[], uncounted: readonly RefusedSecond[]): { early: number; workers: number } {
  const waits = waitsOf(kept, uncounted);
  const long = sumOf(waits.filter((one) => one.seconds >= longWaitSeconds));
  const short = sumOf(waits.filter((one) => one.seconds < longWaitSeconds));
  const busiest = uncounted.reduce((most, one) => Math.max(most, one.refused), 0);
  const workers = waitingTogether(kept);
  const gaps = gapsOf(kept, longWaitSeconds * secondMs);
  const isLoopInLong =
    long.inSilence >= leastInSilence * long.early ||
    long.afterBurst > mostWorkers ||
    (isEven(gaps) && at(gaps, 0.5) <= fastStepMs);
  const isLoopInShort = isEven(gaps) || Math.max(workers, busiest) > mostWorkers;
  const inLoops = (isLoopInLong ? long.early : 0) + (isLoopInShort ? short.early : 0);
  const early = Math.max(inLoops, hammered(uncounted));
  const ofOthers = long.early + short.early - inLoops;
  return { early, workers: ofOthers >= fewestEarly && ofOthers > early ? workers : 1 };
}

/** A client that waits is refused once a second at most. In seconds on end, what more than the most workers there can be is early. */
function hammered(uncounted: readonly RefusedSecond[]): number {
  const loud = new Map(uncounted.filter((one) => one.refused > mostWorkers).map((one) => [one.atMs, one.refused]));
  const onEnd = [...loud].filter(([atMs]) => loud.has(atMs - secondMs));
  return onEnd.length < fewestGaps ? 0 : onEnd.reduce((sum, [, refused]) => sum + refused - mostWorkers, 0);
}

function sumOf(waits: readonly Wait[]): { early: number; inSilence: number; afterBurst: number } {
  return {
    early: waits.reduce((sum, one) => sum + one.early, 0),
    inSilence: waits.reduce((sum, one) => sum + one.inSilence, 0),
    /** In the one wait with most of them. */
    afterBurst: waits.reduce((most, one) => Math.max(most, one.afterBurst), 0),
  };
}

/** The fewest clients that explain the refusals if each of them came back only when its wait was over. */
function waitingTogether(kept: readonly Told[]): number {
  const ends: number[] = [];
  for (const { atMs, seconds } of kept) {
    const toMs = atMs + seconds * secondMs;
    let free = -1;
    for (let i = 0; i < ends.length; i++) {
      const end = ends[i] ?? 0;
      if (end <= atMs && (free < 0 || end > (ends[free] ?? 0))) free = i;
    }
    if (free < 0) ends.push(toMs);
    else ends[free] = toMs;
  }
  return ends.length;
}

/** Milliseconds between refusals of one minute, of which the first are kept without a gap. */
function gapsOf(kept: readonly Told[], mostMs: number): number[] {
  const gaps: number[] = [];
  for (let i = 1; i < kept.length; i++) {
    const [before, after] = [kept[i - 1]?.atMs ?? 0, kept[i]?.atMs ?? 0];
    if (Math.floor(before / minuteMs) === Math.floor(after / minuteMs) && after - before < mostMs)
      gaps.push(after - before);
  }
  return gaps.sort((a, b) => a - b);
}

function isEven(sorted: readonly number[]): boolean {
  if (sorted.length < fewestGaps) return false;
  const median = at(sorted, 0.5);
  return median > 0 && at(sorted, 0.1) >= evenStep * median;
}

/** The tries within the waits of each address. Null = there were too few to say. */
function retryOf(byAddress: readonly (readonly Told[])[]): Waiting["retry"] {
  const gaps: number[] = [];
  const waits: number[] = [];
  const growth: number[] = [];
  for (const kept of byAddress) {
    let untilMs = 0;
    let lastGap = 0;
    kept.forEach(({ atMs, seconds }, i) => {
      const before = kept[i - 1];
      if (!before || atMs >= untilMs) {
        untilMs = atMs + seconds * secondMs;
        lastGap = 0;
        return;
      }
      const gap = Math.max(1, atMs - before.atMs);
      gaps.push(gap);
      waits.push(before.seconds * secondMs);
      if (lastGap > 0) growth.push(gap / lastGap);
      lastGap = gap;
    });
  }
  if (gaps.length < fewestGaps) return null;
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  return {
    gapMs: at(sorted(gaps), 0.5),
    toldMs: at(sorted(waits), 0.5),
    grows: growth.length > 0 && at(sorted(growth), 0.5) > 1.5,
  };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
