import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { actionTypes, surfaces } from "../vocabulary.ts";
import {
  type ActionInForce,
  isInForce,
  isStoppedAt,
  standingAt,
  standingRefusalAt,
  throttleFactorAt,
  tokenPauseAt,
} from "./standing.ts";

const base: ActionInForce = {
  id: "a",
  type: "suspension",
  surface: null,
  tokenId: null,
  endpointId: null,
  factor: null,
  effectiveAtMs: 1_000,
  endsAtMs: 2_000,
  isSilent: false,
};
const severity = ["good", "noticed", "throttled", "suspended", "terminated"];

const anyAction = fc.record({
  id: fc.uuid(),
  type: fc.constantFrom(...actionTypes),
  surface: fc.option(fc.constantFrom(...surfaces)),
  tokenId: fc.option(fc.constantFrom("t1", "t2")),
  endpointId: fc.option(fc.integer({ min: 1, max: 3 })),
  factor: fc.option(fc.double({ min: 0.01, max: 0.99, noNaN: true })),
  effectiveAtMs: fc.integer({ min: 0, max: 100 }),
  endsAtMs: fc.option(fc.integer({ min: 0, max: 100 })),
  isSilent: fc.boolean(),
});

describe("standing", () => {
  it("counts an action from its start to just before its end, with no job in between", () => {
    expect([999, 1_000, 1_999, 2_000].map((now) => isInForce(base, now))).toEqual([false, true, true, false]);
    expect(isInForce({ ...base, endsAtMs: null }, 1e15)).toBe(true);
  });

  it("without one action is what it would be had that action never been: lifting restores exactly", () => {
    fc.assert(
      fc.property(
        fc.array(anyAction, { minLength: 1 }),
        fc.nat(),
        fc.integer({ min: 0, max: 100 }),
        (all, pick, now) => {
          const lifted = all[pick % all.length];
          const rest = all.filter((one) => one !== lifted);
          const model = Math.max(
            0,
            ...rest.filter((a) => isInForce(a, now)).map((a) => severity.indexOf(standingAt([a], now))),
          );
          expect(severity.indexOf(standingAt(rest, now))).toBe(model);
          for (const surface of surfaces) {
            const found = standingRefusalAt(rest, surface, now);
            expect(found === null || rest.some((one) => one.id === found.action.id)).toBe(true);
          }
        },
      ),
    );
  });

  it.each([
    ["notice", "noticed"],
    ["token_pause", "noticed"],
    ["throttle", "throttled"],
    ["suspension", "suspended"],
    ["termination", "terminated"],
  ] as const)("of an account under a %s is %s", (type, standing) => {
    expect(standingAt([{ ...base, type }], 1_500)).toBe(standing);
    expect(standingAt([{ ...base, type }], 2_000)).toBe("good");
  });

  it("tells of several suspensions the one that ends last", () => {
    const short = { ...base, id: "short", endsAtMs: 1_500 };
    const forGood = { ...base, id: "for good", endsAtMs: null };
    expect(standingRefusalAt([short, base, forGood], "http", 1_200)?.action.id).toBe("for good");
    expect(standingRefusalAt([base, short], "http", 1_200)?.action.id).toBe("a");
    expect(standingRefusalAt([forGood, base], "http", 1_200)?.action.id).toBe("for good");
    const early = { ...base, id: "of a surface", surface: "http" as const, endsAtMs: null };
    expect(standingRefusalAt([{ ...early, id: "short", endsAtMs: 1_500 }, early], "http", 1_200)?.action.id).toBe(
      "of a surface",
    );
  });

  it("is always the strictest action in force", () => {
    fc.assert(
      fc.property(fc.array(anyAction), fc.integer({ min: 0, max: 100 }), (actions, now) => {
        const own = actions.filter((a) => isInForce(a, now)).map((a) => severity.indexOf(standingAt([a], now)));
        expect(severity.indexOf(standingAt(actions, now))).toBe(Math.max(0, ...own));
      }),
    );
  });

  it("refuses by the whole account before a surface, and by termination before both", () => {
    const surface = { ...base, id: "s", surface: "smtp" as const };
    const ended = { ...base, id: "t", type: "termination" as const };
    const at = (actions: ActionInForce[], on: "http" | "smtp") => standingRefusalAt(actions, on, 1_500)?.code ?? null;
    expect(at([surface], "http")).toBeNull();
    expect(at([surface], "smtp")).toBe("surface_suspended");
    expect(at([surface, base], "smtp")).toBe("account_suspended");
    expect(at([surface, base, ended], "http")).toBe("account_terminated");
    expect(standingRefusalAt([base], "http", 2_000)).toBeNull();
  });

  it("refuses by nothing but a suspension or a termination, and by a termination whatever it names", () => {
    for (const type of ["notice", "throttle", "token_pause"] as const)
      expect(standingRefusalAt([{ ...base, type }], "http", 1_500)).toBeNull();
    const ended = { ...base, type: "termination" as const, surface: "smtp" as const };
    expect(standingRefusalAt([ended], "http", 1_500)?.code).toBe("account_terminated");
  });

  it("stops an account by a suspension of all of it or a termination, not by a surface", () => {
    expect(isStoppedAt([{ ...base, surface: "smtp" }], 1_500)).toBe(false);
    expect(isStoppedAt([base], 1_500)).toBe(true);
    expect(isStoppedAt([base], 2_000)).toBe(false);
    expect(isStoppedAt([{ ...base, type: "termination" }], 1_500)).toBe(true);
    expect(isStoppedAt([{ ...base, type: "throttle", factor: 0.5 }], 1_500)).toBe(false);
    expect(isStoppedAt([{ ...base, surface: "smtp" }, base], 1_500)).toBe(true);
  });

  it("slows only the tokens and endpoints a throttle names, and multiplies several", () => {
    const all = { ...base, type: "throttle" as const, factor: 0.5 };
    const one = { ...all, tokenId: "t1", endpointId: 2 };
    expect(throttleFactorAt([all, one], "t1", 2, 1_500)).toBe(0.25);
    expect(throttleFactorAt([all, one], "t2", 2, 1_500)).toBe(0.5);
    expect(throttleFactorAt([all, one], "t1", 3, 1_500)).toBe(0.5);
    expect(throttleFactorAt([all], "t1", 2, 2_000)).toBe(1);
    expect(throttleFactorAt([{ ...all, type: "suspension" }], "t1", 2, 1_500)).toBe(1);
    expect(throttleFactorAt([{ ...all, factor: null }], "t1", 2, 1_500)).toBe(1);
  });

  it("pauses by staff only the token named, until its end", () => {
    const pause = { ...base, type: "token_pause" as const, tokenId: "t1" };
    expect(tokenPauseAt([pause], "t1", 1_500)?.id).toBe("a");
    expect(tokenPauseAt([pause], "t2", 1_500)).toBeNull();
    expect(tokenPauseAt([pause], "t1", 2_000)).toBeNull();
    expect(tokenPauseAt([{ ...pause, type: "throttle", factor: 0.5 }], "t1", 1_500)).toBeNull();
  });
});
