import { groupBy } from "../group-by.ts";
import { quantile } from "../quantile.ts";
import { minuteMs, secondMs } from "../time.ts";

/** A refusal by a rate limit, to the millisecond, and how long it said to wait. `address` null = the gateway did not tell it. */
export type Told = { atMs: number; seconds: number; address: string | null };

/** Requests of one second, in a minute that saw a refusal. */
export type CountedSecond = { atMs: number; allowed: number; refused: number };

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
/** From here on a wait is long enough to see whether its client comes back at its end. */
const longWaitSeconds = 4;
/** How late after its wait a client still comes back because of it: libraries add up to this much. */
const comesBackWithinMs = 3_000;
/** Of the waits that are over, those after which somebody came back. Workers that wait reach all of them, doubled waits one in five. */
const leastComeBack = 0.4;
const fewestOver = 10;
/** A few workers, each on a timer, come at an even step as well; but all of them come back. */
const mostOnTimers = 5;
const allComeBack = 0.8;
/** More than this many waiting at a time are one loop, not as many machines. */
const mostWorkers = 50;
/** The part of a long wait in which workers that came one after the other are silent, and a loop goes on: three in five of its tries. */
const silentPart = { from: 0.3, to: 0.9, least: 0.15 };
/** Faster than workers that only happen to come evenly one after the other. */
const fastStepMs = 250;
/** One loop's even step: so many gaps lie so near the median. Of workers that come as chance has it (exponential) 28 % do. */
const evenStep = { near: 0.4, share: 0.7 };
/** One client's doubled waits: so many gaps are so much longer than the one before. Of workers as above 19 % are. */
const doubledStep = { from: 1.3, to: 3, share: 0.8, fewest: 6, fewestInOneWait: 3 };
const fewestGaps = 12;
/** From here on an even step may be one loop's, so nothing is said of workers, either. */
const fewestToDoubt = 6;
/** Of jobs that all start at once the last arrive so long after the first. More later on are no burst, and of a fleet one each. */
const burstMs = 3_000;
/** Tries within the waits of one address before it is worth asking who makes them. */
const fewestEarly = 10;

/**
 * An allowed request is never early. A refused one is if it came before the end of the wait that its client had been told, and long
 * enough after the beginning to know of it. Refusals that are kept count by the millisecond and address; the others, of which
 * only the second is known, where the whole second lies within a wait and one address is at work.
 *
 * Several workers behind one address look early to each other. One client that does not wait is told from them by the even or
 * doubled step of its calls, and because nobody comes back when its waits are over; where that leaves a doubt they are taken for
 * workers. `ease` = the share of that evidence which is enough, 1 or less where it was found before.
 */
export function waitingOf(told: readonly Told[], seconds: readonly CountedSecond[], ease = 1): Waiting {
  const kept = [...told].sort((a, b) => a.atMs - b.atMs);
  const byAddress = [...groupBy(kept, (one) => one.address ?? "").values()];
  const uncounted = byAddress.length === 1 ? notKept(kept, seconds) : [];
  const together = waitsOf(kept, uncounted);
  const steps = byAddress.map(stepsOf);
  const clients = byAddress.map((own, i) => clientOf(own, steps[i] ?? [], uncounted, seconds, ease));
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
    retry: retryOf(steps.flat(), ease),
  };
}

type Wait = { fromMs: number; toMs: number; seconds: number; early: number; inSilence: number; afterBurst: number };
type NotKept = { atMs: number; refused: number };
/** From one try to the next within a wait, and what the first of them was told. */
type Step = { gapMs: number; toldMs: number };

const endOf = (told: Told) => told.atMs + told.seconds * secondMs;

