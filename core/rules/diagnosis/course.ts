import { minuteMs } from "../time.ts";
import type { FindingKind, Found, LimitedSpell, OutcomeCount, SpellDiagnosis } from "./finding.ts";

export const spellMs = 10 * minuteMs;
/** How far before the last refusal the course begins, its first ten minutes apart. */
export const courseMs = 30 * minuteMs;
const stepMs = 2 * minuteMs;
/** A mistake that was found stays found down to this share of what it took to find it. */
const heldEase = 0.5;

type Kinds = Partial<Record<FindingKind, SpellDiagnosis>>;

/**
 * What one token does wrong on one endpoint, from looking at ten minutes after the other up to the last refusal. So two looks see the
 * same: what was found is kept through a weaker moment, and gives way only to what is over or to a more exact finding. `fromMs` is
 * since when.
 */
export function courseOf(spell: LimitedSpell, counts: readonly OutcomeCount[], kinds: Kinds): Found | null {
  let last = null as Found | null;
  let sinceMs = 0;
  for (const endMs of endsOf(spell)) {
    const part = partOf(spell, endMs);
    const firm = mostExact(part, counts, kinds);
    const held: Found | null = last === null ? null : (kinds[last.kind]?.findIn(part, counts, heldEase) ?? null);
    const isHeld = held !== null && !(firm !== null && kinds[held.kind]?.unless?.includes(firm.kind));
    const next: Found | null = isHeld ? held : firm;
    if (next !== null && next.kind !== last?.kind) sinceMs = firstRefusalMs(part);
    last = next;
  }
  return last === null ? null : { ...last, fromMs: sinceMs };
}

/** Full steps of the clock, so that two looks go through the same moments, and the last refusal. */
function endsOf({ toMs }: LimitedSpell): number[] {
  const ends: number[] = [];
  for (let endMs = Math.ceil((toMs - courseMs) / stepMs) * stepMs; endMs < toMs; endMs += stepMs) ends.push(endMs);
  return [...ends, toMs];
}

function partOf(spell: LimitedSpell, endMs: number): LimitedSpell {
  const fromMs = endMs - spellMs;
  // The last part goes on to the end of its minute, as its seconds do.
  const untilMs = endMs === spell.toMs ? Number.POSITIVE_INFINITY : endMs;
  return {
    ...{ ...spell, fromMs, toMs: endMs },
    seconds: spell.seconds.filter(({ atMs }) => atMs > fromMs && atMs < untilMs),
    waits: spell.waits.filter(({ atMs }) => atMs > fromMs && atMs <= endMs),
  };
}

function mostExact(part: LimitedSpell, counts: readonly OutcomeCount[], kinds: Kinds): Found | null {
  const found = Object.values(kinds).flatMap(({ findIn }) => findIn(part, counts, 1) ?? []);
  const isTold = (one: Found) => found.some((other) => kinds[one.kind]?.unless?.includes(other.kind));
  return found.find((one) => !isTold(one)) ?? null;
}

function firstRefusalMs({ seconds, toMs }: LimitedSpell): number {
  return seconds.reduce((first, { atMs, refused }) => (refused > 0 ? Math.min(first, atMs) : first), toMs);
}
