import { dayMs, hourMs, minuteMs } from "../time.ts";

/** Tries that were not right, and the last of them. */
export type Tries = { tries: number; lastAt: Date | null };

/** `windowMs`: tries count for so long. Longer than the longest wait, or waiting it out would give the free tries back. */
type Count = { free: number; longestSeconds: number; windowMs: number };

/**
 * What tries are counted by. `free` are judged without waiting; after them each doubles the wait, from 5 s up to `longestSeconds`. Counts
 * that somebody else can fill, who shares no more than a building or nothing with the person, are short: a minute at most.
 */
export const tryCounts = {
  /** At one person, from one network. */
  here: { free: 5, longestSeconds: 15 * 60, windowMs: 2 * hourMs },
  /** From one network, at anybody: offices share one. */
  network: { free: 30, longestSeconds: 60, windowMs: 15 * minuteMs },
  /** At one person, from all networks: many that guess together (NIST SP 800-63B 5.2.2 has 100 as the most in a row). */
  person: { free: 100, longestSeconds: 60, windowMs: 15 * minuteMs },
  /** The same for a network's first try: what guesses from a few dozen networks over and over does not use it up. */
  personFirst: { free: 300, longestSeconds: 60, windowMs: 15 * minuteMs },
  /** On a device on which the person has signed in before. */
  device: { free: 5, longestSeconds: 15 * 60, windowMs: 2 * hourMs },
  /** By one session of a signed-in person, who is asked for their password again. */
  proof: { free: 5, longestSeconds: 15 * 60, windowMs: 2 * hourMs },
  /** By all sessions of one person together: whoever can open many has no more guesses by that. */
  proofOfPerson: { free: 20, longestSeconds: 60, windowMs: 15 * minuteMs },
  /**
   * With the right password and a wrong code, from anywhere: a code has six digits, and three are right at any time. So many a day that
   * 60 days of guessing find one with a chance of 1 in 100; the person gets a mail on the first day.
   */
  code: { free: 5, longestSeconds: 30 * 60, windowMs: dayMs },
} as const satisfies Record<string, Count>;

/** Whole seconds until the next try under a count is judged; 0 = now. */
export function waitSeconds(count: keyof typeof tryCounts, { tries, lastAt }: Tries, now: Date): number {
  const { free, longestSeconds } = tryCounts[count];
  const over = tries - free;
  if (over < 0 || lastAt === null) return 0;
  const wait = Math.min(longestSeconds, 5 * 2 ** over);
  return Math.max(0, Math.ceil(wait - (now.getTime() - lastAt.getTime()) / 1000));
}

export type SignInTries = {
  here: Tries;
  network: Tries;
  person: Tries;
  /** The same without silent ones: they open nothing to a guesser, and must not use up the first try of a person at a new place. */
  personFirst: Tries;
  /** Null = a device that the person has not signed in with. */
  device: Tries | null;
  /** Whether the person has signed in from this network before. */
  isKnownNetwork: boolean;
  /** Whether a code of a second step comes with the password. */
  hasCode: boolean;
};

export type Admission =
  | { door: "device" | "stranger" }
  /** Judged, but only a right password with a right second step is answered; all else is answered like a wait of so many seconds. */
  | { door: "silent"; waitSeconds: number }
  | { door: null; waitSeconds: number };

/**
 * Whether a try at signing in is judged now. Nobody keeps the person out by wrong tries of their own: a device or a network that has
 * signed in before is not bound by what others do, and a second step opens the door while its network is not itself over its count.
 */
export function admitSignIn(tries: SignInTries, now: Date): Admission {
  const ofDevice = tries.device && waitSeconds("device", tries.device, now);
  if (ofDevice === 0) return { door: "device" };
  const ofNetwork = waitSeconds("network", tries.network, now);
  const count = tries.here.tries === 0 ? "personFirst" : "person";
  const ofPerson = tries.isKnownNetwork ? 0 : waitSeconds(count, tries[count], now);
  const wait = Math.max(ofNetwork, ofPerson, waitSeconds("here", tries.here, now));
  if (wait === 0) return { door: "stranger" };
  if (tries.hasCode && ofNetwork === 0) return { door: "silent", waitSeconds: wait };
  return { door: null, waitSeconds: ofDevice === null ? wait : Math.min(wait, ofDevice) };
}
