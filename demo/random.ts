/** Numbers that look random and are the same for the same seed (mulberry32, public domain, by Tommy Ettinger). */
export type Random = {
  /** 0 ≤ x < 1 */
  next: () => number;
  /** Whole, both ends included. */
  whole: (from: number, to: number) => number;
  between: (from: number, to: number) => number;
  pick: <T>(items: readonly T[]) => T;
  /** So many different items, in random order. */
  some: <T>(items: readonly T[], count: number) => T[];
  chance: (probability: number) => boolean;
};

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[whole(0, items.length - 1)];
    if (item === undefined) throw new Error("There is nothing to pick from.");
    return item;
  };
  const some = <T>(items: readonly T[], count: number): T[] => {
    const rest = [...items];
    const taken: T[] = [];
    while (taken.length < count && rest.length > 0) taken.push(...rest.splice(whole(0, rest.length - 1), 1));
    return taken;
  };
  return {
    next,
    whole,
    between: (from, to) => from + next() * (to - from),
    pick,
    some,
    chance: (probability) => next() < probability,
  };
}

/** A seed of its own for each name, so that a change in one place moves nothing elsewhere. FNV-1a, 32 bits. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
