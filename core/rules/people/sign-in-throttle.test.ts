import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitSignIn, type SignInTries, type Tries, tryCounts, waitSeconds } from "./sign-in-throttle.ts";

const now = new Date("2026-11-24T12:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const none: Tries = { tries: 0, lastAt: null };
const tries = (count: number, lastAt = now): Tries => ({ tries: count, lastAt });
const fresh: SignInTries = {
  here: none,
  network: none,
  person: none,
  personFirst: none,
  device: null,
  isKnownNetwork: false,
  hasCode: false,
};

describe("waiting after wrong tries", () => {
  it.each([
    ["here", 4, 0],
    ["here", 5, 5],
    ["here", 6, 10],
    ["here", 10, 160],
    ["here", 50, 900],
    ["network", 29, 0],
    ["network", 30, 5],
    ["network", 50, 60],
    ["person", 99, 0],
    ["person", 200, 60],
    ["code", 13, 1_280],
    ["code", 50, 1_800],
  ] as const)("by %s after %s: %s s", (count, made, seconds) => {
    expect(waitSeconds(count, tries(made), now)).toBe(seconds);
  });

  it("counts down from the last try", () => {
    expect(waitSeconds("here", tries(6, later(-7_500)), now)).toBe(3);
    expect(waitSeconds("here", tries(6, later(-11_000)), now)).toBe(0);
  });

  it("never shortens with another try, and never exceeds the longest of its count", () => {
    const names = Object.keys(tryCounts) as (keyof typeof tryCounts)[];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(2_000), fc.nat(1_000_000), (count, made, agoMs) => {
        const one = waitSeconds(count, tries(made, later(-agoMs)), now);
        const more = waitSeconds(count, tries(made + 1, now), now);
        expect(more).toBeGreaterThanOrEqual(one);
        expect(more).toBeLessThanOrEqual(tryCounts[count].longestSeconds);
      }),
    );
  });
});

const someTries = fc.record({ tries: fc.nat(400), lastAt: fc.nat(900_000).map((ms) => later(-ms)) });
const situation = fc.record({
  here: someTries,
  network: someTries,
  person: someTries,
  personFirst: someTries,
  device: fc.option(someTries),
  isKnownNetwork: fc.boolean(),
  hasCode: fc.boolean(),
});

describe("whether a sign-in is judged", () => {
  it("lets a device that signed in before in, whatever others tried", () => {
    fc.assert(
      fc.property(situation, (one) => {
        expect(admitSignIn({ ...one, device: none }, now)).toEqual({ door: "device" });
      }),
    );
  });

  it("holds nobody back at a known network by what is tried elsewhere", () => {
    fc.assert(
      fc.property(someTries, (person) => {
        expect(admitSignIn({ ...fresh, person, personFirst: person, isKnownNetwork: true }, now)).toEqual({
          door: "stranger",
        });
      }),
    );
  });

  it("judges a second step unless its own network is over its count, and then for a minute at most", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const admission = admitSignIn({ ...one, hasCode: true }, now);
        if (admission.door === null) expect(admission.waitSeconds).toBeLessThanOrEqual(15 * 60);
        if (waitSeconds("network", one.network, now) === 0) expect(admission.door).not.toBeNull();
        else expect(admission.door ?? "device").toBe("device");
      }),
    );
  });

  it("never judges a stranger's password openly beyond any of its counts", () => {
    fc.assert(
      fc.property(situation, (one) => {
        const { door } = admitSignIn({ ...one, device: null, hasCode: false }, now);
        const waits = [waitSeconds("here", one.here, now), waitSeconds("network", one.network, now)];
        const ofPerson = one.here.tries === 0 ? "personFirst" : "person";
        if (!one.isKnownNetwork) waits.push(waitSeconds(ofPerson, one[ofPerson], now));
        expect(door).toBe(Math.max(...waits) === 0 ? "stranger" : null);
      }),
    );
  });
});

