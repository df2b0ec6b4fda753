import { describe, expect, it } from "vitest";
import { type DecidedFlag, decidedSinceMs, type TakenAction } from "./decided-since.ts";

const key = { detector: "probing", scope: "token", scopeId: "t1" } as const;
const decided = (change: Partial<DecidedFlag>): DecidedFlag[] => [{ ...key, decidedAtMs: 50, ...change }];
const taken = (change: Partial<TakenAction>): TakenAction[] => [
  { reasonCode: "probing", tokenId: null, decidedAtMs: 70, ...change },
];

describe("what has been answered for a key", () => {
  it.each<[string, DecidedFlag[], TakenAction[], number]>([
    ["nothing", [], [], 0],
    ["by a decision on its own flag", decided({}), [], 50],
    ["by the last of several", [...decided({}), ...decided({ decidedAtMs: 60 })], [], 60],
    ["not by one on another token", decided({ scopeId: "t2" }), [], 0],
    ["by one on the whole account", decided({ scope: "account", scopeId: "a1" }), [], 50],
    ["not by one of another detector", decided({ detector: "rate_excess" }), [], 0],
    ["by an action on the account for its reason", [], taken({}), 70],
    ["by an action on its token", [], taken({ tokenId: "t1" }), 70],
    ["not by an action on another token", [], taken({ tokenId: "t2" }), 0],
    ["not by an action for another reason", [], taken({ reasonCode: "rate_excess" }), 0],
  ])("%s", (_, flags, actions, sinceMs) => {
    expect(decidedSinceMs(key, "probing", flags, actions)).toBe(sinceMs);
  });
});