/** The waits one after the other: a refusal within one begins no other. */
function waitsOf(kept: readonly Told[], uncounted: readonly NotKept[]): Wait[] {
  const waits: Wait[] = [];
  for (const one of kept) {
    const { atMs, seconds } = one;
    const last = waits.at(-1);
    if (!last || atMs >= last.toMs)
      waits.push({ fromMs: atMs, toMs: endOf(one), seconds, early: 0, inSilence: 0, afterBurst: 0 });
    else if (atMs > last.fromMs + inFlightMs) add(last, atMs, 1);
  }
  for (const { atMs, refused } of uncounted) {
    const endMs = atMs + secondMs;
    const wait = waits.find((one) => atMs >= one.fromMs + inFlightMs && endMs <= one.toMs);
    if (wait) add(wait, atMs, refused);
  }
  return waits;
}

function add(wait: Wait, atMs: number, requests: number): void {
  const part = (atMs - wait.fromMs) / (wait.toMs - wait.fromMs);
  wait.early += requests;
  if (part >= silentPart.from && part <= silentPart.to) wait.inSilence += requests;
  if (atMs >= wait.fromMs + burstMs) wait.afterBurst += requests;
}

function notKept(kept: readonly Told[], seconds: readonly CountedSecond[]): NotKept[] {
  const known = groupBy(kept, (one) => Math.floor(one.atMs / secondMs) * secondMs);
  return seconds.map(({ atMs, refused }) => ({ atMs, refused: refused - (known.get(atMs)?.length ?? 0) }));
}

/** What comes from one address: whether it is one client that does not wait, or several that do. */
function clientOf(
  kept: readonly Told[],
  steps: readonly (readonly Step[])[],
  uncounted: readonly NotKept[],
  seconds: readonly CountedSecond[],
  ease: number,
): { early: number; workers: number } {
  const waits = waitsOf(kept, uncounted);
  const long = sumOf(waits.filter((one) => one.seconds >= longWaitSeconds));
  const short = sumOf(waits.filter((one) => one.seconds < longWaitSeconds));
  const busiest = uncounted.reduce((most, one) => Math.max(most, one.refused), 0);
  const workers = waitingTogether(kept);
  const back = comingBack(kept, waits, uncounted, seconds, ease);
  const isFewOnTimers = workers <= mostOnTimers && back !== null && back >= allComeBack;
  const goesOn = long.inSilence >= silentPart.least * long.early;
  const even = isFewOnTimers ? "no" : evenness(steps, goesOn, ease);
  const isOneLoop = even === "yes" || isDoubled(steps, ease);
  const isLoopInLong = isOneLoop || long.afterBurst > mostWorkers || (back !== null && back < leastComeBack);
  const isLoopInShort = isOneLoop || Math.max(workers, busiest) > mostWorkers;
  const inLoops = (isLoopInLong ? long.early : 0) + (isLoopInShort ? short.early : 0);
  const early = Math.max(inLoops, hammered(uncounted));
  const ofOthers = long.early + short.early - inLoops;
  const areWorkers = ofOthers >= fewestEarly && ofOthers > early && even !== "perhaps";
  return { early, workers: areWorkers ? workers : 1 };
}