describe("six hours in which somebody tries again the second they may", () => {
  /** Times of tries in ms, oldest first. */
  class Made {
    readonly times: number[] = [];
    /** How many are too old, by count: time only moves forward. */
    readonly #over: Partial<Record<keyof typeof tryCounts, number>> = {};
    count(name: keyof typeof tryCounts, at: number): Tries {
      let over = this.#over[name] ?? 0;
      while ((this.times[over] ?? at) <= at - tryCounts[name].windowMs) over += 1;
      this.#over[name] = over;
      const last = this.times.at(-1);
      const tries = this.times.length - over;
      return { tries, lastAt: last === undefined || tries === 0 ? null : later(last) };
    }
  }

  /** The share of seconds in which the person could have signed in, and how many of the attacker's guesses were judged. */
  function attacked(
    networks: number,
    of: Partial<SignInTries>,
    from: "a new place" | "the attacker's network",
    { hasCode } = { hasCode: false },
  ) {
    const byNetwork = Array.from({ length: networks }, () => ({ open: new Made(), all: new Made() }));
    const atPerson = { open: new Made(), all: new Made() };
    const situationOf = (from: { open: Made; all: Made } | undefined, at: number): SignInTries => ({
      ...{ ...fresh, here: from?.open.count("here", at) ?? none, network: from?.all.count("network", at) ?? none },
      ...{ person: atPerson.all.count("person", at), personFirst: atPerson.open.count("personFirst", at) },
    });
    let judged = 0;
    let open = 0;
    const seconds = 6 * 3_600;
    for (let at = 0; at < seconds * 1_000; at += 1_000) {
      for (const network of byNetwork) {
        const { door } = admitSignIn({ ...situationOf(network, at), hasCode }, later(at));
        if (door === null) continue;
        for (const made of [network, atPerson]) {
          made.all.times.push(at);
          if (door === "stranger") made.open.times.push(at);
        }
        judged += 1;
      }
      const here = from === "a new place" ? undefined : byNetwork[0];
      if (admitSignIn({ ...situationOf(here, at), ...of }, later(at)).door !== null) open += 1;
    }
    return { open: open / seconds, judged };
  }

  it("from six addresses: the person's door is always open, at a new place as well", () => {
    const { open, judged } = attacked(6, {}, "a new place");
    expect(open).toBe(1);
    expect(judged).toBeLessThan(6 * 6 * 10);
  });

  it.each([
    ["here", 6, 50],
    ["device", 6, 50],
    ["proof", 6, 50],
    ["code", 24, 65],
  ] as const)("by %s, over %s hours: waiting gives no free tries back", (name, hours, most) => {
    const made = new Made();
    for (let at = 0; at < hours * 3_600_000; at += 1_000)
      if (waitSeconds(name, made.count(name, at), later(at)) === 0) made.times.push(at);
    expect(made.times.length).toBeLessThan(most);
  });

  it("from the person's own network: a known device and a second step stay open", () => {
    expect(attacked(1, { device: none }, "the attacker's network").open).toBe(1);
    expect(attacked(1, { hasCode: true }, "the attacker's network").open).toBeGreaterThan(0.99);
  });

  it("from forty addresses: guesses are bounded together, and the person's door is open all the same", () => {
    const { open, judged } = attacked(40, {}, "a new place");
    expect(open).toBe(1);
    expect(judged).toBeLessThan(6 * 4 * (tryCounts.person.free + 60));
    expect(attacked(40, { isKnownNetwork: true }, "a new place").open).toBe(1);
    expect(attacked(40, { hasCode: true }, "a new place").open).toBe(1);
  });

  it("from forty addresses with a made-up code each time: nobody is kept out who was not before", () => {
    const madeUp = { hasCode: true };
    expect(attacked(40, {}, "a new place", madeUp).open).toBe(1);
    expect(attacked(40, { isKnownNetwork: true }, "a new place", madeUp).open).toBe(1);
    expect(attacked(40, { hasCode: true }, "a new place", madeUp).open).toBe(1);
    expect(attacked(1, { device: none }, "the attacker's network", madeUp).open).toBe(1);
    // Twenty-four hours in seconds: five seconds on a quiet machine, and a minute on a busy one.
  }, 120_000);
});