/** A client that waits is refused once a second at most. In seconds on end, what more than the most workers there can be is early. */
function hammered(uncounted: readonly NotKept[]): number {
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
  for (const one of kept) {
    const { atMs } = one;
    const toMs = endOf(one);
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

/**
 * How many of the long waits that are over somebody came back from, 0 to 1: for each such end a request of its own, there and then.
 * Null = too few are over to say.
 */
function comingBack(
  kept: readonly Told[],
  waits: readonly Wait[],
  uncounted: readonly NotKept[],
  seconds: readonly CountedSecond[],
  ease: number,
): number | null {
  const ends = kept.filter((one) => one.seconds >= longWaitSeconds).map(endOf);
  for (const { atMs, refused } of uncounted) {
    const wait = waits.find((one) => atMs >= one.fromMs && atMs < one.toMs);
    if (wait && wait.seconds >= longWaitSeconds)
      for (let i = 0; i < Math.min(refused, mostWorkers); i++) ends.push(wait.toMs);
  }
  if (ends.length < ease * fewestOver) return null;
  const left = new Map(seconds.map(({ atMs, allowed, refused }) => [atMs, allowed + refused]));
  const minutes = new Set(seconds.map(({ atMs }) => Math.floor(atMs / minuteMs)));
  const lastMs = Math.max(...left.keys());
  let over = 0;
  let back = 0;
  for (const endMs of ends.sort((a, b) => a - b)) {
    const untilMs = endMs + comesBackWithinMs;
    // Seconds are known in minutes that saw a refusal only.
    if (untilMs > lastMs || !minutes.has(Math.floor(endMs / minuteMs)) || !minutes.has(Math.floor(untilMs / minuteMs)))
      continue;
    over++;
    if (takeOne(left, endMs, untilMs)) back++;
  }
  return over < ease * fewestOver ? null : back / over;
}

/** Takes one request of the seconds from one moment to another; false = there is none left. */
function takeOne(left: Map<number, number>, fromMs: number, untilMs: number): boolean {
  for (let atMs = Math.floor(fromMs / secondMs) * secondMs; atMs <= untilMs; atMs += secondMs) {
    const requests = left.get(atMs) ?? 0;
    if (requests === 0) continue;
    left.set(atMs, requests - 1);
    return true;
  }
  return false;
}

/** The steps from try to try of one address, wait by wait. */
function stepsOf(kept: readonly Told[]): Step[][] {
  const steps: Step[][] = [];
  let untilMs = 0;
  kept.forEach((one, i) => {
    const before = kept[i - 1];
    if (before && one.atMs < untilMs) {
      steps.at(-1)?.push({ gapMs: one.atMs - before.atMs, toldMs: before.seconds * secondMs });
      return;
    }
    untilMs = endOf(one);
    steps.push([]);
  });
  return steps;
}

/** How many times as long as the one before each step is. */
function growthOf(steps: readonly (readonly Step[])[]): number[] {
  return steps.flatMap((wait) => wait.slice(1).map(({ gapMs }, i) => gapMs / Math.max(1, wait[i]?.gapMs ?? 0)));
}

/** Whether one loop made these steps. "perhaps" = what there is looks like it, and is too little to say so. */
function evenness(steps: readonly (readonly Step[])[], goesOn: boolean, ease: number): "yes" | "no" | "perhaps" {
  const gaps = steps.flat().map(({ gapMs }) => gapMs);
  const usual = quantile(gaps, 0.5);
  const near = gaps.filter((gap) => Math.abs(gap - usual) <= evenStep.near * usual);
  if (gaps.length < fewestToDoubt || usual === 0 || near.length < evenStep.share * gaps.length) return "no";
  if (!goesOn && usual > fastStepMs) return "no";
  return gaps.length < ease * fewestGaps ? "perhaps" : "yes";
}

function isDoubled(steps: readonly (readonly Step[])[], ease: number): boolean {
  const growth = growthOf(steps.filter((wait) => wait.length > doubledStep.fewestInOneWait));
  const doubled = growth.filter((times) => times >= doubledStep.from && times <= doubledStep.to);
  return doubled.length >= ease * doubledStep.fewest && doubled.length >= doubledStep.share * growth.length;
}

/** The tries within the waits of all addresses. Null = there were too few to say. */
function retryOf(steps: readonly (readonly Step[])[], ease: number): Waiting["retry"] {
  const all = steps.flat();
  if (all.length < ease * fewestGaps) return null;
  return {
    gapMs: Math.max(
      1,
      quantile(
        all.map(({ gapMs }) => gapMs),
        0.5,
      ),
    ),
    toldMs: quantile(
      all.map(({ toldMs }) => toldMs),
      0.5,
    ),
    grows: quantile(growthOf(steps), 0.5) > 1.5,
  };
}
